package dev.sluice.profile.file;

import dev.sluice.profile.SizeSummary;

/** Reads the sizes of a column's arrays and checks that they agree with its elements. */
final class SizesReader {
  private SizesReader() {}

  /**
   * @param elements how many elements all arrays have together
   */
  static SizeSummary read(JsonFields fields, long elements) {
    Long counted = fields.optionalInteger("arrays", 0, Long.MAX_VALUE);
    Long min = fields.optionalInteger("minSize", 0, Integer.MAX_VALUE);
    Long max = fields.optionalInteger("maxSize", 0, Integer.MAX_VALUE);
    long arrays = counted == null ? 0 : counted;
    if ((min == null || max == null) != (arrays == 0)) {
      throw fields.failureAt(
          "minSize and maxSize",
          min + " and " + max,
          arrays == 0 ? "none, since there is no array" : "numbers");
    }
    if (arrays == 0) {
      return SizeSummary.NONE;
    }
    if (min > max || arrays == 1 && !min.equals(max)) {
      throw fields.failureAt(
          "minSize", min, (arrays == 1 ? "as maxSize " : "at most maxSize ") + max);
    }
    long least = arrays == 1 ? min : Counts.product(arrays - 1, min) + max;
    long most = arrays == 1 ? max : Counts.product(arrays - 1, max) + min;
    if (elements < least || elements > most) {
      throw fields.failureAt(
          "arrays",
          arrays,
          "as many as have %d elements, the rows that are not missing, at %d to %d each"
              .formatted(elements, min, max));
    }
    return new SizeSummary(arrays, min.intValue(), max.intValue());
  }
}
