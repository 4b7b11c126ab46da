package dev.sluice.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.record.ElementType;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartialColumnTest {
  private static final int SCALE = 20;

  private final SplittableRandom random = new SplittableRandom(17);
  private final NumberStatistics expected = empty();
  private final PartialColumn column = new PartialColumn(ElementType.FLOAT, empty());

  private static NumberStatistics empty() {
    return new NumberStatistics(Grid.of(-1, 0, 1), SCALE);
  }

  private double number() {
    return random.nextInt(50) == 0 ? Double.NaN : (float) random.nextGaussian();
  }

  private void add(int count) {
    double[] numbers = random.doubles(count).map(any -> number()).toArray();
    for (double number : numbers) {
      expected.add(new double[] {number}, 1);
    }
    double[] more = Arrays.copyOf(numbers, count + 3);
    column.add(more, count);
    Arrays.fill(more, 1e9); // the caller goes on with its array
  }

  private void check() {
    assertThat(column.statistics()).isEqualTo(expected);
    assertThat(column.statistics().rows()).isEqualTo(expected.rows());
  }

  /** Of no batch is anything lost, or counted twice, however it fits into what waits. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 63, 64, 65, 256, 300, 511, 512, 513, 1023, 1024, 1025, 5000})
  void whatWaitsIsCountedOnce(int batch) {
    for (int i = 0; i < 20; i++) {
      add(batch);
    }
    check();
    check();
    add(batch);
    check();
  }

  @Test
  void batchesOfAnySizesAreCounted() {
    for (int i = 0; i < 300; i++) {
      add(random.nextInt(random.nextInt(10) == 0 ? 3000 : 400));
      if (random.nextInt(20) == 0) {
        check();
      }
    }
    check();
  }

  @Test
  void whatIsMissingDoesNotWait() {
    add(5);
    column.addMissing(3);
    expected.addMissing(3);
    check();
    assertThat(column.statistics().missing()).isEqualTo(3);
  }
}
