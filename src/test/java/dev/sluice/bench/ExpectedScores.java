package dev.sluice.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * The scores that the first contender gave, by which all others are held. Two are the same where
 * they differ by {@value #TOLERANCE} of the larger one at most, or of 1, since kernels for one row
 * and for many sum in different orders.
 */
final class ExpectedScores {
  static final double TOLERANCE = 1e-5;

  private final List<float[]> rounds = new ArrayList<>();

  /**
   * Requires scores to be the same as those of the same records; what is not yet there is taken.
   *
   * @param contender its name, for messages
   * @param first number of the first record
   * @param scores of the records from there on, NaN where there is none; those to be taken are of
   *     one round, as long as all of them
   * @param width scores of a record
   * @throws IllegalStateException at the first difference
   */
  void check(String contender, long first, float[] scores, int width) {
    if (rounds.isEmpty() || first * width >= (long) rounds.size() * rounds.get(0).length) {
      rounds.add(scores);
    }
    int length = rounds.get(0).length;
    for (int i = 0; i < scores.length; i++) {
      long at = first * width + i;
      float expected = rounds.get((int) (at / length))[(int) (at % length)];
      if (!isSame(scores[i], expected)) {
        String what = Float.isNaN(scores[i]) ? "has no prediction" : "scored " + scores[i];
        throw new IllegalStateException(
            "%s: record %d %s, expected %s".formatted(contender, at / width, what, expected));
      }
    }
  }

  private static boolean isSame(float score, float other) {
    double scale = Math.max(1, Math.max(Math.abs(score), Math.abs(other)));
    return Math.abs(score - other) <= TOLERANCE * scale;
  }
}
