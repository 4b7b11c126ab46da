package dev.sluice.profile.build;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.Moments;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.record.ElementType;
import java.util.ArrayList;
import java.util.List;

/**
 * A column of numbers: floats, 32-bit integers and booleans are kept in 4 bytes, others as doubles
 * in 8.
 */
final class NumberColumn extends ColumnValues {
  private final int width;
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
    NumberTally tally = NumberTally.of(this);
    CountedNumbers all = tally == null ? null : tally.numbers();
    CommonNumbers common = new CommonNumbers(this, all, finite);
    NumberStatistics whole = new NumberStatistics(Grid.universal(), Moments.DEFAULT_SCALE_EXPONENT);
    List<Double> massEdges = List.of();
    if (finite > 0) {
      Percentiles percentiles = percentiles(all, common);
      whole = new NumberStatistics(percentiles.grid(), Moments.scaleFor(percentiles.maxAbs()));
      massEdges = percentiles.massEdges();
    }
    whole.addMissing(missing());
    NumberParts counts = new NumberParts(whole, parts, missingValues);
    NumberBlocks blocks = new NumberBlocks(times, parts, whole.grid(), massEdges, missingValues);
    if (tally != null) {
      tally.addTo(whole);
    }
    List<NumberScan.KeyedVisitor> keyed = new ArrayList<>();
    if (parts.size() > 0) {
      keyed.add(counts);
    }
    if (!times.lengths().isEmpty()) {
      keyed.add(blocks);
    }
    if (!keyed.isEmpty()) {
      new NumberScan(this).forEachKeyed(new All(tally == null ? whole : null, keyed));
    } else if (tally == null) {
      new NumberScan(this).forEach(whole::add);
    }
    ColumnProfile profile = whole.toProfile(name, type(), massEdges);
    List<ColumnProfile> ofParts = counts.toProfiles(name, type(), massEdges);
    return new Counted(
        profile.withVariation(blocks.measure(profile, ofParts)), ofParts, common.mostCommon());
  }

  /**
   * @param all the distinct numbers, null where they are too many to be counted
   */
  private Percentiles percentiles(CountedNumbers all, CommonNumbers common) {
    if (all != null) {
      boolean exact = all.size() <= Percentiles.MAX_EXACT_VALUES;
      return new Percentiles(finite, all::at, exact ? all.numbers() : new double[0]);
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

  /**
   * Several visitors as one.
   *
   * @param whole counts all numbers, null where that is done already
   */
  private record All(NumberStatistics whole, List<NumberScan.KeyedVisitor> visitors)
      implements NumberScan.KeyedVisitor {
    @Override
    public void numbers(double[] numbers, long[] keys, int count) {
      if (whole != null) {
        whole.add(numbers, count);
      }
      for (NumberScan.KeyedVisitor visitor : visitors) {
        visitor.numbers(numbers, keys, count);
      }
    }

    @Override
    public void missing(long key) {
      visitors.forEach(visitor -> visitor.missing(key));
    }
  }
}
