package dev.sluice.decode;

import dev.sluice.record.DeadLetter;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Reason;
import org.apache.avro.Schema;

/**
 * Decodes records of one writer schema into rows of one layout: the schema is walked once, and what
 * remains is a sequence of small readers. Not thread-safe.
 */
public final class RowDecoder {
  private final FieldReader record;
  private final boolean hasEventTime;
  private final BinaryCursor cursor;

  private RowDecoder(FieldReader record, boolean hasEventTime, BinaryCursor cursor) {
    this.record = record;
    this.hasEventTime = hasEventTime;
    this.cursor = cursor;
  }

  /**
   * Compiles a decoder of records that are read as they were written.
   *
   * @param schema the schema of the records
   * @param layout the columns wanted
   * @param eventTimeField dotted path of the event time, empty for Kafka's timestamp
   * @throws IllegalArgumentException if a wanted field is not there or has a type that cannot be
   *     read as its column
   */
  public static RowDecoder compile(Schema schema, FeatureLayout layout, String eventTimeField) {
    return compile(schema, schema, layout, eventTimeField);
  }

  /**
   * Compiles a decoder of records that are read as another schema, by Avro's rules of resolution.
   *
   * @param writer the schema that the records were written with
   * @param reader the schema that the layout was planned from
   * @param layout the columns wanted
   * @param eventTimeField dotted path of the event time in the reader, empty for Kafka's timestamp
   * @throws IncompatibleSchemaException if a wanted field of the writer cannot be read as the
   *     reader's, or is not there and has no default
   * @throws IllegalArgumentException if a wanted field is not in the reader or has a type that
   *     cannot be read as its column
   */
  public static RowDecoder compile(
      Schema writer, Schema reader, FeatureLayout layout, String eventTimeField) {
    return compile(writer, reader, layout, eventTimeField, new BinaryCursor());
  }

  /**
   * @param cursor what reads the bytes; decoders of one thread may share it, and so what it
   *     remembers of texts
   */
  static RowDecoder compile(
      Schema writer,
      Schema reader,
      FeatureLayout layout,
      String eventTimeField,
      BinaryCursor cursor) {
    for (FeatureColumn column : layout.columns()) {
      FeatureFields.requireReadable(reader, column);
    }
    if (!eventTimeField.isEmpty()) {
      FeatureFields.requireEventTime(reader, eventTimeField);
    }
    FieldReader record = DecoderCompiler.compile(writer, reader, layout, eventTimeField, false);
    return new RowDecoder(record, !eventTimeField.isEmpty(), cursor);
  }

  /**
   * Decodes one record that fills its value.
   *
   * @param row overwritten with the record's values; its event time is {@link
   *     DeadLetter#NO_EVENT_TIME} where the field is null
   * @throws MalformedRecordException if the bytes are not exactly one record of the schema
   */
  public void decode(EncodedRecord source, FeatureRow row) throws MalformedRecordException {
    decode(source, 0, row);
  }

  /**
   * Decodes one record.
   *
   * @param bodyAt where it begins in the value, behind whatever frames it
   * @param row overwritten with the record's values; its event time is {@link
   *     DeadLetter#NO_EVENT_TIME} where the field is null
   * @throws MalformedRecordException if the bytes from there on are not exactly one record of the
   *     schema, or hold what cannot be read as the reader's
   */
  public void decode(EncodedRecord source, int bodyAt, FeatureRow row)
      throws MalformedRecordException {
    row.reset(source);
    if (hasEventTime) {
      row.setEventTime(DeadLetter.NO_EVENT_TIME);
    }
    cursor.reset(source.value(), bodyAt);
    record.read(cursor, row);
    if (cursor.remaining() > 0) {
      throw new MalformedRecordException(
          Reason.TRAILING_BYTES,
          "record ends at byte "
              + cursor.position()
              + ", but "
              + cursor.remaining()
              + " bytes follow");
    }
  }
}
