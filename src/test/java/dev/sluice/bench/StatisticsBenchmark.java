package dev.sluice.bench;

import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.NumberStatistics;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Nanoseconds per float value that a window's statistics take, batches of 256 rows at a time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgs = "-Xmx1g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StatisticsBenchmark {
  private static final int ROWS = 256;
  private static final int BATCHES = 1024;

  /** How many distinct values there are; 0 for as many as values. */
  @Param({"2", "24", "700", "1200", "5000", "0"})
  public int distinct;

  private final double[][] batches = new double[BATCHES][ROWS];
  private NumberStatistics statistics;
  private Grid grid;

  /** Draws the values and lays the grid as a baseline does: by value or by percentile. */
  @Setup
  public void draw() {
    Random random = new Random(7);
    TreeSet<Double> edges = new TreeSet<>();
    for (double[] batch : batches) {
      for (int row = 0; row < ROWS; row++) {
        batch[row] =
            distinct == 0 ? (float) random.nextGaussian() : random.nextInt(distinct) * 0.5f;
      }
    }
    for (int edge = 0; edge <= 100; edge++) {
      edges.add(
          distinct == 0
              ? (edge - 50) * 0.06
              : distinct <= 100 ? edge % distinct * 0.5 : edge * distinct * 0.005);
    }
    grid = Grid.of(edges.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Begins a new window. */
  @Setup(Level.Iteration)
  public void begin() {
    statistics = new NumberStatistics(grid, 20);
  }

  /** Adds all batches to the window. */
  @Benchmark
  @OperationsPerInvocation(ROWS * BATCHES)
  public NumberStatistics add() {
    for (double[] batch : batches) {
      statistics.add(batch, ROWS);
    }
    return statistics;
  }

  /** Runs it; {@code mvn -q -B test-compile} first. */
  public static void main(String[] args) throws Exception {
    new Runner(new OptionsBuilder().include(StatisticsBenchmark.class.getName()).build()).run();
  }
}
