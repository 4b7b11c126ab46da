package dev.sluice.profile.build;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.Moments;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.record.ElementType;
import java.util.List;

/**
 * A column of numbers: floats, 32-bit integers and booleans are kept in 4 bytes, others as doubles
 * in 8.
 */
final class NumberColumn extends ColumnValues {
  private final int width;
  private final FewNumbers few = new FewNumbers(Percentiles.MAX_EXACT_VALUES);
  private long finite;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private double[] added = {};

  NumberColumn(ElementType type, Spill spill, SpillColumn keys) {
    super(type, spill, keys);
    boolean narrow =
        switch (type) {
          case FLOAT, INT32, BOOL -> true;
          default -> false;
        };
    this.width = narrow ? Float.BYTES : Double.BYTES;
  }

  /** Returns how many bytes a number takes. */
  int width() {
    return width;
  }

  /** Adds the numbers of these rows of the group, {@code rows[i] + offset} each. */
  void add(double[] values, int[] rows, int offset, int count) {
    added = values;
    addRuns(rows, offset, count);
    boolean rounding = type() == ElementType.FLOAT;
    double low = min;
    double high = max;
    long special = 0;
    for (int i = 0; i < count; i++) {
      double value = rounding ? (float) values[i] : values[i];
      if (!(Math.abs(value) <= Double.MAX_VALUE)) {
        special++;
        continue;
      }
      low = value < low ? value : low;
      high = value > high ? value : high;
    }
    finite += count - special;
    min = low;
    max = high;
    for (int i = 0; i < count && !few.overflow(); i++) {
      double value = rounding ? (float) values[i] : values[i];
      if (Math.abs(value) <= Double.MAX_VALUE) {
        few.add(value + 0.0); // -0.0 becomes 0.0
      }
    }
  }

  @Override
  void write(int from, int to) {
    byte[] bytes = column().reserve((to - from) * width);
    int at = column().size();
    if (width == Double.BYTES) {
      for (int i = from; i < to; i++, at += Double.BYTES) {
        SpillColumn.DOUBLES.set(bytes, at, added[i]);
      }
    } else if (type() == ElementType.FLOAT) {
      for (int i = from; i < to; i++, at += Float.BYTES) {
        SpillColumn.FLOATS.set(bytes, at, (float) added[i]);
      }
    } else {
      for (int i = from; i < to; i++, at += Integer.BYTES) {
        SpillColumn.INTS.set(bytes, at, (int) added[i]);
      }
    }
    column().advance((to - from) * width);
  }

  @Override
  Counted count(String name, Parts parts, TimeBlocks times, int missingValues) {
    CommonNumbers common = new CommonNumbers(this, few, finite);
    if (finite == 0) {
      return count(
          name,
          new NumberStatistics(Grid.universal(), Moments.DEFAULT_SCALE_EXPONENT),
          List.of(),
          parts,
          times,
          missingValues,
          common);
    }
    Percentiles percentiles = percentiles(common);
    return count(
        name,
        new NumberStatistics(percentiles.grid(), Moments.scaleFor(percentiles.maxAbs())),
        percentiles.massEdges(),
        parts,
        times,
        missingValues,
        common);
  }

  private Percentiles percentiles(CommonNumbers common) {
    if (!few.overflow()) {
      return new Percentiles(finite, few::at, few.sorted());
    }
    RankSelection selection = new RankSelection(Percentiles.ranks(finite), finite, min, max);
    for (boolean first = true; selection.needsPass(); first = false) {
      boolean estimating = first;
      selection.begin();
      new NumberScan(this)
          .forEach(
              (numbers, count) -> {
                selection.add(numbers, count);
                if (estimating) {
                  common.estimate(numbers, count);
                }
              });
      selection.end();
    }
    return new Percentiles(finite, selection::at, new double[0]);
  }

  private Counted count(
      String name,
      NumberStatistics whole,
      List<Double> massEdges,
      Parts parts,
      TimeBlocks times,
      int missingValues,
      CommonNumbers common) {
    whole.addMissing(missing());
    NumberScan scan = new NumberScan(this);
    NumberParts counts = new NumberParts(whole, parts, missingValues);
    NumberBlocks blocks = new NumberBlocks(times, parts, whole.grid(), massEdges, missingValues);
    if (parts.size() == 0 && times.lengths().isEmpty()) {
      scan.forEach(whole::add);
    } else {
      scan.forEachKeyed(new Both(counts, blocks));
    }
    ColumnProfile profile = whole.toProfile(name, type(), massEdges);
    List<ColumnProfile> ofParts = counts.toProfiles(name, type(), massEdges);
    return new Counted(
        profile.withVariation(blocks.measure(profile, ofParts)), ofParts, common.mostCommon());
  }

  /** Two visitors as one. */
  private record Both(NumberScan.KeyedVisitor one, NumberScan.KeyedVisitor other)
      implements NumberScan.KeyedVisitor {
    @Override
    public void numbers(double[] numbers, long[] keys, int count) {
      one.numbers(numbers, keys, count);
      other.numbers(numbers, keys, count);
    }

    @Override
    public void missing(long key) {
      one.missing(key);
      other.missing(key);
    }
  }
}
