package dev.sluice.decode;

import dev.sluice.record.FeatureRow;
import org.apache.avro.Schema;

/** Reads the event time into the row, and into a column too where the field is also a feature. */
final class EventTimeFieldReader implements FieldReader {
  private final EventTimeUnit unit;
  private final boolean isInt;
  private final int column;
  private final int element;

  /**
   * @param schema the field's type, no union
   * @param column index of the feature column with the same field, or -1
   */
  EventTimeFieldReader(String field, Schema schema, int column, int element) {
    this.unit = EventTimeUnit.of(field, schema);
    this.isInt = schema.getType() == Schema.Type.INT;
    this.column = column;
    this.element = element;
  }

  @Override
  public void read(BinaryCursor in, FeatureRow row) throws MalformedRecordException {
    if (unit == EventTimeUnit.TEXT) {
      String text = in.readText();
      row.setEventTime(EventTimeUnit.parse(text));
      if (column >= 0) {
        row.setText(element, text);
      }
    } else {
      long raw = isInt ? in.readInt() : in.readLong();
      row.setEventTime(unit.millis(raw));
      if (column >= 0) {
        row.setLong(element, raw);
      }
    }
    if (column >= 0) {
      row.setMissing(column, false);
    }
  }
}
