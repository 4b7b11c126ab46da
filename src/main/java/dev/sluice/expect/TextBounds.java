package dev.sluice.expect;

/**
 * An interval of texts, which are in the order of their Unicode code points: {@code Z} comes before
 * {@code a}, and this before {@code é}.
 *
 * @param min the lower bound, null where there is none
 * @param max the upper bound, null where there is none
 * @param strictMin whether the lower bound itself is out
 * @param strictMax whether the upper bound itself is out
 */
public record TextBounds(String min, String max, boolean strictMin, boolean strictMax)
    implements Parameters {
  /**
   * @throws IllegalArgumentException if neither bound is there, or they are not ordered
   */
  public TextBounds {
    if (min == null && max == null) {
      throw new IllegalArgumentException("has neither min nor max, expected one of them");
    }
    if (min != null && max != null && TextOrder.compare(min, max) > 0) {
      throw new IllegalArgumentException("min is " + min + ", expected at most max " + max);
    }
    strictMin = strictMin && min != null;
    strictMax = strictMax && max != null;
  }

  /** Returns whether the text is within. */
  public boolean contain(String text) {
    if (min != null) {
      int toMin = TextOrder.compare(text, min);
      if (strictMin ? toMin <= 0 : toMin < 0) {
        return false;
      }
    }
    if (max == null) {
      return true;
    }
    int toMax = TextOrder.compare(text, max);
    return strictMax ? toMax < 0 : toMax <= 0;
  }

  @Override
  public String describe() {
    return (min == null ? "(-inf" : (strictMin ? "(" : "[") + ExpectationId.quoted(min))
        + ", "
        + (max == null ? "inf)" : ExpectationId.quoted(max) + (strictMax ? ")" : "]"));
  }
}
