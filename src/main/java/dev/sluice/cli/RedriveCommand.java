package dev.sluice.cli;

import dev.sluice.cli.letters.LetterFilter;
import dev.sluice.cli.letters.OffsetChoice;
import dev.sluice.cli.letters.Redrive;
import dev.sluice.cli.letters.RedriveProducer;
import dev.sluice.cli.letters.RedriveSummary;
import dev.sluice.cli.letters.RedriveTarget;
import dev.sluice.cli.letters.Span;
import dev.sluice.cli.letters.TopicReader;
import dev.sluice.config.ClientOptions;
import dev.sluice.kafka.Topics;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends dead letters back to where they came from. */
@Command(
    name = "redrive",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = Version.class,
    description = {
      "Sends chosen dead letters back to the topic they came from, once what ailed them is mended:"
          + " key, value, headers and partition as they were, and the headers sluice-redriven"
          + " (topic:partition:offset of the letter) and sluice-redriven-count. Kafka's timestamp is that of"
          + " now, or as it was with --keep-timestamp.",
      "All go out in one transaction, or none. What was sent is noted in the same transaction, as"
          + " offsets of the consumer group <kafka.group-id>-redrive (with --to followed by - and the topic), and is not sent again without"
          + " --again. The note has 4,000 characters per partition: of letters in more places than fit"
          + " (some 500 that are apart) it keeps wider ranges, and what lies between them counts as"
          + " sent, too. Try it with --dry-run first."
    },
    footer = {
      "",
      "Examples:",
      "  sluice redrive --config job.yaml --from 2h --column PRES --dry-run",
      "  sluice redrive --config job.yaml --offsets 0:17,20-25,1:3-",
      "  sluice redrive --bootstrap-servers localhost:9092 --all --to features-trial",
      "",
      "Exit code: 0 done, also where nothing is left to send; 1 failed, or some of the letters are"
          + " truncated and cannot be sent, or are left out though nobody knows whether an earlier run has"
          + " sent them; 2 wrong arguments."
    })
final class RedriveCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--dry-run", description = "Print what would be sent, and send nothing.")
  private boolean dryRun;

  @Option(names = "--all", description = "All letters; no condition may be given then.")
  private boolean all;

  @Option(
      names = "--offsets",
      paramLabel = "PARTITION:OFFSET[,...]",
      description =
          "The letters that lie there in the topic of dead letters, as tail shows it"
              + " (topic-partition@offset); with ranges, as in 0:17,20-25,1:3-; repeatable.")
  private List<String> offsets = List.of();

  @Option(
      names = "--max",
      paramLabel = "N",
      description = "Send no more than N letters, the first ones (default: all that are chosen).")
  private Long max;

  @Option(names = "--again", description = "Send also what an earlier run has sent.")
  private boolean again;

  @Option(
      names = "--keep-timestamp",
      description =
          "Send each record with Kafka's timestamp that it had, where it had one: its event time,"
              + " without features.event-time.field, and its FRESHNESS stay what they were. Brokers"
              + " delete by this timestamp, and may refuse one that is far from now (default: the"
              + " time of sending).")
  private boolean keepTimestamp;

  @Option(
      names = "--to",
      paramLabel = "TOPIC",
      description =
          "Send them to this topic instead, by their keys; what was sent where is noted apart"
              + " (default: the topic and partition that each came from).")
  private String to;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "Topic of dead letters (default: what the job's topics.dead-letters says).")
  private String topic;

  @ArgGroup(validate = false, order = 1, heading = ClientSettings.HEADING)
  private ClientSettings settings = new ClientSettings();

  @ArgGroup(validate = false, order = 2, heading = LetterConditions.HEADING)
  private LetterConditions conditions = new LetterConditions();

  @Override
  public Integer call() {
    Instant now = Instant.now();
    OffsetChoice chosen = new OffsetChoice("--offsets", offsets);
    LetterFilter filter = conditions.filter();
    requireChoice(chosen);
    conditions.requireTimes(now);
    ClientOptions options = settings.read();
    String letters = ClientSettings.topic(options, topic);
    if (ClientSettings.hasNoLetters(options, letters)) {
      throw new IllegalArgumentException("--topic is " + topic + ", expected one of dead letters");
    }
    if (letters.equals(to)) {
      throw new IllegalArgumentException(
          "--to is " + to + ", which is the topic of dead letters itself, expected another");
    }
    Redrive.Choice choice =
        new Redrive.Choice(filter, chosen, again, max == null ? Long.MAX_VALUE : max, to);
    try (TopicReader reader = TopicReader.open(options, letters)) {
      Map<Integer, Span> spans = chosen.within(conditions.spans(reader, now), reader.spans());
      if (dryRun) {
        return show(new Redrive(options, reader, spans, choice), options);
      }
      // Opened first, since it ends other runs: what they have sent is certain from then on.
      try (RedriveProducer producer = RedriveProducer.open(options, letters)) {
        Directories.closeAtExit(producer);
        try {
          return send(new Redrive(options, reader, spans, choice), options, producer);
        } finally {
          Directories.closed(producer);
        }
      }
    }
  }

  private int show(Redrive redrive, ClientOptions options) {
    RedriveTarget target = target(redrive.plan(), options);
    PrintWriter console = spec.commandLine().getOut();
    return say(redrive.show(letter -> console.println(target.describe(letter))));
  }

  private int send(Redrive redrive, ClientOptions options, RedriveProducer producer) {
    RedriveSummary planned = redrive.plan();
    if (planned.sent() == 0) {
      return say(planned);
    }
    RedriveTarget target = target(planned, options);
    try (ProgressBar progress = new ProgressBar("redrive", planned.sent())) {
      redrive.send(producer, target, planned, progress::step);
    }
    return say(planned);
  }

  private RedriveTarget target(RedriveSummary planned, ClientOptions options) {
    if (planned.topics().isEmpty()) {
      return new RedriveTarget(to, Map.of(), keepTimestamp);
    }
    try (Topics topics = Topics.sinks(options.kafka(), planned.topics())) {
      return new RedriveTarget(to, topics.require(planned.topics()), keepTimestamp);
    }
  }

  private int say(RedriveSummary summary) {
    PrintWriter console = spec.commandLine().getOut();
    summary.lines(dryRun).forEach(console::println);
    console.flush();
    return summary.isComplete() ? 0 : 1;
  }

  private void requireChoice(OffsetChoice chosen) {
    boolean conditional = !chosen.isEmpty() || conditions.areGiven();
    if (all == conditional) {
      throw new IllegalArgumentException(
          (all ? "--all and a condition are given" : "no letters are chosen")
              + ", expected either --all or conditions: --offsets, --from, --until, --reason,"
              + " --kind, --column, --producer");
    }
    if (max != null && max < 1) {
      throw new IllegalArgumentException("--max is " + max + ", expected 1 or more");
    }
  }
}
