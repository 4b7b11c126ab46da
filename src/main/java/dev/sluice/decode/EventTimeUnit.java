package dev.sluice.decode;

import dev.sluice.record.IsoInstant;
import java.time.DateTimeException;
import org.apache.avro.Schema;

/** How a field holds the event time. */
public enum EventTimeUnit {
  /** A long of milliseconds since the epoch: timestamp-millis, or no logical type. */
  MILLIS,
  /** A long of microseconds since the epoch: timestamp-micros. */
  MICROS,
  /** A long of nanoseconds since the epoch: timestamp-nanos. */
  NANOS,
  /** An int of days since the epoch: date. */
  DAYS,
  /** A text in ISO 8601 with an offset or Z. */
  TEXT;

  /** So many characters of a text are shown in a message, which a dead letter has to hold. */
  private static final int MAX_SHOWN = 64;

  /**
   * @param schema the field's type, no union
   * @throws IllegalArgumentException if the type cannot hold an event time
   */
  public static EventTimeUnit of(String field, Schema schema) {
    String logical = schema.getLogicalType() == null ? "" : schema.getLogicalType().getName();
    if (schema.getType() == Schema.Type.STRING) {
      return TEXT;
    }
    if (schema.getType() == Schema.Type.LONG) {
      switch (logical) {
        case "", "timestamp-millis":
          return MILLIS;
        case "timestamp-micros":
          return MICROS;
        case "timestamp-nanos":
          return NANOS;
        default:
          break;
      }
    }
    if (schema.getType() == Schema.Type.INT && logical.equals("date")) {
      return DAYS;
    }
    throw new IllegalArgumentException(
        "features.event-time.field: field "
            + field
            + " is "
            + schema
            + ", expected a long (timestamp-millis, -micros, -nanos), an int (date) or an ISO 8601 string");
  }

  /**
   * Decides how a field holds the event time that is read with another type than it was written
   * with: as the writer says, and only where the writer says nothing, as the reader does.
   *
   * @param writer the type it was written with, no union
   * @param reader the type it is read as, no union
   * @throws IllegalArgumentException if the type cannot hold an event time
   */
  public static EventTimeUnit of(String field, Schema writer, Schema reader) {
    boolean says = writer.getLogicalType() != null && reader.getType() != Schema.Type.STRING;
    return of(field, says ? writer : reader);
  }

  /** Returns the milliseconds since the epoch of a field that is no text. */
  public long millis(long raw) {
    return switch (this) {
      case MILLIS -> raw;
      case MICROS -> Math.floorDiv(raw, 1_000L);
      case NANOS -> Math.floorDiv(raw, 1_000_000L);
      case DAYS -> raw * 86_400_000L;
      case TEXT -> throw new IllegalStateException("a text is no number");
    };
  }

  /** Returns a number of this unit in another, rounded down; the nearest there is where it ends. */
  long in(EventTimeUnit other, long raw) {
    if (this == other) {
      return raw;
    }
    if (nanos() < other.nanos()) {
      return Math.floorDiv(raw, other.nanos() / nanos());
    }
    long factor = nanos() / other.nanos();
    long product = raw * factor;
    if (Math.multiplyHigh(raw, factor) != product >> 63) {
      return raw < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return product;
  }

  private long nanos() {
    return switch (this) {
      case MILLIS -> 1_000_000L;
      case MICROS -> 1_000L;
      case NANOS -> 1L;
      case DAYS -> 86_400_000_000_000L;
      case TEXT -> throw new IllegalStateException("a text is no number");
    };
  }

  static long parse(String text) throws MalformedRecordException {
    try {
      return IsoInstant.parse(text).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      String shown = text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
      throw new MalformedRecordException(
          "event time is " + shown + ", expected ISO 8601 with an offset");
    }
  }
}
