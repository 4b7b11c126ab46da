package dev.sluice.drift;

import dev.sluice.profile.ColumnProfile;

/**
 * How many values of a column stand for one record: as many as its arrays have elements. One record
 * without its array is one thing that is not there, not hundreds of them.
 */
final class ArrayWidth {
  private ArrayWidth() {}

  /**
   * Returns how many missing values a missing array counts as: the size of the arrays where it is
   * fixed, 1 where it varies and for single values.
   *
   * @param evidence whose baseline says of which size arrays are
   */
  static long ofMissing(Evidence evidence) {
    ColumnProfile whole = evidence.reference().whole();
    if (whole.arrays() == 0 || whole.minSize() == 0) {
      return 1;
    }
    return isOfSize(whole.minSize(), whole) && isOfSize(whole.minSize(), evidence.current())
        ? whole.minSize()
        : 1;
  }

  /** Arrays of any size that all happen to be of one are told by how many are missing. */
  private static boolean isOfSize(int size, ColumnProfile column) {
    boolean isFixed = column.arrays() == 0 || column.minSize() == size && column.maxSize() == size;
    return isFixed && column.missing() % size == 0;
  }

  /** Returns so many arrays in values, by the mean size that the baseline's have; 1 at least. */
  static long values(long arrays, Evidence evidence) {
    Double mean = evidence.reference().whole().meanSize();
    return mean == null || mean <= 1 ? arrays : (long) Math.ceil(arrays * mean);
  }
}
