package dev.sluice.bench;

import dev.sluice.config.SegmentOptions;
import dev.sluice.monitor.Segments;
import dev.sluice.profile.DataProfile;
import dev.sluice.record.EncodedRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * What a value costs before the model, against the number of segments that rows are profiled by:
 * each has statistics of its own for each column, and of most there is a row or none in a batch.
 */
final class SegmentsCost implements AutoCloseable {
  private static final int COLUMNS = 20;
  private static final int PROFILED = 2_000;

  private final List<Long> sizes;
  private final int values;
  private final List<FrontStages> opened = new ArrayList<>();

  /**
   * @param sizes numbers of segments
   * @param values how many values a pass takes
   */
  SegmentsCost(List<Long> sizes, int values) {
    this.sizes = List.copyOf(sizes);
    this.values = values;
  }

  /** Measures all sizes in turn. */
  CostCurve measure(Rounds rounds) throws Exception {
    List<Rounds.Pass> passes = new ArrayList<>();
    for (long size : sizes) {
      passes.add(pass(Math.toIntExact(size)));
    }
    CostSeries series =
        CostSeries.of("before the model, %d columns".formatted(COLUMNS), "ns per value");
    for (List<Double> nanos : rounds.measure(passes)) {
      series.add(nanos, records() * (double) COLUMNS);
    }
    return new CostCurve(
        "segments", "What a value costs, by segments", "segments", sizes, List.of(series));
  }

  private int records() {
    return values / COLUMNS;
  }

  private Rounds.Pass pass(int segments) throws Exception {
    FloatRecords floats = new FloatRecords(COLUMNS, segments);
    SplittableRandom random = new SplittableRandom(13);
    EncodedRecord[] records = new EncodedRecord[records()];
    List<String> names = LongStream.range(0, segments).mapToObj(Long::toString).toList();
    FrontStages stages =
        new FrontStages(
            floats.schema(),
            floats.layout(),
            floats.profile(PROFILED),
            Segments.plan(
                new SegmentOptions(FloatRecords.SEGMENT, names, segments),
                floats.layout(),
                DataProfile.empty()),
            FrontStages.BATCH);
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
