package dev.sluice.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By simulated costs: nanoseconds of a batch of so many rows. */
class AdaptiveRowsTest {
  private static final int LONG = 4 * AdaptiveRows.WINDOW * AdaptiveRows.PATIENCE;

  private final SplittableRandom random = new SplittableRandom(5);

  /** As of a device: a fixed cost of each run, and one per row. */
  private static IntToDoubleFunction device(double run, double row) {
    return rows -> run + row * rows;
  }

  /** As of a cache that holds so many rows: beyond, a row costs three times as much. */
  private static IntToDoubleFunction cache(int fits) {
    return rows -> 20_000 + rows * (rows <= fits ? 100.0 : 300);
  }

  /** Hands on so many full batches and returns how many of them had each number of rows. */
  private int[] run(AdaptiveRows cap, int batches, double noise, IntToDoubleFunction cost) {
    int[] times = new int[1 << 17];
    for (int i = 0; i < batches; i++) {
      int rows = cap.rows();
      times[rows]++;
      double pause = random.nextInt(50) == 0 ? 30_000_000 : 0; // as of a garbage collection
      double factor = 1 + noise * (2 * random.nextDouble() - 1);
      cap.measured((long) (cost.applyAsDouble(rows) * factor + pause));
    }
    return times;
  }

  @ParameterizedTest
  @CsvSource({
    // run ns, row ns, expected: the fewest rows within a twentieth of the best
    "1000000, 100, 4096", // rising to the end
    "50000, 1000, 1024", // 1.049 µs a row, 1.012 at 4096
    "1000, 1000, 32", // 1.03 µs a row
    "0, 1000, 16", // all the same: the lowest rung
  })
  void findsTheFewestRowsThatAreAsFast(double run, double row, int expected) {
    AdaptiveRows cap = new AdaptiveRows(AdaptiveRows.LEAST, 4096);
    assertThat(cap.rows()).isEqualTo(4096);
    run(cap, LONG, 0, device(run, row));
    assertThat(cap.rows()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 256, 1024})
  void staysBelowACliff(int fits) {
    AdaptiveRows cap = new AdaptiveRows(AdaptiveRows.LEAST, 4096);
    run(cap, LONG, 0, cache(fits));
    run(cap, LONG, 0, cache(fits));
    assertThat(cap.rows()).isEqualTo(fits);
  }

  @Test
  void findsItUnderNoiseAndStaysThereNearlyAlways() {
    AdaptiveRows cap = new AdaptiveRows(AdaptiveRows.LEAST, 4096);
    run(cap, LONG, 0.2, device(50_000, 1000));
    int[] times = run(cap, LONG, 0.2, device(50_000, 1000));
    int there = times[512] + times[1024] + times[2048]; // within a twentieth of one another
    assertThat((double) there / LONG).isGreaterThan(0.95);
  }

  @Test
  void followsACurveThatChanges() {
    AdaptiveRows cap = new AdaptiveRows(AdaptiveRows.LEAST, 4096);
    run(cap, LONG, 0.05, device(1_000_000, 100));
    assertThat(cap.rows()).isEqualTo(4096);
    run(cap, LONG, 0.05, cache(128));
    assertThat(cap.rows()).isEqualTo(128);
    run(cap, LONG, 0.05, device(1_000_000, 100));
    assertThat(cap.rows()).isEqualTo(4096);
  }

  @Test
  void noticesThatTheNextRungBecameWorthwhileThoughNothingChangedHere() {
    AdaptiveRows cap = new AdaptiveRows(AdaptiveRows.LEAST, 1024);
    run(cap, LONG, 0, cache(256));
    assertThat(cap.rows()).isEqualTo(256);
    run(cap, LONG, 0, cache(512)); // the same at 256
    assertThat(cap.rows()).isEqualTo(512);
  }

  @ParameterizedTest
  @CsvSource({"16, 4096", "16, 300", "16, 17", "16, 16", "16, 5", "16, 1", "1, 65536"})
  void neverLeavesItsBounds(int least, int most) {
    AdaptiveRows cap = new AdaptiveRows(least, most);
    assertThat(cap.rows()).isEqualTo(most);
    for (int i = 0; i < LONG; i++) {
      assertThat(cap.rows()).isBetween(Math.min(least, most), most);
      cap.measured(random.nextLong(1_000_000_000));
    }
  }

  @Test
  void isFixedWhereItHasNoRoom() {
    AdaptiveRows cap = new AdaptiveRows(256, 256);
    run(cap, LONG, 0.5, cache(16));
    assertThat(cap.rows()).isEqualTo(256);
  }
}
