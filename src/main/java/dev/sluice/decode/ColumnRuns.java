package dev.sluice.decode;

import dev.sluice.decode.ScalarReader.Kind;
import dev.sluice.record.FeatureRow;
import java.util.List;

/**
 * Runs of neighbouring fields of one type that go to neighbouring scalar columns, each as a few
 * numbers in an array that a record's reader goes through. Where the schema changes from record to
 * record, this is what counts: the type is looked at once per run, so there are few turns to guess
 * wrong, and the readers of fifty schemas fit into a processor's first cache, which objects for
 * each field do not.
 */
final class ColumnRuns {
  /** How many numbers a run takes. */
  static final int SIZE = 6;

  private static final int FLOATS = 0;
  private static final int DOUBLES = 1;
  private static final int LONGS = 2;
  private static final int TEXTS = 3;
  private static final int NONE = -1;

  private static final int TYPE = 0;
  private static final int NULL_BRANCH = 1;
  private static final int COLUMN = 2;
  private static final int ELEMENT = 3;
  private static final int COUNT = 4;

  /**
   * A bit for each field, of integers: whether it was written as one of 32 bits; of floats where
   * there is a branch of null: whether it is nullable.
   */
  private static final int FLAGS = 5;

  private ColumnRuns() {}

  /** Returns whether a field can be read as a run, be it of one. */
  static boolean fits(ColumnReader field) {
    return type(field) != NONE;
  }

  /** Returns whether a field can be read in one run with the fields before it. */
  static boolean continues(List<ColumnReader> run, ColumnReader next) {
    ColumnReader last = run.get(run.size() - 1);
    return next.column() == last.column() + 1
        && next.value().element() == last.value().element() + 1
        && type(next) == type(last)
        && (type(next) == FLOATS
            ? continuesFloats(run, next)
            : next.nullBranch() == last.nullBranch())
        && (type(next) != LONGS || run.size() < Integer.SIZE);
  }

  /** Nullable floats and others may be neighbours, as many as there are flags. */
  private static boolean continuesFloats(List<ColumnReader> run, ColumnReader next) {
    int known = nullBranch(run);
    int branch = next.nullBranch();
    return known < 0 && branch < 0
        || run.size() < Integer.SIZE && (known < 0 || branch < 0 || known == branch);
  }

  /** Returns the branch of null of those fields that are nullable, -1 if none is. */
  private static int nullBranch(List<ColumnReader> run) {
    return run.stream().mapToInt(ColumnReader::nullBranch).max().orElse(-1);
  }

  private static int type(ColumnReader field) {
    ScalarReader value = field.value();
    return switch (value.kind()) {
      case FLOAT -> value.isFloating() ? FLOATS : NONE;
      case DOUBLE -> value.isFloating() ? DOUBLES : NONE;
      case INT, LONG -> value.isFloating() ? NONE : LONGS;
      case TEXT -> TEXTS;
      default -> NONE;
    };
  }

  /**
   * Returns the {@value #SIZE} numbers of a run.
   *
   * @param run one field that fits, and those that continue it
   */
  static int[] of(List<ColumnReader> run) {
    ColumnReader first = run.get(0);
    int flags = 0;
    for (int i = 0; i < Math.min(run.size(), Integer.SIZE); i++) {
      ColumnReader field = run.get(i);
      boolean flag =
          type(first) == FLOATS ? field.nullBranch() >= 0 : field.value().kind() == Kind.INT;
      flags |= flag ? 1 << i : 0;
    }
    int[] numbers = new int[SIZE];
    numbers[TYPE] = type(first);
    numbers[NULL_BRANCH] = nullBranch(run);
    numbers[COLUMN] = first.column();
    numbers[ELEMENT] = first.value().element();
    numbers[COUNT] = run.size();
    numbers[FLAGS] = flags;
    return numbers;
  }

  /**
   * Reads a run.
   *
   * @param runs an array of such numbers
   * @param at where those of the run begin
   */
  static void read(int[] runs, int at, BinaryCursor in, FeatureRow row)
      throws MalformedRecordException {
    int element = runs[at + ELEMENT];
    int count = runs[at + COUNT];
    if (runs[at + NULL_BRANCH] >= 0) {
      if (runs[at + TYPE] == FLOATS) {
        readNullableFloats(runs, at, in, row);
      } else {
        readNullable(runs, at, in, row);
      }
      return;
    }
    switch (runs[at + TYPE]) {
      case FLOATS -> readFloats(element, count, in, row);
      case DOUBLES -> readDoubles(element, count, in, row);
      case LONGS -> readLongs(element, count, runs[at + FLAGS], in, row);
      default -> readTexts(element, count, in, row);
    }
    row.setPresent(runs[at + COLUMN], count);
  }

  private static void readFloats(int element, int count, BinaryCursor in, FeatureRow row)
      throws MalformedRecordException {
    row.setFloats(element, in.bytes(), in.take(count * Float.BYTES), count);
  }

  private static void readDoubles(int element, int count, BinaryCursor in, FeatureRow row)
      throws MalformedRecordException {
    int position = in.take(count * Double.BYTES);
    for (int i = 0; i < count; i++) {
      row.setDouble(element + i, in.doubleAt(position + i * Double.BYTES));
    }
  }

  private static void readLongs(int element, int count, int narrow, BinaryCursor in, FeatureRow row)
      throws MalformedRecordException {
    for (int i = 0; i < count; i++) {
      row.setLong(element + i, in.readInteger((narrow >>> i & 1) != 0));
    }
  }

  private static void readTexts(int element, int count, BinaryCursor in, FeatureRow row)
      throws MalformedRecordException {
    for (int i = 0; i < count; i++) {
      row.setText(element + i, in.readText());
    }
  }

  private static void readNullable(int[] runs, int at, BinaryCursor in, FeatureRow row)
      throws MalformedRecordException {
    int type = runs[at + TYPE];
    int nullBranch = runs[at + NULL_BRANCH];
    int column = runs[at + COLUMN];
    int element = runs[at + ELEMENT];
    int count = runs[at + COUNT];
    int narrow = runs[at + FLAGS];
    for (int i = 0; i < count; i++) {
      if (SkipReader.readIndex(in, 2, "union") != nullBranch) {
        switch (type) {
          case DOUBLES -> row.setDouble(element + i, in.readDouble());
          case LONGS -> row.setLong(element + i, in.readInteger((narrow >>> i & 1) != 0));
          default -> row.setText(element + i, in.readText());
        }
        row.setMissing(column + i, false);
      }
    }
  }

  /**
   * Reads floats of which some or all are nullable. A branch is nearly always written as one byte,
   * and there are five for each value: only what is not so is read, and refused, step by step. Took
   * a fifth of the time of a field by itself, in records of 200.
   */
  private static void readNullableFloats(int[] runs, int at, BinaryCursor in, FeatureRow row)
      throws MalformedRecordException {
    int nullBranch = runs[at + NULL_BRANCH];
    int column = runs[at + COLUMN];
    int element = runs[at + ELEMENT];
    int count = runs[at + COUNT];
    int nullable = runs[at + FLAGS];
    byte[] bytes = in.bytes();
    int last = bytes.length - 1 - Float.BYTES; // where a branch and a value still fit
    byte ofNull = (byte) (2 * nullBranch); // as a zigzag integer
    byte ofValue = (byte) (2 - ofNull);
    int position = in.position();
    int present = 0;
    int i = 0;
    for (; i < count && position <= last; i++) {
      if ((nullable >>> i & 1) != 0) {
        byte branch = bytes[position];
        if (branch == ofNull) {
          position++;
          continue;
        }
        if (branch != ofValue) {
          break;
        }
        position++;
      }
      row.setFloat(element + i, in.floatAt(position));
      present |= 1 << i;
      position += Float.BYTES;
    }
    row.setPresentBits(column, present);
    in.moveTo(position);
    for (; i < count; i++) {
      if ((nullable >>> i & 1) == 0 || SkipReader.readIndex(in, 2, "union") != nullBranch) {
        row.setFloat(element + i, in.readFloat());
        row.setMissing(column + i, false);
      }
    }
  }
}
