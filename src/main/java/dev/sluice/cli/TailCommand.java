package dev.sluice.cli;

import dev.sluice.SchemaFile;
import dev.sluice.cli.letters.FeatureMessages;
import dev.sluice.cli.letters.LastMessages;
import dev.sluice.cli.letters.LetterFilter;
import dev.sluice.cli.letters.MessageJson;
import dev.sluice.cli.letters.MessageSelection;
import dev.sluice.cli.letters.MessageText;
import dev.sluice.cli.letters.PlainAvro;
import dev.sluice.cli.letters.Span;
import dev.sluice.cli.letters.TopicMessage;
import dev.sluice.cli.letters.TopicReader;
import dev.sluice.config.ClientOptions;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what is in a topic of the job to a person. */
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = Version.class,
    description = {
      "Shows what is in a topic of the job: dead letters, or with --topic predictions, profiles of"
          + " windows, alarms or features. These are the last 10 messages, or all from a point in time"
          + " on, and with --follow whatever comes.",
      "It changes nothing: no offsets of a consumer group, no topics. Only committed messages are"
          + " read."
    },
    footer = {
      "",
      "Examples:",
      "  sluice tail --bootstrap-servers localhost:9092",
      "  sluice tail --config job.yaml --from 2h --reason OUT_OF_RANGE --column PRES",
      "  sluice tail --config job.yaml --topic alarms --follow",
      "  sluice tail --config job.yaml --topic input-profiles -n 1 --json",
      "  sluice tail --config job.yaml --topic features --schema features.avsc --from offsets:0=120",
      "",
      "Exit code: 0 done, also where nothing is found; 1 no broker or no such topic; 2 wrong"
          + " arguments."
    })
final class TailCommand implements Callable<Integer> {
  private static final int LAST = 10;

  @Spec private CommandSpec spec;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description =
          "dead-letters, predictions, input-profiles, output-profiles, alarms or features, wherever"
              + " the job's topics.* lead, or the name of any topic (default: dead-letters).")
  private String topic;

  @Option(
      names = "-n",
      paramLabel = "N",
      description =
          "Show the last N messages that meet the conditions, 0 to 10000 (default: 10; not with"
              + " --from).")
  private Integer last;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what comes, until interrupted.")
  private boolean follow;

  @Option(names = "--max", paramLabel = "N", description = "End after N messages.")
  private Long max;

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      description =
          "Avro schema of the feature records, to show these, framed or not, and the original record"
              + " of a dead letter: a path, or classpath: and a name.")
  private String schemaLocation;

  @Option(
      names = "--json",
      description =
          "Print everything, one JSON object per line, with the fields as the schema names them and"
              + " bytes in base64; without it, what is long is cut.")
  private boolean json;

  @ArgGroup(validate = false, order = 1, heading = ClientSettings.HEADING)
  private ClientSettings settings = new ClientSettings();

  @ArgGroup(validate = false, order = 2, heading = LetterConditions.HEADING)
  private LetterConditions conditions = new LetterConditions();

  private Function<ConsumerRecord<byte[], byte[]>, Optional<TopicMessage>> selection;
  private Function<TopicMessage, List<String>> form;
  private long printed;

  @Override
  public Integer call() {
    Instant now = Instant.now();
    requireArguments(now);
    LetterFilter filter = conditions.filter();
    Schema schema = schemaLocation == null ? null : SchemaFile.read("--schema", schemaLocation);
    ClientOptions options = settings.read();
    String name = ClientSettings.topic(options, topic);
    requireLetters(filter, name, options);
    show(schema, filter, name.equals(options.kafka().featuresTopic()));
    try (TopicReader reader = TopicReader.open(options, name)) {
      tail(reader, now);
    }
    if (printed == 0 && (last == null || last > 0)) {
      PrintWriter notes = spec.commandLine().getErr();
      notes.println(
          conditions.areGiven()
              ? "no message of " + name + " meets the conditions"
              : name + " has no messages");
      notes.flush();
    }
    return 0;
  }

  /** Decides which messages are shown, and how. */
  private void show(Schema schema, LetterFilter filter, boolean features) {
    Optional<PlainAvro> format = Optional.ofNullable(schema).map(PlainAvro::new);
    MessageJson line = new MessageJson(format);
    if (features) { // nothing but the topic tells that a message is one
      FeatureMessages messages = new FeatureMessages(schema);
      selection = message -> Optional.of(messages.of(message));
      form = json ? message -> List.of(line.of(message)) : messages::lines;
    } else {
      selection = new MessageSelection(filter)::of;
      form = json ? message -> List.of(line.of(message)) : new MessageText(format)::of;
    }
  }

  private void tail(TopicReader reader, Instant now) {
    Map<Integer, Span> spans = conditions.spans(reader, now);
    boolean more = max == null || max > 0;
    if (conditions.hasFrom()) {
      more = reader.read(spans, message -> print(selection.apply(message)));
    } else if (last == null || last > 0) {
      for (TopicMessage message :
          LastMessages.of(reader, spans, last == null ? LAST : last, selection)) {
        more = more && print(Optional.of(message));
      }
    }
    if (follow && more) {
      Map<Integer, Long> ends = new TreeMap<>();
      spans.forEach((partition, span) -> ends.put(partition, span.to()));
      reader.follow(ends, message -> print(selection.apply(message)));
    }
  }

  /** Prints a message, if there is one; returns whether more are wanted. */
  private boolean print(Optional<TopicMessage> message) {
    if (message.isPresent()) {
      PrintWriter console = spec.commandLine().getOut();
      form.apply(message.get()).forEach(console::println);
      if (console.checkError()) {
        return false; // nobody reads on, which Main says
      }
      printed++;
    }
    return max == null || printed < max;
  }

  /** Nothing but a dead letter meets a condition on dead letters: elsewhere it would hide all. */
  private void requireLetters(LetterFilter filter, String name, ClientOptions options) {
    if (!filter.isEmpty() && ClientSettings.hasNoLetters(options, name)) {
      throw new IllegalArgumentException(
          "--topic is %s, expected dead letters, since --reason, --kind, --column and --producer choose among these"
              .formatted(topic));
    }
  }

  private void requireArguments(Instant now) {
    if (last != null && conditions.hasFrom()) {
      throw new IllegalArgumentException("-n and --from are given, expected one");
    }
    if (follow && conditions.hasUntil()) {
      throw new IllegalArgumentException("--follow and --until are given, expected one");
    }
    if (last != null && (last < 0 || last > LastMessages.MAX_COUNT)) {
      throw new IllegalArgumentException(
          "-n is " + last + ", expected 0 to " + LastMessages.MAX_COUNT);
    }
    if (max != null && max < 1) {
      throw new IllegalArgumentException("--max is " + max + ", expected 1 or more");
    }
    conditions.requireTimes(now);
  }
}
