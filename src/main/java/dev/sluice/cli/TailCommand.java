package dev.sluice.cli;

import dev.sluice.SchemaFile;
import dev.sluice.cli.letters.LastMessages;
import dev.sluice.cli.letters.LetterFilter;
import dev.sluice.cli.letters.LetterText;
import dev.sluice.cli.letters.MessageJson;
import dev.sluice.cli.letters.MessageSelection;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what is in a topic of the job to a person. */
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Shows dead letters, or the records of another topic of the job: the last 10, all from a"
          + " point in time on, or with --follow whatever comes. Only committed messages are read;"
          + " nothing is written, neither offsets of a consumer group nor topics.",
      "Exit code: 0 done, 1 no broker or no such topic, 2 wrong arguments."
    })
final class TailCommand implements Callable<Integer> {
  private static final int LAST = 10;

  @Spec private CommandSpec spec;

  @Mixin private ClientSettings settings;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description =
          "What the job calls the topic (dead-letters, predictions, input-profiles or"
              + " output-profiles, wherever topics.* leads), or any topic's name (default:"
              + " dead-letters).")
  private String topic;

  @Option(
      names = "-n",
      paramLabel = "N",
      description =
          "How many of the last messages that meet the conditions, 0 to 10000 (default: 10; not"
              + " with --from).")
  private Integer last;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what comes, until interrupted.")
  private boolean follow;

  @Option(names = "--max", paramLabel = "N", description = "End after so many messages.")
  private Long max;

  @Mixin private LetterConditions conditions;

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      description =
          "Avro schema of feature records, to show the original records: a path, or classpath: and"
              + " a name.")
  private String schemaLocation;

  @Option(
      names = "--json",
      description =
          "Print one JSON object per line, with the fields as the schema names them and bytes in"
              + " base64.")
  private boolean json;

  private Function<TopicMessage, List<String>> form;
  private long printed;

  @Override
  public Integer call() {
    Instant now = Instant.now();
    requireArguments(now);
    LetterFilter filter = conditions.filter();
    Optional<PlainAvro> features =
        Optional.ofNullable(schemaLocation)
            .map(location -> new PlainAvro(SchemaFile.read("--schema", location)));
    MessageJson line = new MessageJson(features);
    form = json ? message -> List.of(line.of(message)) : new LetterText(features)::of;
    ClientOptions options = settings.read();
    try (TopicReader reader = TopicReader.open(options, ClientSettings.topic(options, topic))) {
      tail(reader, new MessageSelection(filter), now);
    }
    return 0;
  }

  private void tail(TopicReader reader, MessageSelection selection, Instant now) {
    Map<Integer, Span> spans = conditions.spans(reader, now);
    boolean more = max == null || max > 0;
    if (conditions.hasFrom()) {
      more = reader.read(spans, message -> print(selection.of(message)));
    } else if (last == null || last > 0) {
      for (TopicMessage message :
          LastMessages.of(reader, spans, last == null ? LAST : last, selection::of)) {
        more = more && print(Optional.of(message));
      }
    }
    if (follow && more) {
      Map<Integer, Long> ends = new TreeMap<>();
      spans.forEach((partition, span) -> ends.put(partition, span.to()));
      reader.follow(ends, message -> print(selection.of(message)));
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
