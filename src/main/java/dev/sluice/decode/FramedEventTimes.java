package dev.sluice.decode;

import dev.sluice.config.WireFormat;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureRow;
import org.apache.avro.Schema;

/**
 * Reads only the event time of records of any number of writer schemas. Never waits: a record whose
 * schema nobody knows yet has none. Used by one thread.
 */
final class FramedEventTimes {
  private final FramedRecord frame;
  private final EventTimeReader given;
  private final CompiledSchemas<EventTimeReader> named;
  private final RecordDecoder whole;
  private final FeatureRow row = new FeatureRow(EventTimeReader.NO_COLUMNS);

  /**
   * @param schemas stays the caller's
   * @throws IllegalArgumentException if the field cannot hold an event time
   */
  FramedEventTimes(RecordDecoding decoding, String eventTimeField, WriterSchemas.Reader schemas) {
    BinaryCursor cursor = new BinaryCursor();
    Schema reader = decoding.reader();
    this.frame = new FramedRecord(decoding.format());
    this.given =
        decoding.format() == WireFormat.PLAIN
            ? EventTimeReader.compile(decoding.given(), reader, eventTimeField, cursor)
            : null;
    this.named =
        new CompiledSchemas<>(
            schemas,
            false,
            writer -> EventTimeReader.compile(writer, reader, eventTimeField, cursor));
    // Which format a record has is known only once all of it is read.
    this.whole =
        decoding.format() == WireFormat.AUTO
            ? RecordDecoder.notWaiting(decoding, eventTimeField, schemas)
            : null;
  }

  /**
   * Returns the event time in milliseconds since the epoch, or {@link DeadLetter#NO_EVENT_TIME}
   * where it is missing or cannot be read; the decoder will say why.
   */
  long read(EncodedRecord record) {
    if (given != null) {
      return given.read(record, 0);
    }
    if (record.value() == null) {
      return DeadLetter.NO_EVENT_TIME;
    }
    try {
      if (whole != null) {
        whole.decode(record, row);
        return row.eventTime();
      }
      frame.read(record);
      return named.find(frame).read(record, frame.bodyAt());
    } catch (MalformedRecordException e) {
      return DeadLetter.NO_EVENT_TIME;
    } catch (InterruptedException e) {
      throw new IllegalStateException("waited where nothing waits", e);
    }
  }
}
