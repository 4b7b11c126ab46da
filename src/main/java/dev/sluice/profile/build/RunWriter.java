package dev.sluice.profile.build;

/**
 * Writes to a column which rows of the group its values are from, as runs: eight bytes, then as
 * many values. Where nobody asks for the rows, all values of a group are one run.
 */
final class RunWriter {
  /** The values are from one row after the other. */
  static final int CONSECUTIVE = 0;

  /** The values are all from one row: elements of an array. */
  static final int SAME = 1;

  /** In one row after the other the value is missing; no value follows. */
  static final int MISSING = 2;

  static final int KIND_SHIFT = 30;
  static final int COUNT_MASK = (1 << KIND_SHIFT) - 1;

  private final SpillColumn column;
  private int header;
  private int kind;
  private int row;
  private int count;

  RunWriter(SpillColumn column) {
    this.column = column;
  }

  /** Announces values whose rows do not matter. */
  void addWithoutRows(int values) {
    add(CONSECUTIVE, column.size() == 0 ? 0 : row + count, values);
  }

  /** Announces values of consecutive rows, or that these are missing. */
  void add(int newKind, int firstRow, int values) {
    if (column.size() > 0 && kind == newKind && kind != SAME && firstRow == row + count) {
      count += values;
    } else if (column.size() > 0 && isMoreOfOneRow(newKind, firstRow, values)) {
      kind = SAME;
      count++;
    } else {
      header = column.size();
      kind = newKind;
      row = firstRow;
      count = values;
      column.putInt(0);
      column.putInt(firstRow);
    }
    column.setInt(header, kind << KIND_SHIFT | count);
  }

  private boolean isMoreOfOneRow(int newKind, int firstRow, int values) {
    return newKind == CONSECUTIVE
        && values == 1
        && firstRow == row
        && (kind == SAME || kind == CONSECUTIVE && count == 1);
  }
}
