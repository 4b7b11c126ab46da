package dev.sluice.cli.produce;

import dev.sluice.decode.EventTimeUnit;
import dev.sluice.record.IsoInstant;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.LongUnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** Puts an event time into a field of records, in the unit that the field has. */
public final class EventTime {
  private final String option;
  private final Schema.Field field;
  private final EventTimeUnit unit;
  private final LongUnaryOperator times;

  private EventTime(
      String option, Schema.Field field, EventTimeUnit unit, LongUnaryOperator times) {
    this.option = option;
    this.field = field;
    this.unit = unit;
    this.times = times;
  }

  /**
   * @param option names in a message who asks for the field
   * @param times the milliseconds since the epoch of the n-th record, from 0
   * @throws IllegalArgumentException if the schema has no such field, or it can hold no time
   */
  public static EventTime of(String option, Schema schema, String name, LongUnaryOperator times) {
    Schema.Field field = RecordField.of(option, schema, name);
    EventTimeUnit unit;
    try {
      unit = EventTimeUnit.of(name, RecordField.valueOf(field));
    } catch (IllegalArgumentException e) { // it names an option of the job
      throw new IllegalArgumentException(
          "%s is %s, which is %s, expected a long (timestamp-millis, -micros, -nanos), an int (date) or a string"
              .formatted(option, name, field.schema()),
          e);
    }
    return new EventTime(option, field, unit, times);
  }

  /**
   * Returns times that lie evenly between two, the first at the start.
   *
   * @param option names in a message where the text comes from
   * @param interval {@code START/END}, both in ISO 8601
   * @param records how many
   * @throws IllegalArgumentException if it is no such interval
   */
  public static LongUnaryOperator spread(String option, String interval, long records) {
    int slash = interval.indexOf('/');
    try {
      Instant start = IsoInstant.parse(interval.substring(0, Math.max(0, slash)));
      Instant end = IsoInstant.parse(interval.substring(slash + 1));
      if (start.isBefore(end)) {
        double step = (end.toEpochMilli() - start.toEpochMilli()) / (double) records;
        return i -> start.toEpochMilli() + (long) (i * step);
      }
    } catch (DateTimeException | ArithmeticException e) { // the message below says it all
      slash = -1;
    }
    throw new IllegalArgumentException(
        "%s is %s, expected now, or START/END such as 2026-01-01T00:00:00Z/2026-02-01T00:00:00Z"
            .formatted(option, interval));
  }

  /**
   * @throws IllegalArgumentException if the field's unit does not reach as far as the time
   */
  void put(GenericRecord record, long index) {
    long millis = times.applyAsLong(index);
    try {
      record.put(field.pos(), inUnit(millis));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "%s is %s, which is %s, expected an event time that this can hold, got %s"
              .formatted(option, field.name(), field.schema(), Instant.ofEpochMilli(millis)),
          e);
    }
  }

  private Object inUnit(long millis) {
    return switch (unit) {
      case MILLIS -> (Object) millis;
      case MICROS -> Math.multiplyExact(millis, 1_000L);
      case NANOS -> Math.multiplyExact(millis, 1_000_000L);
      case DAYS -> Math.toIntExact(Math.floorDiv(millis, 86_400_000L));
      case TEXT -> Instant.ofEpochMilli(millis).toString();
    };
  }
}
