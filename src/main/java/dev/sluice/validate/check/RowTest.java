package dev.sluice.validate.check;

import dev.sluice.record.FeatureRow;

/** A question about a whole row: a condition, or what is asked of several columns. */
interface RowTest {
  boolean meets(FeatureRow row);
}
