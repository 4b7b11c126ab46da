package dev.sluice.drift;

import dev.sluice.profile.ColumnProfile;

/** How much of a column is not there: missing values, and NaN, by which many say the same. */
final class Absence {
  private Absence() {}

  /** Returns how many values are not there. */
  static long count(ColumnProfile column) {
    return column.missing() + column.nan();
  }

  /** Returns the share of them, 0 to 1; 0 where there are no values. */
  static double share(ColumnProfile column) {
    return column.rows() == 0 ? 0 : count(column) / (double) column.rows();
  }
}
