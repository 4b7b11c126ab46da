package dev.sluice.monitor.check;

import dev.sluice.expect.Bounds;

/**
 * Whether a window met an expectation.
 *
 * @param observed what was seen, null where there was nothing to see
 * @param met null where it could not be judged
 * @param reason why it could not be judged, empty elsewhere
 */
record Judgement(String observed, Boolean met, String reason) {
  static Judgement of(String observed, boolean met) {
    return new Judgement(observed, met, "");
  }

  static Judgement unknown(String observed, String reason) {
    return new Judgement(observed, null, reason);
  }

  /** Nothing was seen where something was expected to be. */
  static Judgement ofNothing() {
    return of(null, false);
  }

  /** Judges a number, as far as its error allows; null stands for no number. */
  static Judgement within(Bounds bounds, Estimate estimate) {
    if (estimate == null) {
      return ofNothing();
    }
    String observed = Numbers.text(estimate.value());
    Boolean met = estimate.isWithin(bounds);
    return met == null ? unknown(observed, tooNear(estimate)) : of(observed, met);
  }

  static String tooNear(Estimate estimate) {
    return "a bound is within the error of the estimate, "
        + Numbers.text(estimate.value())
        + " within "
        + Numbers.text(estimate.low())
        + " to "
        + Numbers.text(estimate.high());
  }
}
