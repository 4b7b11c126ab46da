package dev.sluice.cli.profile;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;

/**
 * Rows that a model was not asked about, since its inputs cannot take them.
 *
 * @param rows how many
 * @param first which was the first, and what is wrong with it; empty where there is none
 */
public record Unscored(long rows, String first) {
  static final Unscored NONE = new Unscored(0, "");

  public Unscored {
    requireNonNull(first, "first is null");
  }

  /**
   * Counts one more.
   *
   * @param problem returns which row, what, got, expected
   */
  Unscored and(Supplier<String> problem) {
    return new Unscored(rows + 1, rows == 0 ? problem.get() : first);
  }
}
