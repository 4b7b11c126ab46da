package dev.sluice.validate.check;

import dev.sluice.record.FeatureRow;

/** What is asked of one element of a column, that of a scalar or one of an array. */
interface ElementTest {
  /** Asked of what can be no other. */
  ElementTest ALWAYS = (row, element) -> true;

  boolean meets(FeatureRow row, int element);
}
