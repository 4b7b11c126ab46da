package dev.sluice.monitor.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class EntropyTest {
  @Test
  void isWhatScipyComputes() {
    // scipy.stats.entropy([1, 2, 0, 5], [2, 2, 1, 3])
    assertThat(Entropy.of(new double[] {1, 2, 0, 5}, new double[] {2, 2, 1, 3}))
        .isCloseTo(0.232622617283751, Offset.offset(1e-15));
    assertThat(Entropy.of(new double[] {1, 1}, new double[] {1, 0})).isInfinite();
    assertThat(Entropy.of(new double[] {0, 0}, new double[] {1, 1})).isNaN();
  }

  /** Whatever the numbers are that a grid has lost, their divergence is within what it says. */
  @Test
  void theTrueDivergenceIsWithinTheEstimate() {
    Random random = new Random(5);
    for (int round = 0; round < 2000; round++) {
      double[] numbers = random.doubles(1 + random.nextInt(40), 0, 10).toArray();
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = Math.rint(numbers[i]); // so that some equal edges and cuts
      }
      double[] edges = random.doubles(1 + random.nextInt(6), 0, 10).distinct().sorted().toArray();
      for (int i = 0; i < edges.length; i++) {
        edges[i] = random.nextBoolean() ? Math.rint(edges[i]) : edges[i];
      }
      edges = Arrays.stream(edges).distinct().sorted().toArray();
      GridCounts grid = grid(numbers, edges);
      double[] cuts =
          random
              .doubles(1 + random.nextInt(4), 0, 10)
              .map(cut -> random.nextBoolean() ? Math.rint(cut) : cut)
              .distinct()
              .sorted()
              .toArray();
      double[] q = random.doubles(cuts.length + 1, 0.05, 1).toArray();
      List<GridCounts.Range> below = new ArrayList<>();
      List<GridCounts.Range> exact = new ArrayList<>();
      for (int i = 0; i < cuts.length; i++) {
        double cut = cuts[i];
        boolean last = i == cuts.length - 1;
        below.add(grid.below(cut, last));
        long count = Arrays.stream(numbers).filter(x -> last ? x <= cut : x < cut).count();
        assertThat(count).isBetween(below.get(i).least(), below.get(i).most());
        exact.add(new GridCounts.Range(count, count));
      }
      Estimate estimate = Entropy.ofCuts(below, numbers.length, q);
      double truth = Entropy.ofCuts(exact, numbers.length, q).value();
      assertThat(truth).isBetween(estimate.low() - 1e-12, estimate.high() + 1e-12);
      assertThat(estimate.value()).isBetween(estimate.low() - 1e-12, estimate.high() + 1e-12);
    }
  }

  private static GridCounts grid(double[] numbers, double[] edges) {
    Long[] counts = new Long[edges.length + 1];
    Arrays.fill(counts, 0L);
    for (double number : numbers) {
      int bin = 0;
      while (bin < edges.length && number > edges[bin]) {
        bin++;
      }
      counts[bin]++;
    }
    return new GridCounts(
        Arrays.stream(edges).boxed().toList(),
        List.of(counts),
        Arrays.stream(numbers).min().orElseThrow(),
        Arrays.stream(numbers).max().orElseThrow());
  }
}
