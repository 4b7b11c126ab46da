package dev.sluice.expect;

import static java.util.Objects.requireNonNull;

/**
 * How several columns are compared.
 *
 * @param orEqual whether equal values will do, too; of PAIR_GREATER alone
 * @param ignoreRowIf which missing values excuse a record
 */
public record PairRule(boolean orEqual, IgnoreRowIf ignoreRowIf) implements Parameters {
  public PairRule {
    requireNonNull(ignoreRowIf, "ignoreRowIf is null");
  }

  @Override
  public String describe() {
    return orEqual ? "or equal" : "";
  }
}
