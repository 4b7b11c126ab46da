package dev.sluice.report.console;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;

/**
 * What the console keeps of a dead letter: enough to find it again.
 *
 * @param partition partition of the dead letter in its topic
 * @param offset its offset there
 * @param timestamp Kafka's timestamp of it, milliseconds since 1970-01-01T00:00:00Z
 * @param kind MALFORMED, REJECTED or FAILED
 * @param reason reason code of the first cause
 * @param message the cause for a person; cut
 * @param source where the feature record lies: {@code topic-partition@offset}
 * @param producer what its header for that says; empty for none
 * @param key the record's key, shown; cut
 * @param causes the first violations, most important first; empty unless REJECTED
 * @param moreCauses how many there are besides
 */
public record LetterSummary(
    int partition,
    long offset,
    long timestamp,
    String kind,
    String reason,
    String message,
    String source,
    String producer,
    String key,
    List<Cause> causes,
    int moreCauses)
    implements Comparable<LetterSummary> {
  /** So many violations of a letter are kept. */
  public static final int MAX_CAUSES = 5;

  private static final int MAX_TEXT = 200;

  public LetterSummary {
    kind = cut(kind);
    reason = cut(reason);
    message = cut(message);
    source = cut(source);
    producer = cut(producer);
    key = cut(key);
    causes = List.copyOf(causes);
    if (causes.size() > MAX_CAUSES) {
      throw new IllegalArgumentException(
          causes.size() + " causes are kept, expected at most " + MAX_CAUSES);
    }
  }

  /**
   * An expectation that was not met.
   *
   * @param column name of the feature; of several, joined by commas
   * @param reason its reason code
   * @param value the offending value; cut
   * @param expectation what was expected; cut
   */
  public record Cause(String column, String reason, String value, String expectation) {
    public Cause {
      column = cut(column);
      reason = cut(reason);
      value = cut(value);
      expectation = cut(expectation);
    }
  }

  private static String cut(String text) {
    requireNonNull(text, "text is null");
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 1) + "…";
  }

  /** Returns whether a text occurs in it, in upper or lower case. */
  boolean mentions(String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    return has(message, wanted)
        || has(source, wanted)
        || has(producer, wanted)
        || has(key, wanted)
        || has(reason, wanted)
        || causes.stream().anyMatch(cause -> mentions(cause, wanted));
  }

  private static boolean mentions(Cause cause, String wanted) {
    return has(cause.column, wanted)
        || has(cause.value, wanted)
        || has(cause.reason, wanted)
        || has(cause.expectation, wanted);
  }

  private static boolean has(String text, String wanted) {
    return text.toLowerCase(Locale.ROOT).contains(wanted);
  }

  /** The newest first. */
  @Override
  public int compareTo(LetterSummary other) {
    int order = Long.compare(other.timestamp, timestamp);
    order = order != 0 ? order : Integer.compare(partition, other.partition);
    return order != 0 ? order : Long.compare(other.offset, offset);
  }

  /** Two are equal that lie in one place. */
  @Override
  public boolean equals(Object other) {
    return other instanceof LetterSummary letter && compareTo(letter) == 0;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(timestamp * 31 + offset) * 31 + partition;
  }
}
