package dev.sluice.profile.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sluice.wide.WideInstructions;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What wide instructions do against what is done number by number; skipped where there are none.
 */
class NumberLoopsTest {
  private static final double SCALE = Math.scalb(1.0, 20);
  private static final int COUNT = 1000;

  private final NumberLoops loops = NumberLoops.BEST;

  @BeforeEach
  void needsWideInstructions() {
    assumeThat(loops.isWide()).as("AVX-512, and --add-modules " + WideInstructions.MODULE).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void addsWhatEachNumberAddsUpToTheFirstThatIsNotUsual(long seed) {
    Random random = new Random(seed);
    double[] unusual = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 2047.9, -9};
    for (int n = 0; n < 300; n++) {
      double[] numbers = numbers(random);
      int from = random.nextInt(20);
      int at = from + random.nextInt(COUNT - from);
      numbers[at] = unusual[random.nextInt(unusual.length)];
      NumberLoops.Totals totals = new NumberLoops.Totals();

      int next = loops.addUsual(numbers, from, COUNT, SCALE, -8, 2047.5, totals);

      assertThat(next).isBetween(from, at).isGreaterThan(at - loops.leftOver());
      BigInteger sum = BigInteger.ZERO;
      BigInteger squares = BigInteger.ZERO;
      boolean anyZero = false;
      for (int i = from; i < next; i++) {
        BigInteger q = BigInteger.valueOf((long) Math.rint(numbers[i] * SCALE));
        sum = sum.add(q);
        squares = squares.add(q.multiply(q));
        anyZero |= q.signum() == 0;
      }
      assertThat(totals.sum).isEqualTo(sum.longValueExact());
      assertThat(
              BigInteger.valueOf(totals.squaresHigh)
                  .shiftLeft(Integer.SIZE)
                  .add(BigInteger.valueOf(totals.squaresLow)))
          .isEqualTo(squares);
      assertThat(totals.anyZero).isEqualTo(anyZero);
    }
  }

  @Test
  void theLargestSquaresDoNotOverflow() {
    double[] numbers = new double[Moments.CHUNK];
    Arrays.fill(numbers, -Moments.USUAL);
    NumberLoops.Totals totals = new NumberLoops.Totals();

    loops.addUsual(numbers, 0, numbers.length, 1, -Moments.USUAL, Moments.USUAL, totals);

    BigInteger least = BigInteger.valueOf(-Integer.MAX_VALUE);
    assertThat(totals.sum).isEqualTo(-(long) Integer.MAX_VALUE * Moments.CHUNK);
    assertThat(
            BigInteger.valueOf(totals.squaresHigh)
                .shiftLeft(Integer.SIZE)
                .add(BigInteger.valueOf(totals.squaresLow)))
        .isEqualTo(least.multiply(least).multiply(BigInteger.valueOf(Moments.CHUNK)));
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void hashesUpToOneThatIsWithinTheLimit(long seed) {
    Random random = new Random(seed);
    for (int n = 0; n < 300; n++) {
      double[] numbers = numbers(random);
      long limit = Long.MAX_VALUE >>> random.nextInt(12);
      int from = random.nextInt(20);
      int first = from;
      while (first < COUNT
          && ValueHash.of(Double.doubleToRawLongBits(numbers[first] + 0.0)) > limit) {
        first++;
      }

      long[] hashes = new long[COUNT];
      int next = loops.hash(numbers, from, COUNT, limit, hashes);

      assertThat(next).isBetween(from, first).isGreaterThan(first - loops.leftOver());
      for (int i = from; i < next; i++) {
        assertThat(hashes[i - from]).isEqualTo(NumberLoops.hash(numbers[i]));
      }
    }
  }

  @Test
  void hashesAsOneByOne() {
    Random random = new Random(10);
    double[] numbers = numbers(random);
    for (int n = 0; n < 100; n++) {
      int from = random.nextInt(20);
      int to = from + random.nextInt(40);
      long[] hashes = new long[to - from + 1];
      int next = loops.hash(numbers, from, to, -1, hashes);

      assertThat(next).isBetween(to - loops.leftOver() + 1, to);
      long[] same = new long[hashes.length];
      for (int i = from; i < next; i++) {
        same[i - from] = NumberLoops.hash(numbers[i]);
      }
      assertThat(hashes).isEqualTo(same);
    }
  }

  /** Some zeros of both signs, and some too small to be more than 0 when scaled. */
  private static double[] numbers(Random random) {
    double[] numbers = new double[COUNT];
    boolean zeros = random.nextBoolean();
    for (int i = 0; i < COUNT; i++) {
      numbers[i] = 3 * random.nextGaussian() % 8;
      if (zeros && random.nextInt(100) == 0) {
        numbers[i] = random.nextBoolean() ? -0.0 : 1e-9;
      }
    }
    return numbers;
  }

  @Test
  void statisticsAreThoseOfAJvmWithoutThem(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("statistics");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ScalarStatistics.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    ByteArrayOutputStream here = new ByteArrayOutputStream();
    ScalarStatistics.write(here);

    assertThat(here.toByteArray()).isEqualTo(Files.readAllBytes(file)).hasSizeGreaterThan(10_000);
  }
}
