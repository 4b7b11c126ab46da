package dev.sluice.expect;

import static java.util.Objects.requireNonNull;

/**
 * What the sum of several columns is to be.
 *
 * @param bounds of the sum; with a missing value that does not excuse the record there is no sum,
 *     and it is not within
 * @param ignoreRowIf which missing values excuse a record
 */
public record SumRule(Bounds bounds, IgnoreRowIf ignoreRowIf) implements Parameters {
  public SumRule {
    requireNonNull(bounds, "bounds is null");
    requireNonNull(ignoreRowIf, "ignoreRowIf is null");
  }

  @Override
  public String describe() {
    return bounds.describe();
  }
}
