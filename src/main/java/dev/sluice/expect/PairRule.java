package dev.sluice.expect;

import static java.util.Objects.requireNonNull;

/**
 * How several columns are compared.
 *
 * @param orEqual whether equal values will do, too; of PAIR_GREATER alone
 * @param ignoreRowIf which missing values excuse a record
 * @param missingEqual whether two missing values are equal; of ALL_DIFFERENT alone
 */
public record PairRule(boolean orEqual, IgnoreRowIf ignoreRowIf, boolean missingEqual)
    implements Parameters {
  public PairRule {
    requireNonNull(ignoreRowIf, "ignoreRowIf is null");
  }

  /** Returns the rule for which a missing value equals nothing. */
  public PairRule(boolean orEqual, IgnoreRowIf ignoreRowIf) {
    this(orEqual, ignoreRowIf, false);
  }

  @Override
  public String describe() {
    if (missingEqual) {
      return "missing ones equal";
    }
    return orEqual ? "or equal" : "";
  }
}
