package dev.sluice.decode;

import dev.sluice.decode.ScalarReader.Kind;
import dev.sluice.record.FeatureRow;
import java.util.List;

/**
 * Reads neighbouring fields of one type into neighbouring scalar columns. The type is looked at
 * once for all of them: where the schema changes from record to record, what a processor has to
 * guess is then which runs follow each other, not which fields.
 */
final class ColumnRunReader implements FieldReader {
  private final Kind kind;
  private final int nullBranch;
  private final int column;
  private final int element;
  private final int count;
  private final boolean[] narrow;

  private ColumnRunReader(List<ColumnReader> fields) {
    ColumnReader first = fields.get(0);
    this.kind = first.value().kind() == Kind.INT ? Kind.LONG : first.value().kind();
    this.nullBranch = first.nullBranch();
    this.column = first.column();
    this.element = first.value().element();
    this.count = fields.size();
    this.narrow = new boolean[count];
    for (int i = 0; i < count; i++) {
      narrow[i] = fields.get(i).value().kind() == Kind.INT;
    }
  }

  /**
   * Returns a reader of fields that follow each other.
   *
   * @param fields two or more, each {@linkplain #continues continuing} the one before
   */
  static ColumnRunReader of(List<ColumnReader> fields) {
    return new ColumnRunReader(fields);
  }

  /** Returns whether a field can be read in one run with the one before it. */
  static boolean continues(ColumnReader last, ColumnReader next) {
    return next.column() == last.column() + 1
        && next.value().element() == last.value().element() + 1
        && next.nullBranch() == last.nullBranch()
        && kindOf(next) != null
        && kindOf(next) == kindOf(last);
  }

  /** Returns as what a field is read in a run; null if it is read alone. */
  private static Kind kindOf(ColumnReader field) {
    ScalarReader value = field.value();
    return switch (value.kind()) {
      case FLOAT, DOUBLE -> value.isFloating() ? value.kind() : null;
      case INT, LONG -> value.isFloating() ? null : Kind.LONG;
      case TEXT -> Kind.TEXT;
      default -> null;
    };
  }

  @Override
  public void read(BinaryCursor in, FeatureRow row) throws MalformedRecordException {
    if (nullBranch >= 0) {
      readNullable(in, row);
      return;
    }
    switch (kind) {
      case FLOAT -> readFloats(in, row);
      case DOUBLE -> readDoubles(in, row);
      case LONG -> readLongs(in, row);
      default -> readTexts(in, row);
    }
    row.setPresent(column, count);
  }

  private void readFloats(BinaryCursor in, FeatureRow row) throws MalformedRecordException {
    int position = in.take(count * Float.BYTES);
    for (int i = 0; i < count; i++) {
      row.setDouble(element + i, in.floatAt(position + i * Float.BYTES));
    }
  }

  private void readDoubles(BinaryCursor in, FeatureRow row) throws MalformedRecordException {
    int position = in.take(count * Double.BYTES);
    for (int i = 0; i < count; i++) {
      row.setDouble(element + i, in.doubleAt(position + i * Double.BYTES));
    }
  }

  private void readLongs(BinaryCursor in, FeatureRow row) throws MalformedRecordException {
    for (int i = 0; i < count; i++) {
      row.setLong(element + i, in.readInteger(narrow[i]));
    }
  }

  private void readTexts(BinaryCursor in, FeatureRow row) throws MalformedRecordException {
    for (int i = 0; i < count; i++) {
      row.setText(element + i, in.readText());
    }
  }

  private void readNullable(BinaryCursor in, FeatureRow row) throws MalformedRecordException {
    for (int i = 0; i < count; i++) {
      if (SkipReader.readIndex(in, 2, "union") != nullBranch) {
        switch (kind) {
          case FLOAT -> row.setDouble(element + i, in.readFloat());
          case DOUBLE -> row.setDouble(element + i, in.readDouble());
          case LONG -> row.setLong(element + i, in.readInteger(narrow[i]));
          default -> row.setText(element + i, in.readText());
        }
        row.setMissing(column + i, false);
      }
    }
  }
}
