package dev.sluice.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Bins of about equal mass that are made of the bins of a grid: up to ten, of which each but the
 * last ends at the first edge that so many tenths of the values are at or below.
 */
public final class MassBins {
  private static final int BINS = 10;

  private MassBins() {}

  /**
   * Returns the numbers of the grid's bins that are the last of a bin of about equal mass;
   * increasing, at most nine. Where more than nine tenths of the values are in the last bin that
   * has any, it is that one alone, as all deciles are there; none where it is the last of the grid,
   * or there are no values.
   *
   * @param gridCounts values per bin of the grid
   */
  public static List<Integer> lastBins(long[] gridCounts) {
    long total = 0;
    for (long count : gridCounts) {
      total += count;
    }
    List<Integer> last = new ArrayList<>();
    long upTo = 0;
    for (int bin = 0; bin < gridCounts.length - 1 && last.size() < BINS - 1; bin++) {
      long before = upTo;
      upTo += gridCounts[bin];
      boolean partsSome = upTo > 0 && (upTo < total || last.isEmpty());
      // Some k/10 of the values end here: k is larger than before.
      if (partsSome && tenths(upTo, total) > tenths(before, total)) {
        last.add(bin);
      }
    }
    return last;
  }

  /**
   * Parts what bins of about equal mass would hide where values repeat: a rare value that is in one
   * bin with a larger, frequent one, and becomes frequent itself. What is below the last of a bin's
   * bins of the grid has a bin of its own where that one is the first to hold any value, or holds
   * half of the values or more, or any where values are in no more than ten bins of the grid.
   *
   * @param gridCounts values per bin of the grid
   * @param lastBins numbers of the grid's bins, increasing
   * @return the same and those before some of them, increasing
   */
  public static List<Integer> parted(long[] gridCounts, List<Integer> lastBins) {
    int[] filled =
        IntStream.range(0, gridCounts.length).filter(bin -> gridCounts[bin] > 0).toArray();
    long total = Arrays.stream(gridCounts).sum();
    TreeSet<Integer> parted = new TreeSet<>(lastBins);
    for (int bin : lastBins) {
      long count = gridCounts[bin];
      boolean hidesBelow =
          count > 0 && (filled.length <= BINS || bin == filled[0] || count >= total - count);
      if (bin > 0 && hidesBelow) {
        parted.add(bin - 1);
      }
    }
    return List.copyOf(parted);
  }

  private static long tenths(long count, long total) {
    return (long) Math.floor(BINS * (double) count / total);
  }

  /** Returns the edges between such bins. */
  static List<Double> edges(List<Double> gridEdges, List<Long> gridCounts) {
    long[] counts = gridCounts.stream().mapToLong(Long::longValue).toArray();
    return lastBins(counts).stream().map(gridEdges::get).toList();
  }
}
