package dev.sluice.validate.check;

import dev.sluice.record.FeatureRow;

/** What is asked of one element of a column, that of a scalar or one of an array. */
interface ElementTest {
  /** Asked of what can be no other. */
  ElementTest ALWAYS = (row, element) -> true;

  boolean meets(FeatureRow row, int element);

  /** Returns a test of floating-point numbers that NaN meets as well. */
  default ElementTest orNan() {
    return (row, element) -> Double.isNaN(row.doubleAt(element)) || meets(row, element);
  }
}
