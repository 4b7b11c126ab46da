package dev.sluice.profile;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;

/**
 * How much a baseline's column varies from one block of its time to another, of blocks of one
 * length: what a window that is no drift may differ by. Each block is compared with the rest of the
 * baseline, or with the rest of its seasons where the baseline has some. Measured of all rows, not
 * of each segment.
 *
 * @param length of each block
 * @param blocks how many blocks were measured
 * @param psi the population stability index that 95 % of the blocks do not exceed, 0 or more
 * @param missingShare by how much the share of missing values and NaN is above that of the
 *     reference: 95 % of the blocks do not exceed it; 0 to 1
 * @param flatShare the share of the blocks of 12 numbers or more in which all numbers are the same
 */
public record BlockVariation(
    Duration length, long blocks, double psi, double missingShare, double flatShare)
    implements Serializable {
  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  public BlockVariation {
    requireNonNull(length, "length is null");
    if (length.isNegative() || length.isZero()) {
      throw new IllegalArgumentException("length is " + length + ", expected a positive duration");
    }
    if (blocks < 1) {
      throw new IllegalArgumentException("blocks is " + blocks + ", expected at least 1");
    }
    if (!(psi >= 0 && psi < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("psi is " + psi + ", expected 0 or more");
    }
    requireShare("missingShare", missingShare);
    requireShare("flatShare", flatShare);
  }

  private static void requireShare(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(name + " is " + share + ", expected 0 to 1");
    }
  }

  /** Returns the length for a person and a file: {@code PT1H}, {@code P7D}. */
  public String lengthText() {
    boolean days = length.equals(Duration.ofDays(length.toDays()));
    return days ? "P" + length.toDays() + "D" : length.toString();
  }
}
