package dev.sluice.cli.score;

import dev.sluice.decode.EventTimeUnit;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Reads the cells of one column into rows of features. The usual forms of numbers and texts are
 * read here, at once; all others, and all that is wrong, by {@link CellValues}, so that a cell
 * means the same as where a record is made of it.
 */
final class CellReader {
  private static final int MAX_DIGITS = 18; // so many fit into a long
  private static final long NO_NUMBER = Long.MIN_VALUE;
  private static final char NO_TEXT = '\uFFFD';

  private final Schema schema;
  private final Schema value;
  private final boolean nullable;
  private final String what;
  private final int cell;
  private final int column;
  private final EventTimeUnit time;
  private final TimesOfDay times;
  private final CellTexts texts = new CellTexts();
  private char[] last = {};
  private long lastNumber;

  /**
   * @param cell the number of the file's column
   * @param column the layout's column of the field, -1 for none
   * @param time how the field holds the event time, null where it does not
   */
  CellReader(FileField field, int cell, int column, EventTimeUnit time) {
    this.schema = field.field().schema();
    this.value = valueOf(schema);
    this.nullable = schema.isNullable();
    this.what = field.what();
    this.cell = cell;
    this.column = column;
    this.time = time;
    this.times = TimesOfDay.of(value);
  }

  /** Returns whether the cells of a field can be read so: those of a single value of one type. */
  static boolean reads(FileField field) {
    Schema value = valueOf(field.field().schema());
    return value != null
        && field.shape().isEmpty()
        && switch (value.getType()) {
          case FLOAT, DOUBLE, INT, LONG, BOOLEAN, STRING, ENUM -> true;
          default -> false;
        };
  }

  /** Returns the one type beside null, null where there are several. */
  static Schema valueOf(Schema schema) {
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    List<Schema> types = schema.getTypes();
    if (types.size() != 2 || !schema.isNullable()) {
      return null;
    }
    return types.get(types.get(0).getType() == Schema.Type.NULL ? 1 : 0);
  }

  /**
   * Reads a cell.
   *
   * @param row of a layout without arrays, {@link FeatureLayout#elementOffset} being the column
   */
  void read(CsvCells cells, FeatureRow row) throws MalformedRowException {
    char[] chars = cells.chars();
    int from = cells.from(cell);
    int to = cells.to(cell);
    if (from == to && nullable) {
      return;
    }
    switch (value.getType()) {
      case FLOAT, DOUBLE -> floating(chars, from, to, row);
      case INT, LONG -> integer(chars, from, to, row);
      case STRING, ENUM -> text(chars, from, to, row);
      default -> set(row, (Boolean) any(chars, from, to) ? 1 : 0);
    }
  }

  private Object any(char[] chars, int from, int to) throws MalformedRowException {
    return CellValues.of(new String(chars, from, to - from), schema, what);
  }

  private void floating(char[] chars, int from, int to, FeatureRow row)
      throws MalformedRowException {
    boolean isFloat = value.getType() == Schema.Type.FLOAT;
    double number = ShortDecimals.parse(chars, from, to, isFloat);
    if (Double.isNaN(number)) {
      number = ((Number) any(chars, from, to)).doubleValue();
    }
    if (column >= 0) {
      row.setDouble(column, number);
      row.setMissing(column, false);
    }
  }

  private void integer(char[] chars, int from, int to, FeatureRow row)
      throws MalformedRowException {
    long number = shortInteger(chars, from, to);
    if (number == NO_NUMBER || value.getType() == Schema.Type.INT && number != (int) number) {
      if (last.length == 0 || !Arrays.equals(last, 0, last.length, chars, from, to)) {
        lastNumber = unusual(chars, from, to);
        last = Arrays.copyOfRange(chars, from, to); // times are often those of the row before
      }
      number = lastNumber;
    }
    set(row, number);
  }

  private long unusual(char[] chars, int from, int to) throws MalformedRowException {
    long instant = times.parse(chars, from, to);
    if (instant == TimesOfDay.NONE) {
      instant = ((Number) any(chars, from, to)).longValue();
      times.know(chars, from, to, instant);
    }
    return instant;
  }

  /** Returns an integer of up to 18 digits; {@link #NO_NUMBER} where the text is none. */
  private static long shortInteger(char[] chars, int from, int to) {
    boolean negative = from < to && chars[from] == '-';
    int first = negative ? from + 1 : from;
    if (to - first < 1 || to - first > MAX_DIGITS) {
      return NO_NUMBER;
    }
    long number = 0;
    for (int i = first; i < to; i++) {
      int digit = chars[i] - '0';
      if (digit < 0 || digit > 9) {
        return NO_NUMBER;
      }
      number = 10 * number + digit;
    }
    return negative ? -number : number;
  }

  private void text(char[] chars, int from, int to, FeatureRow row) throws MalformedRowException {
    String text = texts.get(chars, from, to);
    boolean isEnum = value.getType() == Schema.Type.ENUM;
    if (isEnum ? !value.hasEnumSymbol(text) : text.indexOf(NO_TEXT) >= 0) {
      text = any(chars, from, to).toString();
    }
    if (column >= 0) {
      row.setText(column, text);
      row.setMissing(column, false);
    }
  }

  private void set(FeatureRow row, long number) {
    if (time != null) {
      row.setEventTime(time.millis(number));
    }
    if (column >= 0) {
      row.setLong(column, number);
      row.setMissing(column, false);
    }
  }
}
