package dev.sluice.decode;

import dev.sluice.record.DeadLetter;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Reads only the event time of a record: what stands before it is skipped, what follows is not
 * looked at. Made for the source's timestamp assigner. Not thread-safe.
 */
public final class EventTimeReader {
  static final FeatureLayout NO_COLUMNS = new FeatureLayout(List.of(), List.of());

  private final FieldReader reader;
  private final BinaryCursor cursor;
  private final FeatureRow row = new FeatureRow(NO_COLUMNS);

  private EventTimeReader(FieldReader reader, BinaryCursor cursor) {
    this.reader = reader;
    this.cursor = cursor;
  }

  /**
   * @param eventTimeField dotted path of the event time in the schema
   * @throws IllegalArgumentException if there is no such field or it cannot hold an event time
   */
  public static EventTimeReader compile(Schema schema, String eventTimeField) {
    return compile(schema, schema, eventTimeField, new BinaryCursor());
  }

  /**
   * @param writer the schema that the records were written with
   * @param reader the schema that they are read as
   * @param eventTimeField dotted path of the event time in the reader
   * @throws IllegalArgumentException if there is no such field, it cannot hold an event time, or
   *     the writer's cannot be read as it
   */
  static EventTimeReader compile(
      Schema writer, Schema reader, String eventTimeField, BinaryCursor cursor) {
    FeatureFields.requireEventTime(reader, eventTimeField);
    return new EventTimeReader(
        DecoderCompiler.compile(writer, reader, NO_COLUMNS, eventTimeField, true), cursor);
  }

  /**
   * Returns the event time in milliseconds since the epoch, or {@link DeadLetter#NO_EVENT_TIME}
   * where it is missing or the bytes before it cannot be read; the decoder will say why.
   */
  public long read(EncodedRecord record) {
    return read(record, 0);
  }

  /**
   * Reads the event time of a record that begins behind a frame.
   *
   * @param bodyAt where it begins in the value
   */
  long read(EncodedRecord record, int bodyAt) {
    if (record.value() == null) {
      return DeadLetter.NO_EVENT_TIME;
    }
    try {
      row.reset(record);
      row.setEventTime(DeadLetter.NO_EVENT_TIME);
      cursor.reset(record.value(), bodyAt);
      reader.read(cursor, row);
      return row.eventTime();
    } catch (MalformedRecordException e) {
      return DeadLetter.NO_EVENT_TIME;
    }
  }
}
