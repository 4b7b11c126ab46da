package dev.sluice.drift;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** A share as a person reads it: {@code 12.3 %}. */
final class Percent {
  private static final MathContext DIGITS = new MathContext(3, RoundingMode.HALF_UP);

  private Percent() {}

  static String of(double share) {
    return BigDecimal.valueOf(share)
            .movePointRight(2)
            .round(DIGITS)
            .stripTrailingZeros()
            .toPlainString()
        + " %";
  }
}
