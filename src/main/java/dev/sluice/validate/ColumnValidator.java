package dev.sluice.validate;

import dev.sluice.record.FeatureRow;

/** Checks one column of a row and adds what it finds to the row's violations. */
interface ColumnValidator {
  void check(FeatureRow row);
}
