package dev.sluice.decode;

import dev.sluice.record.DeadLetter;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Reads only the event time of a record: what stands before it is skipped, what follows is not
 * looked at. Made for the source's timestamp assigner. Not thread-safe.
 */
public final class EventTimeReader {
  private static final FeatureLayout NO_COLUMNS = new FeatureLayout(List.of(), List.of());

  private final FieldReader reader;
  private final BinaryCursor cursor = new BinaryCursor();
  private final FeatureRow row = new FeatureRow(NO_COLUMNS);

  private EventTimeReader(FieldReader reader) {
    this.reader = reader;
  }

  /**
   * @param eventTimeField dotted path of the event time in the writer's schema
   * @throws IllegalArgumentException if there is no such field or it cannot hold an event time
   */
  public static EventTimeReader compile(Schema writer, String eventTimeField) {
    FeatureFields.require(writer, eventTimeField);
    return new EventTimeReader(upTo(writer, eventTimeField, eventTimeField));
  }

  private static FieldReader upTo(Schema schema, String path, String field) {
    if (schema.getType() == Schema.Type.UNION) {
      return new BranchReader(
          schema.getTypes().stream().map(s -> upTo(s, path, field)).toArray(FieldReader[]::new));
    }
    if (schema.getType() == Schema.Type.NULL) {
      return SkipReader.of(schema);
    }
    if (path.isEmpty()) {
      return new EventTimeFieldReader(field, schema, -1, -1);
    }
    int dot = path.indexOf('.');
    String name = dot < 0 ? path : path.substring(0, dot);
    List<FieldReader> readers = new ArrayList<>();
    for (Schema.Field next : schema.getFields()) {
      if (next.name().equals(name)) {
        readers.add(upTo(next.schema(), dot < 0 ? "" : path.substring(dot + 1), field));
        break;
      }
      readers.add(SkipReader.of(next.schema()));
    }
    return new SequenceReader(readers.toArray(new FieldReader[0]));
  }

  /**
   * Returns the event time in milliseconds since the epoch, or {@link DeadLetter#NO_EVENT_TIME}
   * where it is missing or the bytes before it cannot be read; the decoder will say why.
   */
  public long read(EncodedRecord record) {
    if (record.value() == null) {
      return DeadLetter.NO_EVENT_TIME;
    }
    try {
      row.reset(record);
      row.setEventTime(DeadLetter.NO_EVENT_TIME);
      cursor.reset(record.value());
      reader.read(cursor, row);
      return row.eventTime();
    } catch (MalformedRecordException e) {
      return DeadLetter.NO_EVENT_TIME;
    }
  }
}
