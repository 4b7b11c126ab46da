package dev.sluice.cli;

import dev.sluice.SchemaFile;
import dev.sluice.cli.produce.BadRecords;
import dev.sluice.cli.produce.EventTime;
import dev.sluice.cli.produce.MessageKey;
import dev.sluice.cli.produce.MessageMaker;
import dev.sluice.cli.produce.Pace;
import dev.sluice.cli.produce.RecordSender;
import dev.sluice.cli.produce.SchemaId;
import dev.sluice.config.ClientOptions;
import dev.sluice.config.RegistryOptions;
import dev.sluice.config.WireFormat;
import dev.sluice.encode.OutputFraming;
import dev.sluice.kafka.Topics;
import dev.sluice.kafka.registry.RegistryClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import me.tongfei.progressbar.ProgressBar;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends feature records to the job. */
@Command(
    name = "produce",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = Version.class,
    description = {
      "Sends records of a file, or drawn from a data profile, to the job's topic of features: Avro"
          + " binary, plain or framed, with acks=all.",
      "It creates no topic. Messages that do not arrive are named and counted."
    },
    footer = {
      "",
      "Examples:",
      "  sluice produce --bootstrap-servers localhost:9092 --schema features.avsc --input day.csv.gz",
      "  sluice produce --config job.yaml --input day.avro --keys station --rate 100/s",
      "  sluice produce --config job.yaml --schema features.avsc --simulate model/ \\",
      "    --event-time-field ts --count 100000 --faults 0.01 --format single-object",
      "",
      "Exit code: 0 all were sent; 1 no broker, no such topic, a registry that does not answer, or"
          + " some were not sent; 2 wrong arguments, or a row that is no record."
    })
final class ProduceCommand implements Callable<Integer> {
  private static final Pattern RATE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(?:/s)?");

  @Spec private CommandSpec spec;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "Topic to send to (default: what the job's topics.features says).")
  private String topic;

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      description =
          "Avro schema that the records are written with: a path, or classpath: and a name (default:"
              + " that of an Avro or Parquet file).")
  private String schemaLocation;

  @Option(
      names = "--format",
      defaultValue = "plain",
      paramLabel = "FORMAT",
      description =
          "plain (Avro binary alone), single-object (the schema's fingerprint before it) or confluent"
              + " (an id of a schema registry before it) (default: ${DEFAULT-VALUE}).")
  private String format;

  @Option(
      names = "--schema-id",
      paramLabel = "N",
      description =
          "The schema's id, for --format confluent (default: the one that the registry of registry.url"
              + " has or, with registry.register, gives).")
  private Integer schemaId;

  @Option(
      names = "--keys",
      paramLabel = "FIELD",
      description = "Field whose text becomes the message's key (default: messages have none).")
  private String keys;

  @Option(
      names = "--rate",
      paramLabel = "N/s",
      description = "Send N records per second (default: as fast as it goes).")
  private String rate;

  @Option(
      names = "--faults",
      defaultValue = "0",
      paramLabel = "SHARE",
      description =
          "Break this share of the records, 0 to 1, in turn by -9999 in a number, NOWHERE in a text,"
              + " half of the bytes, none, and no value at all (default: ${DEFAULT-VALUE}).")
  private double faults;

  @ArgGroup(validate = false, order = 1, heading = ProduceInput.HEADING)
  private ProduceInput input = new ProduceInput();

  @ArgGroup(validate = false, order = 2, heading = ClientSettings.HEADING)
  private ClientSettings settings = new ClientSettings();

  @Override
  public Integer call() throws IOException {
    input.requireArguments(schemaLocation);
    double perSecond = rate();
    WireFormat framed = format();
    if (!(faults >= 0 && faults <= 1)) {
      throw new IllegalArgumentException("--faults is " + faults + ", expected 0 to 1");
    }
    ClientOptions options = settings.read();
    String name = ClientSettings.topic(options, topic == null ? "features" : topic);
    requireSchemaId(framed, options);
    Schema given = schemaLocation == null ? null : SchemaFile.read("--schema", schemaLocation);
    try (ProduceInput.Opened records = input.open(given, this::note)) {
      Schema schema = records.schema();
      BadRecords bad = badRecords(schema);
      MessageKey key = keys == null ? MessageKey.NONE : MessageKey.of("--keys", schema, keys);
      Optional<EventTime> eventTime = input.eventTime(schema);
      try (Topics topics = Topics.sinks(options.kafka(), List.of(name))) {
        topics.require(List.of(name));
      }
      // After the topic is known to be there: it may register the schema, under the topic's name.
      OutputFraming framing = framing(framed, schema, name, options);
      MessageMaker maker =
          new MessageMaker(new RecordFormat(schema)::encode, framing, key, eventTime, bad);
      return send(records, maker, Pace.of(perSecond), options, name, bad);
    }
  }

  private int send(
      ProduceInput.Opened records,
      MessageMaker maker,
      Pace pace,
      ClientOptions options,
      String name,
      BadRecords bad)
      throws IOException {
    long start = System.nanoTime();
    long failed;
    long handed;
    try (RecordSender sender = RecordSender.open(options, name, this::note);
        Interruption interruption = new Interruption(sender);
        ProgressBar progress = records.progress()) {
      try {
        interruption.expect();
        sendAll(records, maker, pace, sender, progress);
      } catch (IllegalArgumentException e) { // what comes before the bad row is sent
        failed = sender.finish();
        throw new IllegalArgumentException(
            "%s; %d records before it were sent"
                .formatted(e.getMessage(), sender.handed() - failed),
            e);
      }
      failed = sender.finish();
      handed = sender.handed();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    PrintWriter console = spec.commandLine().getOut();
    console.printf(
        Locale.ROOT,
        "sent %d records to %s at %s in %.1f s (%.0f/s)%s%s%n",
        handed - failed,
        name,
        options.kafka().bootstrapServers(),
        seconds,
        (handed - failed) / seconds,
        bad.broken() == 0 ? "" : ", " + bad.broken() + " of them broken on purpose",
        failed == 0 ? "" : "; " + failed + " were not sent");
    console.flush();
    return failed == 0 ? 0 : 1;
  }

  /** Sends what was handed over and says how far it came, where an interrupt ends the process. */
  private final class Interruption implements AutoCloseable {
    private final RecordSender sender;
    private final AutoCloseable atExit = this::report;

    Interruption(RecordSender sender) {
      this.sender = sender;
    }

    void expect() {
      Directories.closeAtExit(atExit);
    }

    private void report() {
      sender.close();
      note("interrupted; sent " + sender.arrived() + " records");
    }

    @Override
    public void close() {
      Directories.closed(atExit);
    }
  }

  private void sendAll(
      ProduceInput.Opened records,
      MessageMaker maker,
      Pace pace,
      RecordSender sender,
      ProgressBar progress) {
    long limit = input.limit();
    while (sender.handed() < limit) {
      pace.await();
      GenericRecord record = records.source().next();
      if (record == null) {
        break;
      }
      sender.send(maker.of(record));
      progress.stepTo(records.inBytes() ? records.source().position() : sender.handed());
    }
  }

  private BadRecords badRecords(Schema schema) {
    Set<String> spared = new HashSet<>(List.of(input.eventTimeField()));
    if (keys != null) {
      spared.add(keys);
    }
    return faults == 0 ? BadRecords.NONE : BadRecords.of(schema, faults, spared, input.seed());
  }

  private OutputFraming framing(
      WireFormat framed, Schema schema, String name, ClientOptions options) {
    return switch (framed) {
      case SINGLE_OBJECT -> OutputFraming.singleObject(schema);
      case CONFLUENT -> OutputFraming.confluent(schemaId(schema, name, options));
      default -> OutputFraming.NONE;
    };
  }

  private int schemaId(Schema schema, String name, ClientOptions options) {
    if (schemaId != null) {
      return schemaId;
    }
    try (RegistryClient registry = new RegistryClient(options.registry())) {
      return SchemaId.of(registry, options.registry(), name, schema);
    }
  }

  private void requireSchemaId(WireFormat framed, ClientOptions options) {
    if (framed == WireFormat.CONFLUENT && schemaId == null && options.registry().url().isEmpty()) {
      throw new IllegalArgumentException(
          "neither --schema-id nor the option %s is given, expected the schema's id, or the registry that has or gives it, for --format confluent"
              .formatted(RegistryOptions.URL.key()));
    }
  }

  private WireFormat format() {
    for (WireFormat known :
        List.of(WireFormat.PLAIN, WireFormat.SINGLE_OBJECT, WireFormat.CONFLUENT)) {
      if (known.toString().equalsIgnoreCase(format)) {
        if (schemaId != null && known != WireFormat.CONFLUENT) {
          throw new IllegalArgumentException(
              "--schema-id is given with --format " + known + ", expected confluent");
        }
        return known;
      }
    }
    throw new IllegalArgumentException(
        "--format is " + format + ", expected plain, single-object or confluent");
  }

  private double rate() {
    if (rate == null) {
      return Double.POSITIVE_INFINITY;
    }
    Matcher matcher = RATE.matcher(rate);
    double perSecond = matcher.matches() ? Double.parseDouble(matcher.group(1)) : 0;
    if (perSecond <= 0) {
      throw new IllegalArgumentException(
          "--rate is " + rate + ", expected records per second, such as 100 or 0.5/s");
    }
    return perSecond;
  }

  private synchronized void note(String line) {
    PrintWriter notes = spec.commandLine().getErr();
    notes.println(line);
    notes.flush();
  }
}
