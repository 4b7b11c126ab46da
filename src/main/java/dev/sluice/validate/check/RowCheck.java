package dev.sluice.validate.check;

import dev.sluice.record.FeatureRow;

/** Checks a row, adds what it does not meet to its violations, and notes what it was about. */
interface RowCheck {
  void check(FeatureRow row);
}
