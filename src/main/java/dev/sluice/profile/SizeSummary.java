package dev.sluice.profile;

import java.io.Serializable;

/**
 * The sizes of a column's arrays: how many elements each has, those of nested arrays together. How
 * many all have together is {@link ColumnProfile#present}.
 *
 * @param arrays how many arrays there were, missing ones left out; 0 for a column of single values
 * @param min the fewest elements of an array, null where there is none
 * @param max the most elements of an array, null where there is none
 */
public record SizeSummary(long arrays, Integer min, Integer max) implements Serializable {
  /** No arrays. */
  public static final SizeSummary NONE = new SizeSummary(0, null, null);

  /**
   * @throws IllegalArgumentException if the sizes are not there just where there are arrays
   */
  public SizeSummary {
    if ((min == null || max == null) != (arrays == 0)) {
      throw new IllegalArgumentException(
          "sizes of "
              + arrays
              + " arrays are "
              + min
              + " to "
              + max
              + ", expected "
              + (arrays == 0 ? "none" : "numbers"));
    }
  }
}
