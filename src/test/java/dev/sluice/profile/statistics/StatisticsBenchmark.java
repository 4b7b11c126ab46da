package dev.sluice.profile.statistics;

import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import dev.sluice.record.InputTensor;
import dev.sluice.wide.WideInstructions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The time to count {@value #ROWS} values of a float column in a window's statistics, one batch at
 * a time. A sample is short, so that the median does not tell what else the machine does.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx1g", "--add-modules=" + WideInstructions.MODULE})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StatisticsBenchmark {
  static final int ROWS = 1024;
  private static final int BATCHES = 256;
  private static final int COLUMNS = 30;

  /** How many distinct values there are; 0 for as many as values. */
  @Param({"2", "24", "700", "1200", "5000", "0"})
  public int distinct;

  private final double[][] columns = new double[BATCHES][ROWS];
  private final double[] numbers = new double[ROWS];
  private final int[] rows = IntStream.range(0, ROWS).toArray();
  private FeatureBatch batch;
  private Grid grid;
  private NumberStatistics statistics;
  private GridCounts counts;
  private int next;

  /**
   * Draws the values and lays the grid as a baseline does: by value or by percentile, with edges at
   * the least and the largest value and right below the least.
   */
  @Setup
  public void draw() {
    Random random = new Random(7);
    for (double[] column : columns) {
      for (int row = 0; row < ROWS; row++) {
        column[row] = draw(random);
      }
    }
    double[] sorted = Arrays.stream(columns).flatMapToDouble(Arrays::stream).sorted().toArray();
    TreeSet<Double> edges = new TreeSet<>(List.of(Math.nextDown(sorted[0])));
    if (distinct > 0 && distinct <= 100) {
      Arrays.stream(sorted).forEach(edges::add);
    } else {
      for (int percent = 0; percent <= 100; percent++) {
        edges.add(sorted[(int) ((sorted.length - 1L) * percent / 100)]);
      }
    }
    grid = Grid.of(edges.stream().mapToDouble(Double::doubleValue).toArray());
    batch = batch(random);
  }

  private float draw(Random random) {
    return distinct == 0 ? (float) random.nextGaussian() : random.nextInt(distinct) * 0.5f;
  }

  /** Returns a batch whose columns lie side by side in one tensor. */
  private FeatureBatch batch(Random random) {
    List<FeatureColumn> features = new ArrayList<>();
    for (int i = 0; i < COLUMNS; i++) {
      features.add(new FeatureColumn("f" + i, ElementType.FLOAT, 1));
    }
    FeatureLayout layout =
        new FeatureLayout(
            features,
            List.of(
                new InputTensor(
                    "x",
                    ElementType.FLOAT,
                    List.of(COLUMNS),
                    IntStream.range(0, COLUMNS).boxed().toList())));
    FeatureBatch filled = new FeatureBatch(layout, ROWS);
    FeatureRow row = new FeatureRow(layout);
    for (int i = 0; i < ROWS; i++) {
      row.reset(new EncodedRecord("features", 0, 0, 0, null, null, Header.NONE));
      row.setPresent(0, COLUMNS);
      for (int column = 0; column < COLUMNS; column++) {
        row.setDouble(column, draw(random));
      }
      filled.append(row);
    }
    return filled;
  }

  /** Begins a new window. */
  @Setup(Level.Iteration)
  public void begin() {
    statistics = new NumberStatistics(grid, Moments.scaleFor(distinct == 0 ? 5 : distinct * 0.5));
    counts = new GridCounts(grid);
  }

  /** Presence, range, sums and grid. */
  @Benchmark
  public NumberStatistics totals() {
    double[] column = columns[next++ % BATCHES];
    statistics.addTotals(column, 0, ROWS);
    counts.add(column, 0, ROWS);
    return statistics;
  }

  /** The same, and the counts by value and the number of distinct ones. */
  @Benchmark
  public NumberStatistics all() {
    statistics.add(columns[next++ % BATCHES], ROWS);
    return statistics;
  }

  /** The same from where the column lies in a batch. */
  @Benchmark
  public NumberStatistics batch() {
    batch.column(next++ % COLUMNS).copyNumbers(rows, ROWS, 0, numbers);
    statistics.add(numbers, ROWS);
    return statistics;
  }
}
