package dev.sluice.drift;

/**
 * When a window's column has drifted.
 *
 * @param minEffect the population stability index that a difference must exceed at least, 0 or
 *     more; with 0 the significance alone decides, unless the baseline knows its own variation
 * @param falseDiscoveryRate the share of false ones to be expected among the columns that are
 *     called significant, more than 0 and less than 1
 * @param minRows with fewer values that are not missing, in the window or in the reference, there
 *     is no verdict; of arrays, with the values of fewer
 */
public record DriftRule(double minEffect, double falseDiscoveryRate, long minRows) {
  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  public DriftRule {
    if (!(minEffect >= 0 && minEffect < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("minimum effect is " + minEffect + ", expected 0 or more");
    }
    if (!(falseDiscoveryRate > 0 && falseDiscoveryRate < 1)) {
      throw new IllegalArgumentException(
          "false discovery rate is "
              + falseDiscoveryRate
              + ", expected more than 0 and less than 1");
    }
    if (minRows < 0) {
      throw new IllegalArgumentException("minimum of rows is " + minRows + ", expected 0 or more");
    }
  }
}
