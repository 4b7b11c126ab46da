package dev.sluice.profile.build;

/**
 * Goes through the runs of a column and the keys of their rows; for one thread. After each {@link
 * #next} the caller reads the run's values from {@link #bytes} at {@link #position} and says by
 * {@link #advance} how long they are.
 */
final class RunReader {
  private static final byte[] NONE = {};

  private final SpillColumn.Reader chunks;
  private final SpillColumn.Reader keys;
  private byte[] bytes = NONE;
  private int position;
  private int end;
  private int kind;
  private int count;
  private int row;

  /**
   * @param keys of the rows, null where they do not matter
   */
  RunReader(SpillColumn column, SpillColumn keys) {
    this.chunks = column.reader();
    this.keys = keys == null ? null : keys.reader();
  }

  /** Moves to the next run; false where there is none. */
  boolean next() {
    while (position == end) {
      if (!chunks.next()) {
        return false;
      }
      bytes = chunks.bytes();
      position = chunks.start();
      end = chunks.end();
      while (keys != null && (keys.end() == 0 || keys.group() > chunks.group())) {
        keys.next();
      }
    }
    int word = (int) SpillColumn.INTS.get(bytes, position);
    row = (int) SpillColumn.INTS.get(bytes, position + Integer.BYTES);
    position += 2 * Integer.BYTES;
    kind = word >>> RunWriter.KIND_SHIFT;
    count = word & RunWriter.COUNT_MASK;
    return true;
  }

  /** Returns whether the run says where values are missing; nothing follows it then. */
  boolean isMissing() {
    return kind == RunWriter.MISSING;
  }

  /** Returns how many values the run has. */
  int count() {
    return count;
  }

  byte[] bytes() {
    return bytes;
  }

  int position() {
    return position;
  }

  void advance(int length) {
    position += length;
  }

  /** Returns the key of the row that the run's value at this index is from. */
  long key(int index) {
    int at = kind == RunWriter.SAME ? row : row + index;
    return (long) SpillColumn.LONGS.get(keys.bytes(), keys.start() + at * Long.BYTES);
  }
}
