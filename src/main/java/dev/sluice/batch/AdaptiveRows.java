package dev.sluice.batch;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How many rows make a batch full, by what full batches have cost: the fewest rows whose rate is
 * within {@value #SLACK} of the best, since fewer rows wait less.
 *
 * <p>A search on a ladder: powers of two, the most rows on top. The cost of a rung is the median
 * time of {@value #WINDOW} full batches per row, which a pause of the JVM does not move; the time
 * is all that the chained operators downstream take, the model's run and the rest. All rungs are
 * tried at the start and when a cost jumps by {@value #JUMP}, since a cache can make a curve with
 * two valleys; then the neighbours every {@value #PATIENCE} windows and others the more rarely the
 * farther they are, by the square of the distance, so that about one window in a hundred is spent
 * on trying. It moves up only where that gains twice the slack: lesser differences are noise.
 */
final class AdaptiveRows {
  /** The lowest rung of ladders that reach that low: below, a batch is hardly one. */
  static final int LEAST = 16;

  static final int WINDOW = 31;
  static final int PATIENCE = 256;
  private static final double SLACK = 0.05;
  private static final double JUMP = 0.5;

  private final int[] ladder;
  private final double[] cost;
  private final long[] measuredAt;
  private final long[] window = new long[WINDOW];
  private int filled;
  private long windows;
  private int home;
  private int rung;

  /**
   * @param least rows, 1 or more; where not below {@code most}, nothing ever changes
   * @param most rows, 1 or more: where it begins
   */
  AdaptiveRows(int least, int most) {
    ladder =
        IntStream.concat(
                IntStream.iterate(Integer.highestOneBit(least), rows -> rows < most, r -> 2 * r)
                    .filter(rows -> rows >= least),
                IntStream.of(most))
            .toArray();
    cost = new double[ladder.length];
    Arrays.fill(cost, Double.NaN);
    measuredAt = new long[ladder.length];
    home = ladder.length - 1;
    rung = home;
  }

  /** Returns how many rows make the next batch full. */
  int rows() {
    return ladder[rung];
  }

  /**
   * Takes what a full batch of {@link #rows()} rows has cost.
   *
   * @param nanos until everything downstream was done with it
   */
  void measured(long nanos) {
    if (ladder.length == 1) {
      return;
    }
    window[filled++] = nanos;
    if (filled == WINDOW) {
      filled = 0;
      Arrays.sort(window);
      conclude((double) window[WINDOW / 2] / rows());
    }
  }

  private void conclude(double perRow) {
    double before = cost[rung];
    if (Math.abs(perRow - before) > JUMP * before) {
      Arrays.fill(cost, Double.NaN); // what was known is of other times
      before = Double.NaN;
    }
    cost[rung] = Double.isNaN(before) ? perRow : (before + perRow) / 2;
    measuredAt[rung] = ++windows;
    home = settled();
    rung = next();
  }

  /** Returns where to stay, as far as is known. */
  private int settled() {
    double best = Arrays.stream(cost).filter(known -> !Double.isNaN(known)).min().orElseThrow();
    int least = 0;
    while (!(cost[least] <= best * (1 + SLACK))) { // also where it is unknown
      least++;
    }
    return least > home && cost[home] <= best * (1 + 2 * SLACK) ? home : least;
  }

  /** Returns the rung to measure: the one to stay on, or one that is not known any more. */
  private int next() {
    for (int other = 0; other < ladder.length; other++) {
      int distance = other - home;
      if (Double.isNaN(cost[other])
          || windows - measuredAt[other] > (long) PATIENCE * distance * distance && distance != 0) {
        return other;
      }
    }
    return home;
  }
}
