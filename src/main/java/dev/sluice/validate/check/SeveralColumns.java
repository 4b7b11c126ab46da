package dev.sluice.validate.check;

import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.IgnoreRowIf;
import dev.sluice.expect.PairRule;
import dev.sluice.expect.PairSet;
import dev.sluice.expect.SumRule;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import java.util.Arrays;

/** Compiles expectations of several columns. */
final class SeveralColumns {
  private SeveralColumns() {}

  /**
   * @throws IllegalArgumentException if the columns cannot be asked that
   */
  static RowCheck check(Expectation expectation, Rule rule, FeatureLayout layout) {
    Cell[] cells =
        expectation.columns().stream()
            .map(name -> Cell.of(layout, name, expectation.nanIsMissing()))
            .toArray(Cell[]::new);
    RowTest test =
        switch (expectation.type()) {
          case PAIR_GREATER -> greater(cells, ((PairRule) expectation.parameters()).orEqual());
          case PAIR_EQUAL -> row -> !isAnyMissing(cells, row) && cells[0].equals(cells[1], row);
          case PAIR_IN_SET -> PairTest.of((PairSet) expectation.parameters(), cells);
          case SUM -> sum(cells, (SumRule) expectation.parameters());
          case ALL_DIFFERENT ->
              different(cells, ((PairRule) expectation.parameters()).missingEqual());
          default ->
              throw new IllegalArgumentException(expectation.type() + " is about one column");
        };
    boolean ofNumbers = expectation.type() == ExpectationType.SUM;
    boolean ofOneKind =
        ofNumbers
            || expectation.type() == ExpectationType.PAIR_GREATER
            || expectation.type() == ExpectationType.PAIR_EQUAL;
    for (Cell cell : cells) {
      if (ofNumbers && cell.isText() || ofOneKind && cell.isText() != cells[0].isText()) {
        throw new IllegalArgumentException(
            expectation.type()
                + " is about columns "
                + expectation.column()
                + ", expected "
                + (ofNumbers ? "numbers" : "all texts or all numbers"));
      }
    }
    return new SeveralColumnsCheck(rule, cells, ignoreRowIf(expectation), test);
  }

  private static IgnoreRowIf ignoreRowIf(Expectation expectation) {
    if (expectation.parameters() instanceof PairSet pairs) {
      return pairs.ignoreRowIf();
    }
    return expectation.parameters() instanceof SumRule sum
        ? sum.ignoreRowIf()
        : ((PairRule) expectation.parameters()).ignoreRowIf();
  }

  private static boolean isAnyMissing(Cell[] cells, FeatureRow row) {
    return cells[0].isMissing(row) || cells[1].isMissing(row);
  }

  private static RowTest greater(Cell[] cells, boolean orEqual) {
    Cell first = cells[0];
    Cell second = cells[1];
    return row ->
        !isAnyMissing(cells, row)
            && (first.isGreater(second, row) || orEqual && first.equals(second, row));
  }

  /** A sum that is NaN is in no range, but it is not out of one either. */
  private static RowTest sum(Cell[] cells, SumRule rule) {
    if (Arrays.stream(cells).allMatch(cell -> cell.type().isIntegral())) {
      LongInterval range = LongInterval.of(rule.bounds());
      return row -> integersSumTo(range, cells, row);
    }
    // Of floats the sum has no more precision than they.
    boolean floats = Arrays.stream(cells).anyMatch(cell -> cell.type() == ElementType.FLOAT);
    ElementType type = floats ? ElementType.FLOAT : ElementType.DOUBLE;
    DoubleInterval range = DoubleInterval.of(rule.bounds(), type);
    return row -> {
      double sum = 0;
      for (Cell cell : cells) {
        if (cell.isMissing(row)) {
          return false;
        }
        sum += cell.number(row);
      }
      return !range.isBeyond(floats ? (float) sum : sum);
    };
  }

  private static boolean integersSumTo(LongInterval range, Cell[] cells, FeatureRow row) {
    // A sum of 128 bits: of longs it needs no more.
    long low = 0;
    long high = 0;
    for (Cell cell : cells) {
      if (cell.isMissing(row)) {
        return false;
      }
      long value = row.longAt(cell.element());
      long sum = low + value;
      high += (value >> 63) + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
      low = sum;
    }
    boolean fits = high == low >> 63;
    if (fits) {
      return range.contains(low);
    }
    // Beyond all longs a bound on that side is exceeded, where there is one.
    return range.low() <= range.high()
        && (high < 0 ? range.low() == Long.MIN_VALUE : range.high() == Long.MAX_VALUE);
  }

  private static RowTest different(Cell[] cells, boolean missingEqual) {
    return row -> {
      for (int i = 1; i < cells.length; i++) {
        for (int j = 0; j < i; j++) {
          if (areEqual(cells[i], cells[j], row, missingEqual)) {
            return false;
          }
        }
      }
      return true;
    };
  }

  private static boolean areEqual(Cell one, Cell other, FeatureRow row, boolean missingEqual) {
    boolean missing = one.isMissing(row);
    if (missing || other.isMissing(row)) {
      return missingEqual && missing && other.isMissing(row);
    }
    return one.equals(other, row);
  }
}
