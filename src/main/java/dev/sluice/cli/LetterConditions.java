package dev.sluice.cli;

import dev.sluice.avro.DeadLetterKind;
import dev.sluice.cli.letters.LetterFilter;
import dev.sluice.cli.letters.Moment;
import dev.sluice.cli.letters.Span;
import dev.sluice.cli.letters.TopicReader;
import dev.sluice.kafka.TopicBound;
import dev.sluice.record.Reason;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** Which dead letters a command is about, as its arguments. */
final class LetterConditions {
  static final String HEADING = "%nWhich messages (all conditions together):%n";
  static final String FROM = "--from";
  private static final String EARLIEST = "earliest";
  private static final String LATEST = "latest";
  private static final String UNTIL = "--until";

  @Option(
      names = {FROM, "--since"},
      paramLabel = "WHEN",
      description =
          "Begin with what was written then, by Kafka's timestamp: earliest, latest, a time such as"
              + " 2026-01-31T09:00:00Z (also timestamp:TIME), how long ago, such as 30min, 2h or 1d;"
              + " or there: offsets:0=120,1=80, of partitions that are not named nothing.")
  private String from;

  @Option(
      names = UNTIL,
      paramLabel = "WHEN",
      description =
          "End before what was written then: a time, or how long ago (default: the start of the"
              + " command).")
  private String until;

  @Option(
      names = "--reason",
      split = ",",
      paramLabel = "CODE",
      description =
          "Dead letters with this reason code, such as OUT_OF_RANGE or UNDECODABLE, or with a"
              + " violation that has it; several by commas.")
  private List<String> reasons = List.of();

  @Option(
      names = "--kind",
      split = ",",
      paramLabel = "KIND",
      description =
          "Dead letters of this kind: MALFORMED (undecodable), REJECTED (a critical expectation was"
              + " not met) or FAILED (the model could not score it); several by commas.")
  private List<String> kinds = List.of();

  @Option(
      names = "--column",
      paramLabel = "NAME",
      description =
          "Dead letters with a violation of this column (with --reason: for that reason);"
              + " repeatable for any of several.")
  private List<String> columns = List.of();

  @Option(
      names = "--producer",
      paramLabel = "HEADER=VALUE",
      description =
          "Dead letters whose record has this header with this value, such as the one that names"
              + " its producer; repeatable, all have to be there.")
  private Map<String, String> headers = Map.of();

  /** Returns the conditions on a letter itself. */
  LetterFilter filter() {
    return new LetterFilter(
        known("--reason", reasons, names(Reason.values())),
        known("--kind", kinds, names(DeadLetterKind.values())),
        Set.copyOf(columns),
        headers);
  }

  /** Checks the points in time, before any broker is asked. */
  void requireTimes(Instant now) {
    if (isAt()) {
      TopicBound.parse(FROM, from);
    } else if (from != null && !from.equals(EARLIEST) && !from.equals(LATEST)) {
      Moment.parse(FROM, from, now);
    }
    if (until != null) {
      Moment.parse(UNTIL, until, now);
    }
  }

  /** Returns whether the beginning is given as in the job's options: a timestamp or offsets. */
  private boolean isAt() {
    return from != null && (from.startsWith("timestamp:") || from.startsWith("offsets:"));
  }

  /** Returns whether there is any condition. */
  boolean areGiven() {
    return hasFrom() || hasUntil() || !filter().isEmpty();
  }

  boolean hasFrom() {
    return from != null;
  }

  boolean hasUntil() {
    return until != null;
  }

  /** Returns what lies between the points in time, of what the topic has now. */
  Map<Integer, Span> spans(TopicReader reader, Instant now) {
    Map<Integer, Span> spans = new TreeMap<>(reader.spans());
    if (LATEST.equals(from)) {
      spans.replaceAll((partition, all) -> new Span(all.to(), all.to()));
    } else if (from != null && !from.equals(EARLIEST)) {
      Map<Integer, Long> first = first(reader, now, spans);
      spans.replaceAll(
          (partition, all) ->
              all.and(new Span(first.getOrDefault(partition, all.to()), Long.MAX_VALUE)));
    }
    if (until != null) {
      Map<Integer, Long> end = reader.offsetsAt(Moment.parse(UNTIL, until, now));
      spans.replaceAll(
          (partition, all) -> all.and(new Span(0, end.getOrDefault(partition, all.to()))));
    }
    return spans;
  }

  /** Returns the first offset by partition; there is no entry where nothing is wanted. */
  private Map<Integer, Long> first(TopicReader reader, Instant now, Map<Integer, Span> spans) {
    if (!isAt()) {
      return reader.offsetsAt(Moment.parse(FROM, from, now));
    }
    TopicBound bound = TopicBound.parse(FROM, from);
    if (bound.kind() == TopicBound.Kind.TIMESTAMP) {
      return reader.offsetsAt(bound.timestamp());
    }
    bound
        .offsets()
        .forEach(
            (partition, offset) -> {
              Span all = spans.get(partition);
              if (all == null) {
                throw new IllegalArgumentException(
                    "%s names partition %d, expected 0 to %d"
                        .formatted(FROM, partition, spans.size() - 1));
              }
              if (offset > all.to()) {
                throw new IllegalArgumentException(
                    "%s names offset %d of partition %d, expected at most %d, its end"
                        .formatted(FROM, offset, partition, all.to()));
              }
            });
    return bound.offsets();
  }

  private static Set<String> known(String option, List<String> given, List<String> known) {
    Set<String> names = new TreeSet<>();
    for (String name : given) {
      String upperCase = name.strip().toUpperCase(Locale.ROOT);
      if (!known.contains(upperCase)) {
        throw new IllegalArgumentException(
            option + " is " + name + ", expected one of " + String.join(", ", known));
      }
      names.add(upperCase);
    }
    return names;
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).toList();
  }
}
