package dev.sluice.cli.score;

import java.util.Arrays;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;

/**
 * Reads instants in the usual form, such as {@code 2013-03-01T00:00:00+08:00} or with {@code Z}, by
 * the one read before, if they differ in the time of day alone, as those of one file mostly do:
 * what else there is to a calendar is left to {@link IsoTimes}.
 */
final class TimesOfDay {
  /** What is returned where a text cannot be read so. */
  static final long NONE = Long.MIN_VALUE;

  private static final int TIME = "2013-03-01T".length();
  private static final int REST = "2013-03-01T00:00:00".length();
  private static final int MAX_LENGTH = "2013-03-01T00:00:00+08:00".length();

  private final long perSecond;
  private char[] known = {};
  private long knownSecond;
  private long knownInstant;

  private TimesOfDay(long perSecond) {
    this.perSecond = perSecond;
  }

  /** Returns a reader of what a schema holds; one that reads nothing where that is no instant. */
  static TimesOfDay of(Schema schema) {
    LogicalType type = schema.getLogicalType();
    return new TimesOfDay(
        switch (type == null ? "" : type.getName()) {
          case "timestamp-millis" -> 1_000;
          case "timestamp-micros" -> 1_000_000;
          case "timestamp-nanos" -> 1_000_000_000;
          default -> 0;
        });
  }

  /** Takes the instant that a text is, in the unit of the schema. */
  void know(char[] text, int from, int to, long instant) {
    long second = perSecond == 0 || to - from > MAX_LENGTH ? NONE : secondOfDay(text, from, to);
    if (second != NONE) {
      known = Arrays.copyOfRange(text, from, to);
      knownSecond = second;
      knownInstant = instant;
    }
  }

  /** Returns an instant in the unit of the schema, or {@link #NONE}. */
  long parse(char[] text, int from, int to) {
    if (known.length == 0
        || to - from != known.length
        || !Arrays.equals(known, 0, TIME, text, from, from + TIME)
        || !Arrays.equals(known, REST, known.length, text, from + REST, to)) {
      return NONE;
    }
    long second = secondOfDay(text, from, to);
    if (second == NONE) {
      return NONE;
    }
    long more = (second - knownSecond) * perSecond;
    long instant = knownInstant + more;
    return more > 0 == instant > knownInstant || more == 0 ? instant : NONE; // no overflow
  }

  private static long secondOfDay(char[] text, int from, int to) {
    int at = from + TIME;
    if (to - from <= REST || text[at + 2] != ':' || text[at + 5] != ':') {
      return NONE;
    }
    int hour = two(text, at);
    int minute = two(text, at + 3);
    int second = two(text, at + 6);
    boolean usual = (hour | minute | second) >= 0 && hour < 24 && minute < 60 && second < 60;
    return usual ? 3600L * hour + 60 * minute + second : NONE;
  }

  /** Returns the number of two digits, a negative one where they are none. */
  private static int two(char[] text, int at) {
    int tens = text[at] - '0';
    int ones = text[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : 10 * tens + ones;
  }
}
