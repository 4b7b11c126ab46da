package dev.sluice.profile.file;

/** Checks that counts add up to what they should; they are 0 or more and may be anything. */
final class Counts {
  private Counts() {}

  /** Checks that parts and counts together are the rows. */
  static void checkRows(JsonFields fields, long rows, Iterable<Long> counts, long... parts) {
    long left = rows;
    for (long part : parts) {
      left = minus(left, part);
    }
    for (long count : counts) {
      left = minus(left, count);
    }
    if (left != 0) {
      throw fields.failureAt(
          "rows", rows, "the sum of all counts, which is " + (left < 0 ? "more" : rows - left));
    }
  }

  /** Returns what is left of a number after a part, -1 where it is too small; never overflows. */
  static long minus(long left, long part) {
    return part > left ? -1 : left - part;
  }

  /**
   * Returns the product of a number of things and the size of one, or what is nearly the largest
   * number if that is too large: another size can be added to either.
   */
  static long product(long things, long size) {
    long largest = Long.MAX_VALUE - Integer.MAX_VALUE;
    return size > 0 && things > largest / size ? largest : things * size;
  }
}
