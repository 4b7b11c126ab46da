package dev.sluice.profile.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.profile.Distinct;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctSketchTest {
  private static DistinctSketch of(double... numbers) {
    DistinctSketch sketch = new DistinctSketch();
    sketch.add(numbers, 0, numbers.length);
    return sketch;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 511})
  void isExactBelowK(int distinct) {
    double[] numbers = IntStream.range(0, 2 * distinct).mapToDouble(i -> i / 2).toArray();
    assertThat(of(numbers).distinct()).isEqualTo(Distinct.exactly(distinct));
  }

  @Test
  void isAnEstimateFromKOn() {
    Distinct distinct = of(IntStream.range(0, 512).asDoubleStream().toArray()).distinct();
    assertThat(distinct.exact()).isFalse();
    assertThat(distinct.relativeError()).isEqualTo(1 / Math.sqrt(510));
  }

  @Test
  void zeroHasNoSign() {
    assertThat(of(0.0, -0.0, 5).distinct()).isEqualTo(Distinct.exactly(2));
  }

  /**
   * Sets as they occur, not only random ones: the errors, in units of the standard error, must be
   * those of a good hash, with mean 0 and deviation 1 at most.
   */
  @Test
  void theErrorIsThatOfTheTheory() {
    double[] errors =
        IntStream.range(0, 200).mapToDouble(DistinctSketchTest::standardizedError).toArray();
    assertThat(Arrays.stream(errors).map(Math::abs).max().orElseThrow()).isLessThan(4);
    assertThat(Arrays.stream(errors).average().orElseThrow()).isBetween(-0.3, 0.3);
    assertThat(Arrays.stream(errors).map(e -> e * e).average().orElseThrow()).isLessThan(1.3);
  }

  private static double standardizedError(int seed) {
    Random random = new Random(seed);
    int n = 5000 + random.nextInt(50_000);
    double step = Math.scalb(1 + random.nextInt(8) / 8.0, random.nextInt(20) - 10);
    double start = random.nextInt(3) == 0 ? -n * step / 2 : random.nextInt(1000);
    IntToDoubleFunction[] shapes = {
      i -> start + i * step, // a counter, or a time
      i -> (float) (start + i * step * 0.1),
      i -> (start + i) / 100, // two decimals
      i -> (float) random.nextGaussian(),
      i -> Math.scalb(1 + i % 100 / 128.0, i / 100 - n / 200),
    };
    double[] numbers = IntStream.range(0, n).mapToDouble(shapes[seed % shapes.length]).toArray();
    long distinct = Arrays.stream(numbers).map(x -> x + 0.0).distinct().count();
    double estimate = of(numbers).distinct().estimate();
    return (estimate / distinct - 1) * Math.sqrt(DistinctSketch.K - 2);
  }

  /**
   * Numbers in parts of all lengths, many or few of them alike, between them values one by one,
   * other sketches, and reading: what is left must be the smallest hashes of all. The most distinct
   * ones reach the limit from which few are within it.
   */
  @ParameterizedTest
  @ValueSource(ints = {300, 900, 5_000, 40_000, 1_000_000})
  void hasTheSmallestHashesWhateverCame(int distinct) {
    Random random = new Random(distinct);
    for (int set = 0; set < 4; set++) {
      DistinctSketch sketch = new DistinctSketch();
      TreeSet<Long> hashes = new TreeSet<>();
      for (int part = 0; part < 200; part++) {
        double[] numbers = random.ints(1_024, 0, distinct).asDoubleStream().toArray();
        int from = random.nextInt(100);
        int to = from + random.nextInt(numbers.length - from);
        sketch.add(numbers, from, to);
        Arrays.stream(numbers, from, to).forEach(number -> hashes.add(NumberLoops.hash(number)));
        if (random.nextInt(4) == 0) {
          long hash = NumberLoops.hash(random.nextInt(distinct));
          sketch.add(hash);
          hashes.add(hash);
        }
        if (random.nextInt(4) == 0) {
          double[] others = random.ints(700, 0, distinct).asDoubleStream().toArray();
          sketch.merge(of(others));
          Arrays.stream(others).forEach(number -> hashes.add(NumberLoops.hash(number)));
        }
        if (random.nextInt(8) == 0) {
          assertHasSmallest(sketch, hashes);
        }
      }
      assertHasSmallest(sketch, hashes);
    }
  }

  /** Hashes that no good function gives, but a hostile client may find. */
  @Test
  void hashesNeedNotBeSpreadEvenly() {
    Random random = new Random(4);
    for (int set = 0; set < 40; set++) {
      DistinctSketch sketch = new DistinctSketch();
      TreeSet<Long> hashes = new TreeSet<>();
      for (int i = 0; i < 5_000; i++) {
        long hash =
            switch (set % 4) {
              case 0 -> i;
              case 1 -> Long.MAX_VALUE - i;
              case 2 -> random.nextLong() >>> 1 + random.nextInt(60);
              default -> random.nextLong() >>> 1 & 0x7FFF_F800_0000_0000L; // all of one slot
            };
        sketch.add(hash);
        hashes.add(hash);
      }
      assertHasSmallest(sketch, hashes);
    }
  }

  private static void assertHasSmallest(DistinctSketch sketch, TreeSet<Long> hashes) {
    assertThat(sketch.toHashes()).isEqualTo(hashes.stream().limit(DistinctSketch.K).toList());
  }

  @Test
  void textsHashAsWell() {
    double squares = 0;
    for (int set = 0; set < 100; set++) {
      DistinctSketch sketch = new DistinctSketch();
      for (int i = 0; i < 5000; i++) {
        String text = set % 2 == 0 ? set + "-" + i : Integer.toString(i, 36) + "/".repeat(set);
        sketch.add(ValueHash.of(text));
      }
      double error = (sketch.distinct().estimate() / 5000 - 1) * Math.sqrt(DistinctSketch.K - 2);
      assertThat(Math.abs(error)).isLessThan(4);
      squares += error * error;
    }
    assertThat(squares / 100).isLessThan(1.5);
  }

  @Test
  void textsOfZeroesHashApart() {
    assertThat(
            IntStream.range(0, 300).mapToLong(n -> ValueHash.of("\0".repeat(n))).distinct().count())
        .isEqualTo(300);
  }

  @Test
  void refusesHashesThatAreTooManyOrOutOfOrder() throws IOException {
    assertThatThrownBy(() -> read(513, new long[0]))
        .isInstanceOf(IOException.class)
        .hasMessage("number of hashes is 513, expected 0 to 512");
    assertThatThrownBy(() -> read(2, new long[] {7, 7}))
        .isInstanceOf(IOException.class)
        .hasMessage("hash is 7, expected more than 7");
    assertThatThrownBy(() -> read(1, new long[] {-2})).hasMessageContaining("hash is -2");
    assertThat(read(2, new long[] {0, 7}).distinct()).isEqualTo(Distinct.exactly(2));
  }

  private static DistinctSketch read(int count, long[] hashes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    Varints.write(count, out);
    for (long hash : hashes) {
      out.writeLong(hash);
    }
    return DistinctSketch.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }
}
