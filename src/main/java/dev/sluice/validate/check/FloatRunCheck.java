package dev.sluice.validate.check;

import dev.sluice.record.FeatureRow;
import dev.sluice.record.Ranges;
import java.util.BitSet;
import java.util.List;

/**
 * Checks neighbouring columns of one floating-point number each, all of whose good values are in a
 * range, in one loop; only a value that is not has its column checked one by one.
 */
final class FloatRunCheck implements RowCheck {
  private final ColumnCheck[] checks;
  private final int[] columns;
  private final int first; // element, of neighbours
  private final Ranges ranges;
  private final boolean[] optional;
  private final long[] required; // a bit for each column that may not be missing

  /**
   * @param run checks that are plain, of neighbouring elements
   */
  FloatRunCheck(List<ColumnCheck> run) {
    this.checks = run.toArray(new ColumnCheck[0]);
    this.columns = run.stream().mapToInt(ColumnCheck::column).toArray();
    this.first = checks[0].element();
    this.ranges =
        new Ranges(
            run.stream().mapToDouble(check -> check.screen().low()).toArray(),
            run.stream().mapToDouble(check -> check.screen().high()).toArray());
    this.optional = new boolean[checks.length];
    for (int i = 0; i < checks.length; i++) {
      optional[i] = checks[i].isOptional();
    }
    BitSet needed = new BitSet();
    run.stream().filter(check -> !check.isOptional()).forEach(check -> needed.set(check.column()));
    this.required = needed.toLongArray();
  }

  @Override
  public void check(FeatureRow row) {
    if (isGood(row)) {
      return;
    }
    for (int i = 0; i < columns.length; i++) {
      boolean inRange = ranges.contains(i, row.doubleAt(first + i));
      boolean isMissing = row.isMissing(columns[i]);
      if (!(isMissing ? optional[i] : inRange)) {
        checks[i].check(row);
      } else if (!inRange) {
        // What a missing column has is undefined: the next row is not to stumble over it again.
        row.setFloat(first + i, ranges.within(i));
      }
    }
  }

  /**
   * Returns whether all is surely well. Of a missing column it looks at what a row before had
   * there, so that no branch depends on which columns are missing.
   */
  private boolean isGood(FeatureRow row) {
    return row.areWithin(first, ranges) && !row.isAnyMissing(required);
  }
}
