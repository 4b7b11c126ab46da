package dev.sluice.profile.statistics;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.record.ElementType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * The running statistics of one column, a function of the multiset of its values alone: merging
 * those of two parts gives, byte for byte, those of the whole. An array column counts each element;
 * a missing array counts as many missing values as it should have elements, 1 where that varies;
 * what shorter arrays are padded with does not count. Not thread-safe.
 */
public abstract sealed class ColumnStatistics permits NumberStatistics, TextStatistics {
  private static final int VERSION = 3;
  private static final int NUMBERS = 0;
  private static final int TEXTS = 1;

  private final ArraySizes sizes = new ArraySizes();
  private long missing;

  /** Returns empty statistics that can be compared with a baseline: on its grid and its scale. */
  public static ColumnStatistics comparableWith(ColumnProfile baseline) {
    if (baseline.isText()) {
      return new TextStatistics(TextStatistics.DEFAULT_MAX_VALUES);
    }
    return new NumberStatistics(Grid.of(baseline.gridEdges()), baseline.scaleExponent());
  }

  /** Returns empty statistics for a column of this type that has no baseline. */
  public static ColumnStatistics withoutBaseline(ElementType type) {
    return type == ElementType.STRING
        ? new TextStatistics(TextStatistics.DEFAULT_MAX_VALUES)
        : new NumberStatistics(Grid.universal(), Moments.DEFAULT_SCALE_EXPONENT);
  }

  /** Counts values that were not there. */
  public final void addMissing(long values) {
    missing += values;
  }

  /** Returns how many values were counted, missing ones among them. */
  public abstract long rows();

  /** Returns how many values were not there. */
  public final long missing() {
    return missing;
  }

  /** Returns the sizes of the arrays that the values are the elements of; live. */
  public final ArraySizes sizes() {
    return sizes;
  }

  /**
   * Adds what another has counted.
   *
   * @throws IllegalArgumentException if it is of another kind, shape, grid, scale or limit
   */
  public final void merge(ColumnStatistics other) {
    if (getClass() != other.getClass()) {
      throw new IllegalArgumentException(
          "cannot merge "
              + other.getClass().getSimpleName()
              + " into "
              + getClass().getSimpleName());
    }
    if (!isOfShapeOf(other)) {
      throw new IllegalArgumentException("cannot merge single values and elements of arrays");
    }
    mergeValues(other);
    missing += other.missing;
    sizes.merge(other.sizes);
  }

  /** Returns whether another is of the same kind, shape, grid, scale and limit. */
  public final boolean canMerge(ColumnStatistics other) {
    return getClass() == other.getClass() && isOfShapeOf(other) && canMergeValues(other);
  }

  /** Of single values and elements of arrays together the sizes would not be those of all. */
  private boolean isOfShapeOf(ColumnStatistics other) {
    return !(hasArrays() && other.hasSingleValues() || hasSingleValues() && other.hasArrays());
  }

  private boolean hasArrays() {
    return sizes.summary().arrays() > 0;
  }

  private boolean hasSingleValues() {
    return !hasArrays() && rows() > missing;
  }

  abstract boolean canMergeValues(ColumnStatistics other);

  abstract void mergeValues(ColumnStatistics other);

  /** Returns statistics with the same content that can change independently. */
  public final ColumnStatistics copy() {
    ColumnStatistics copy = empty();
    copy.merge(this);
    return copy;
  }

  /** Returns statistics of no values, to be merged with these; they share the grid. */
  public abstract ColumnStatistics empty();

  /** Writes everything, the grid included, in a form that {@link #read} understands. */
  public final void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeByte(this instanceof NumberStatistics ? NUMBERS : TEXTS);
    Varints.write(missing, out);
    sizes.write(out);
    writeValues(out);
  }

  abstract void writeValues(DataOutput out) throws IOException;

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if the bytes are not that; the message says which part
   */
  public static ColumnStatistics read(DataInput in) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException("version of column statistics is " + version + ", expected " + VERSION);
    }
    int kind = in.readByte();
    if (kind != NUMBERS && kind != TEXTS) {
      throw new IOException("kind of column statistics is " + kind + ", expected 0 or 1");
    }
    long missing = Varints.read("missing", Long.MAX_VALUE, in);
    ArraySizes sizes = ArraySizes.read(in);
    ColumnStatistics statistics =
        kind == NUMBERS ? NumberStatistics.readValues(in) : TextStatistics.readValues(in);
    statistics.addMissing(missing);
    statistics.sizes().merge(sizes);
    return statistics;
  }

  /**
   * Returns the statistics that a window's profile was made from.
   *
   * @throws IllegalArgumentException if it does not hold all that merging takes, as a baseline does
   *     not
   */
  public static ColumnStatistics of(ColumnProfile profile) {
    if (profile.occurrences().overflow()
        && (profile.distinct() == null || profile.distinct().hashes().isEmpty())) {
      throw new IllegalArgumentException(
          "column "
              + profile.name()
              + " has neither all its values nor hashes of them, expected those of a window");
    }
    ColumnStatistics statistics =
        profile.isText() ? TextStatistics.ofTexts(profile) : NumberStatistics.ofNumbers(profile);
    statistics.addMissing(profile.missing());
    statistics.sizes().merge(ArraySizes.of(profile.sizes()));
    return statistics;
  }

  /**
   * Returns the profile of what was counted, with all that {@link #of} takes.
   *
   * @param valueType the type of the column's elements
   * @param massEdges as for {@link #toProfile}
   */
  public final ColumnProfile toMergeable(
      String name, ElementType valueType, List<Double> massEdges) {
    ColumnProfile profile = toProfile(name, valueType, massEdges);
    return profile.withDistinct(profile.distinct().withHashes(hashes()));
  }

  /** Returns the hashes that distinct values are merged by; none where all values are known. */
  abstract List<Long> hashes();

  /**
   * Returns the profile of what was counted, without expectations and without drift.
   *
   * @param valueType the type of the column's elements
   * @param massEdges the edges of the baseline's equal-mass bins; empty for texts and where there
   *     is no baseline
   */
  public final ColumnProfile toProfile(String name, ElementType valueType, List<Double> massEdges) {
    return profileOfValues(name, valueType, massEdges).withSizes(sizes.summary());
  }

  /** Returns the profile of the values, whether or not they are elements of arrays. */
  abstract ColumnProfile profileOfValues(
      String name, ElementType valueType, List<Double> massEdges);
}
