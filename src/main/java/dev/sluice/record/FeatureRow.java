package dev.sluice.record;

import dev.sluice.wide.FloatLoops;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One decoded feature record: typed values by element index (see {@link
 * FeatureLayout#elementOffset}), a missing flag by column. A reused buffer: the decoder overwrites
 * it with the next record, so nothing downstream may hold it.
 *
 * <p>Where neither a column nor an input of a layout is of doubles, floating-point elements are
 * kept as floats, half as many bytes, so that neither decoding nor batching converts them.
 */
public final class FeatureRow {
  private final int elements;
  private final float[] floats; // null where there are doubles
  private final double[] doubles; // null where all are floats
  private final long[] longs;
  private final String[] texts;
  private int firstText = Integer.MAX_VALUE; // texts were set from here
  private int endText; // to here, exclusive
  private final int columns;
  private final long[] missing; // a bit per column, none behind the last one
  private final int[] lengths;
  private final List<Violation> violations = new ArrayList<>();
  private int[] evaluated = new int[4];
  private int evaluatedCount;
  private EncodedRecord source;
  private long eventTime;
  private boolean tombstone;

  /**
   * Makes a row whose lengths are still to be set.
   *
   * @param elements number of elements, at least the number of columns
   * @param columns number of columns
   */
  public FeatureRow(int elements, int columns) {
    this(elements, columns, false);
  }

  private FeatureRow(int elements, int columns, boolean onlyFloats) {
    this.elements = elements;
    this.floats = onlyFloats ? new float[elements] : null;
    this.doubles = onlyFloats ? null : new double[elements];
    this.longs = new long[elements];
    this.texts = new String[elements];
    this.columns = columns;
    this.missing = new long[(columns + Long.SIZE - 1) / Long.SIZE];
    this.lengths = new int[columns];
  }

  public FeatureRow(FeatureLayout layout) {
    this(
        layout.elements(),
        layout.columns().size(),
        layout.columns().stream().noneMatch(column -> column.type() == ElementType.DOUBLE)
            && layout.inputs().stream().noneMatch(input -> input.type() == ElementType.DOUBLE));
    for (int column = 0; column < lengths.length; column++) {
      lengths[column] = layout.columns().get(column).width();
    }
  }

  /** Forgets the previous record and its texts: every column is missing until it is set. */
  public void reset(EncodedRecord newSource) {
    source = newSource;
    eventTime = newSource.timestamp();
    tombstone = false;
    Arrays.fill(missing, -1L);
    if (columns % Long.SIZE != 0) {
      missing[missing.length - 1] = ~(-1L << columns);
    }
    if (firstText < endText) { // else large ones would be kept, and travel with this record
      Arrays.fill(texts, firstText, endText, null);
      firstText = Integer.MAX_VALUE;
      endText = 0;
    }
    evaluatedCount = 0;
    if (!violations.isEmpty()) {
      violations.clear();
    }
  }

  /**
   * Forgets the previous record: this one has no value, and goes through the stages only to keep
   * its place among the rows of its partition.
   */
  public void resetToTombstone(EncodedRecord newSource) {
    reset(newSource);
    tombstone = true;
  }

  /** Returns whether the record has no value, so that there is nothing to validate or score. */
  public boolean isTombstone() {
    return tombstone;
  }

  /** Returns the floating-point element; undefined where the column is missing. */
  public double doubleAt(int element) {
    return floats == null ? doubles[element] : floats[element];
  }

  /** Sets a floating-point element; of a layout without doubles, to the nearest float. */
  public void setDouble(int element, double value) {
    if (floats == null) {
      doubles[element] = value;
    } else {
      floats[element] = (float) value;
    }
  }

  public void setFloat(int element, float value) {
    if (floats == null) {
      doubles[element] = value;
    } else {
      floats[element] = value;
    }
  }

  /** Returns whether floating-point elements are kept as floats. */
  public boolean hasFloats() {
    return floats != null;
  }

  /**
   * Sets neighbouring elements to floats that lie in bytes.
   *
   * @param bytes little-endian, from {@code at} on
   */
  public void setFloats(int element, byte[] bytes, int at, int count) {
    if (floats == null) {
      FloatLoops.BEST.toDoubles(bytes, at, doubles, element, count);
    } else {
      FloatLoops.BEST.toFloats(bytes, at, floats, element, count);
    }
  }

  /**
   * Returns whether neighbouring floating-point elements are each in a range; NaN is not. Of a
   * missing column it looks at what a row before had there.
   *
   * @param element the first; there are as many as ranges
   */
  public boolean areWithin(int element, Ranges ranges) {
    return floats == null
        ? FloatLoops.BEST.areWithin(doubles, element, ranges.low(), ranges.high())
        : FloatLoops.BEST.areWithin(floats, element, ranges.lowFloats(), ranges.highFloats());
  }

  /**
   * Returns whether floating-point elements are all between two bounds, these included; NaN is not.
   *
   * @param element the first
   * @param end the one behind the last
   */
  public boolean areWithin(int element, int end, double low, double high) {
    return floats == null
        ? FloatLoops.BEST.areWithin(doubles, element, end, low, high)
        : FloatLoops.BEST.areWithin(
            floats, element, end, Ranges.leastFloat(low), Ranges.greatestFloat(high));
  }

  /** Returns the integer element, all 64 bits; booleans are 0 or 1; undefined where missing. */
  public long longAt(int element) {
    return longs[element];
  }

  public void setLong(int element, long value) {
    longs[element] = value;
  }

  /** Returns the text element; undefined where the column is missing. */
  public String textAt(int element) {
    return texts[element];
  }

  public void setText(int element, String value) {
    texts[element] = value;
    firstText = Math.min(firstText, element);
    endText = Math.max(endText, element + 1);
  }

  public boolean isMissing(int column) {
    return (missing[column / Long.SIZE] >>> column & 1) != 0;
  }

  /**
   * Returns whether any of some columns is missing.
   *
   * @param those a bit for each column, 64 in a word, as of {@link java.util.BitSet#toLongArray}
   */
  public boolean isAnyMissing(long[] those) {
    long found = 0;
    for (int word = 0; word < those.length; word++) {
      found |= missing[word] & those[word];
    }
    return found != 0;
  }

  /** Marks a column as missing or, once its elements are set, as present. */
  public void setMissing(int column, boolean isMissing) {
    if (isMissing) {
      missing[column / Long.SIZE] |= 1L << column;
    } else {
      missing[column / Long.SIZE] &= ~(1L << column);
    }
  }

  /** Marks neighbouring columns as present. */
  public void setPresent(int firstColumn, int count) {
    int end = firstColumn + count;
    for (int column = firstColumn; column < end; column = (column | Long.SIZE - 1) + 1) {
      long those = -1L << column;
      if (end <= (column | Long.SIZE - 1)) {
        those &= ~(-1L << end);
      }
      missing[column / Long.SIZE] &= ~those;
    }
  }

  /**
   * Marks some of up to 32 neighbouring columns as present.
   *
   * @param bits those of them whose bits are set, the first one's the lowest
   */
  public void setPresentBits(int firstColumn, int bits) {
    long those = Integer.toUnsignedLong(bits);
    int word = firstColumn / Long.SIZE;
    missing[word] &= ~(those << firstColumn);
    long behind = those >>> 1 >>> ~firstColumn; // by 64 in all where they begin a word: none
    if (behind != 0) {
      missing[word + 1] &= ~behind;
    }
  }

  /**
   * Returns how many elements of a column the record has; those that follow, up to the column's
   * width, are padding. Undefined where the column is missing.
   */
  public int length(int column) {
    return lengths[column];
  }

  /** Sets how many elements of a column are the record's; only where its length varies. */
  public void setLength(int column, int elements) {
    lengths[column] = elements;
  }

  /** Returns the floats themselves, null where there are doubles; for {@link FloatBlock}. */
  float[] floats() {
    return floats;
  }

  /** Rounds neighbouring floating-point elements to floats, from a place of the target on. */
  void copyFloats(int element, float[] target, int to, int count) {
    if (floats == null) {
      FloatLoops.BEST.toFloats(doubles, element, target, to, count);
    } else {
      System.arraycopy(floats, element, target, to, count);
    }
  }

  /** Returns a floating-point element, rounded to a float. */
  float floatAt(int element) {
    return floats == null ? (float) doubles[element] : floats[element];
  }

  /**
   * Finds the columns that are missing, usually few.
   *
   * @param indexes takes them, increasing
   * @return how many they are
   */
  int findMissing(int[] indexes) {
    int count = 0;
    for (int word = 0; word < missing.length; word++) {
      for (long left = missing[word]; left != 0; left &= left - 1) {
        indexes[count++] = word * Long.SIZE + Long.numberOfTrailingZeros(left);
      }
    }
    return count;
  }

  public int elements() {
    return elements;
  }

  public int columns() {
    return columns;
  }

  /** Returns the record this row was decoded from. */
  public EncodedRecord source() {
    return source;
  }

  /** Returns the event time in milliseconds since the epoch. */
  public long eventTime() {
    return eventTime;
  }

  public void setEventTime(long millis) {
    eventTime = millis;
  }

  /** Returns the expectations that this row does not meet; a live list, cleared by reset. */
  public List<Violation> violations() {
    return violations;
  }

  /**
   * Notes that an expectation was about this row, whether or not it was met. Only for those whose
   * number of rows does not follow from how many values are missing: conditional ones, and those of
   * arrays or several columns.
   *
   * @param index its place among all of the data profile
   */
  public void addEvaluated(int index) {
    if (evaluatedCount == evaluated.length) {
      evaluated = Arrays.copyOf(evaluated, 2 * evaluatedCount);
    }
    evaluated[evaluatedCount++] = index;
  }

  /** Returns how many expectations were noted to be about this row. */
  public int evaluatedCount() {
    return evaluatedCount;
  }

  /**
   * Returns the expectations noted to be about this row.
   *
   * @param before those of another row, returned where they are the same
   */
  int[] evaluated(int[] before) {
    if (Arrays.equals(before, 0, before.length, evaluated, 0, evaluatedCount)) {
      return before;
    }
    return Arrays.copyOf(evaluated, evaluatedCount);
  }

  /** Returns one of the expectations that were noted to be about this row. */
  public int evaluatedAt(int i) {
    return evaluated[i];
  }
}
