package dev.sluice.validate.check;

import dev.sluice.expect.IgnoreRowIf;
import dev.sluice.record.FeatureRow;

/** Checks the values of several columns together. */
final class SeveralColumnsCheck implements RowCheck {
  private final Rule rule;
  private final Cell[] cells;
  private final IgnoreRowIf ignoreRowIf;
  private final RowTest test;

  /**
   * @param test what is asked of the cells, of which some may be missing unless that excuses a row
   */
  SeveralColumnsCheck(Rule rule, Cell[] cells, IgnoreRowIf ignoreRowIf, RowTest test) {
    this.rule = rule;
    this.cells = cells.clone();
    this.ignoreRowIf = ignoreRowIf;
    this.test = test;
  }

  @Override
  public void check(FeatureRow row) {
    if (!isExcused(row) && rule.concerns(row) && !test.meets(row)) {
      rule.violated(row, text(row));
    }
  }

  private boolean isExcused(FeatureRow row) {
    int missing = 0;
    for (Cell cell : cells) {
      missing += cell.isMissing(row) ? 1 : 0;
    }
    return switch (ignoreRowIf) {
      case ALL_MISSING -> missing == cells.length;
      case ANY_MISSING -> missing > 0;
      case NEVER -> false;
    };
  }

  private String text(FeatureRow row) {
    StringBuilder text = new StringBuilder();
    for (Cell cell : cells) {
      text.append(text.isEmpty() ? "" : ", ").append(cell.text(row));
    }
    return text.toString();
  }
}
