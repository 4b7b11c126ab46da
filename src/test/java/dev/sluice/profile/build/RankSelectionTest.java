package dev.sluice.profile.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares with sorting in memory. */
class RankSelectionTest {
  private static Arguments distribution(String name, DoubleUnaryOperator ofUniform) {
    return Arguments.of(name, ofUniform);
  }

  static Stream<Arguments> distributions() {
    Random random = new Random(7);
    return Stream.of(
        distribution("uniform", u -> u),
        distribution("negative and positive", u -> u - 0.5),
        distribution("floats", u -> (float) (1000 * u)),
        distribution("logarithmic", u -> Math.exp(1400 * u - 700)),
        distribution("denormal", u -> (long) (u * 1e6) * Double.MIN_VALUE),
        distribution("denormal on both sides", u -> (long) (u * 1e3 - 500) * Double.MIN_VALUE),
        distribution("huge", u -> (u - 0.5) * 2 * Double.MAX_VALUE),
        distribution("mostly zero", u -> u < 0.96 ? (u < 0.5 ? -0.0 : 0.0) : u),
        distribution("one value", u -> 42.5),
        distribution("two values", u -> u < 0.3 ? -1 : 1),
        distribution("ties", u -> Math.rint(u * 150)),
        distribution("close to each other", u -> 1e9 + u * 1e-3),
        distribution("an outlier", u -> u < 1e-3 ? -1e300 : 1 + u * 1e-9),
        distribution("all bits", u -> Double.longBitsToDouble(random.nextLong())),
        distribution("with NaN and infinities", u -> u < 0.1 ? 1 / (u - 0.05) - 20 : 0 / (u - u)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("distributions")
  void findsWhatSortingFinds(String name, DoubleUnaryOperator ofUniform) {
    Random random = new Random(name.hashCode());
    for (int size : new int[] {1, 2, 3, 99, 1000, 30_000}) {
      double[] values = random.doubles(size).map(ofUniform).toArray();
      double[] finite =
          Arrays.stream(values).filter(Double::isFinite).map(x -> x + 0.0).sorted().toArray();
      if (finite.length > 0) {
        check(values, finite, RankSelection.MAX_COUNTERS, RankSelection.MAX_GATHERED);
        check(values, finite, 1024, 64);
        check(values, finite, 2, 1);
        check(values, finite, 1 << 16, 0);
      }
    }
  }

  private static void check(double[] values, double[] finite, int maxCounters, int maxGathered) {
    long[] ranks = Percentiles.ranks(finite.length);
    RankSelection selection =
        new RankSelection(
            ranks, finite.length, finite[0], finite[finite.length - 1], maxCounters, maxGathered);
    while (selection.needsPass()) {
      selection.begin();
      selection.add(values, values.length / 2);
      selection.add(
          Arrays.copyOfRange(values, values.length / 2, values.length), (values.length + 1) / 2);
      selection.end();
    }
    for (long rank : ranks) {
      assertThat(selection.at(rank))
          .as("rank %d of %d", rank, finite.length)
          .isEqualTo(finite[(int) rank]);
    }
  }
}
