package dev.sluice.bench;

import dev.sluice.record.EncodedRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a value costs before the model, against the number of columns. Each pass takes the same
 * number of values, in so many records, so that neither has an advantage in the caches. They are
 * drawn anew for each: with the same ones again, columns would differ by how many values come again
 * in them, which is dear where these are just too many to be counted each.
 */
final class ColumnsCost implements AutoCloseable {
  private static final int PROFILED = 2_000;

  /** The job's default, and what keeps a batch of a thousand columns in the second cache. */
  private static final List<Integer> BATCHES = List.of(FrontStages.BATCH, 64);

  private final List<Long> sizes;
  private final int values;
  private final List<FrontStages> opened = new ArrayList<>();

  /**
   * @param sizes numbers of columns
   * @param values how many values a pass takes, at least the largest size
   */
  ColumnsCost(List<Long> sizes, int values) {
    this.sizes = List.copyOf(sizes);
    this.values = values;
  }

  /** Measures all sizes in turn. */
  CostCurve measure(Rounds rounds) throws Exception {
    List<Rounds.Pass> passes = new ArrayList<>();
    for (int rows : BATCHES) {
      for (long size : sizes) {
        passes.add(pass(Math.toIntExact(size), rows));
      }
    }
    List<List<Double>> nanos = rounds.measure(passes);
    List<CostSeries> all = new ArrayList<>();
    int next = 0;
    for (int rows : BATCHES) {
      CostSeries series =
          CostSeries.of("before the model, batches of %d rows".formatted(rows), "ns per value");
      for (long size : sizes) {
        series.add(nanos.get(next++), (double) records(size) * size);
      }
      all.add(series);
    }
    return new CostCurve(
        "columns", "What a value costs, by columns", "columns of floats", sizes, all);
  }

  private int records(long size) {
    return Math.toIntExact(values / size);
  }

  private Rounds.Pass pass(int columns, int rows) throws Exception {
    FloatRecords floats = new FloatRecords(columns);
    SplittableRandom random = new SplittableRandom(13);
    EncodedRecord[] records = new EncodedRecord[records(columns)];
    FrontStages stages =
        new FrontStages(floats.schema(), floats.layout(), floats.profile(PROFILED), rows);
    opened.add(stages);
    return new Rounds.Pass() {
      @Override
      public void prepare() {
        Arrays.setAll(records, i -> floats.record(i, random));
      }

      @Override
      public void run() throws Exception {
        stages.accept(records, records.length);
      }
    };
  }

  @Override
  public void close() {
    opened.forEach(FrontStages::close);
  }
}
