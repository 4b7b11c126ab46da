package dev.sluice.report.console;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

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
 * @param others the columns and reasons of the violations besides, so that it is found by them, too
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
    List<Violated> others)
    implements Comparable<LetterSummary> {
  /** So many violations of a letter are kept. */
  public static final int MAX_CAUSES = 5;

  private static final int MAX_TEXT = 200;

  /** What an object and what leads to it take besides what is in it, about, in bytes. */
  private static final int OBJECT = 64;

  public LetterSummary {
    kind = cut(kind);
    reason = cut(reason);
    message = cut(message);
    source = cut(source);
    producer = cut(producer);
    key = cut(key);
    causes = List.copyOf(causes);
    others = List.copyOf(others);
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

  /**
   * What an expectation that was not met is about.
   *
   * @param column name of the feature; of several, joined by commas
   * @param reason its reason code
   */
  public record Violated(String column, String reason) {
    public Violated {
      column = cut(column);
      reason = cut(reason);
    }
  }

  /** Returns all expectations that were not met. */
  Stream<Violated> violated() {
    return Stream.concat(
        causes.stream().map(cause -> new Violated(cause.column, cause.reason)), others.stream());
  }

  /** Returns about how many bytes this takes. */
  long bytes() {
    long bytes = OBJECT + texts(kind, reason, message, source, producer, key);
    for (Cause cause : causes) {
      bytes += OBJECT + texts(cause.column, cause.reason, cause.value, cause.expectation);
    }
    for (Violated other : others) {
      bytes += OBJECT + texts(other.column, other.reason);
    }
    return bytes;
  }

  /** As if each had two bytes per character. */
  private static long texts(String... texts) {
    long bytes = 0;
    for (String text : texts) {
      bytes += OBJECT + 2L * text.length();
    }
    return bytes;
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
        || causes.stream().anyMatch(cause -> mentions(cause, wanted))
        || others.stream()
            .anyMatch(other -> has(other.column, wanted) || has(other.reason, wanted));
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
