package dev.sluice.decode;

import dev.sluice.record.FeatureRow;
import org.apache.avro.Schema;

/**
 * Reads the event time into the row, and into a column too where the field is also a feature: in
 * the unit of the field that is read, whatever unit it was written in.
 */
final class EventTimeFieldReader implements FieldReader {
  private final EventTimeUnit unit;
  private final EventTimeUnit columnUnit;
  private final boolean isInt;
  private final int column;
  private final int element;

  /**
   * @param writer the field's type as it was written, no union
   * @param reader the field's type as it is read, no union
   * @param column index of the feature column with the same field, or -1
   * @throws IllegalArgumentException if the field cannot hold an event time
   */
  EventTimeFieldReader(String field, Schema writer, Schema reader, int column, int element) {
    this.unit = EventTimeUnit.of(field, writer, reader);
    this.columnUnit = EventTimeUnit.of(field, reader);
    this.isInt = writer.getType() == Schema.Type.INT;
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
        row.setLong(element, unit.in(columnUnit, raw));
      }
    }
    if (column >= 0) {
      row.setMissing(column, false);
    }
  }
}
