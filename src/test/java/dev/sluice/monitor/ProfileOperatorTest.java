package dev.sluice.monitor;

import static dev.sluice.monitor.Fixtures.LAYOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.profile.RowCounts;
import dev.sluice.profile.statistics.ColumnStatistics;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.profile.statistics.TextStatistics;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.Reason;
import dev.sluice.record.TensorBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // the harness declares that close throws anything
class ProfileOperatorTest {
  private final FeatureRow row = new FeatureRow(LAYOUT);
  private final FeatureBatch batch = new FeatureBatch(LAYOUT, 64);

  private static <T> OneInputStreamOperatorTestHarness<T, WindowPartial> harness(
      OneInputStreamOperator<T, WindowPartial> operator) throws Exception {
    OneInputStreamOperatorTestHarness<T, WindowPartial> harness =
        new OneInputStreamOperatorTestHarness<>(operator);
    harness.setup(Monitor.WINDOW_PARTIAL.createSerializer(new SerializerConfigImpl()));
    harness.open();
    return harness;
  }

  private StreamRecord<FeatureBatch> batchAt(long... eventTimes) {
    batch.clear();
    for (long time : eventTimes) {
      batch.append(Fixtures.fill(row, time, time % 30, "N"));
    }
    return new StreamRecord<>(batch);
  }

  /** Returns what came out since the last call, partials as {@code [start, end) rows@timestamp}. */
  private static List<Object> output(OneInputStreamOperatorTestHarness<?, WindowPartial> harness) {
    List<Object> seen = new ArrayList<>();
    for (Object element : harness.getOutput()) {
      if (element instanceof StreamRecord<?> record) {
        WindowPartial partial = (WindowPartial) record.getValue();
        seen.add(
            "[%d, %d) %d@%d"
                .formatted(
                    partial.windowStart(),
                    partial.windowEnd(),
                    partial.counts().rows(),
                    record.getTimestamp()));
      } else {
        seen.add(element);
      }
    }
    harness.getOutput().clear();
    return seen;
  }

  private static List<WindowPartial> partials(
      OneInputStreamOperatorTestHarness<?, WindowPartial> harness) {
    return harness.extractOutputStreamRecords().stream()
        .<WindowPartial>map(StreamRecord::getValue)
        .toList();
  }

  @Test
  void splitsABatchThatSpansWindows() throws Exception {
    try (var harness = harness(Fixtures.monitor().inputs())) {
      harness.processElement(batchAt(250, 50, 199, 200, -1, 60, 100));
      assertThat(output(harness)).isEmpty();
      harness.endInput();
      assertThat(output(harness))
          .containsExactly(
              "[-100, 0) 1@-1",
              "[0, 100) 2@99",
              "[100, 200) 2@199",
              "[200, 300) 2@299",
              WatermarkStatus.ACTIVE,
              Watermark.MAX_WATERMARK);
    }
  }

  @Test
  void handsOnEverythingBeforeABarrier() throws Exception {
    try (var harness = harness(Fixtures.monitor().inputs())) {
      harness.processElement(batchAt(50, 150));
      harness.prepareSnapshotPreBarrier(1);
      assertThat(output(harness)).containsExactly("[0, 100) 1@99", "[100, 200) 1@199");
      OperatorSubtaskState state = harness.snapshot(1, 0);
      assertThat(state.hasState()).isFalse();
      harness.prepareSnapshotPreBarrier(2);
      assertThat(output(harness)).isEmpty();
      harness.processElement(batchAt(150, 151));
      harness.prepareSnapshotPreBarrier(3);
      assertThat(output(harness)).containsExactly("[100, 200) 2@199");
    }
  }

  @Test
  void handsOnAWindowBeforeTheWatermarkThatClosesIt() throws Exception {
    try (var harness = harness(Fixtures.monitor().inputs())) {
      harness.processElement(batchAt(50, 150));
      harness.processWatermark(98);
      assertThat(output(harness)).containsExactly(new Watermark(98));
      harness.processWatermark(99);
      assertThat(output(harness)).containsExactly("[0, 100) 1@99", new Watermark(99));
      harness.processElement(batchAt(60)); // late or not is decided where windows are merged
      harness.processWatermark(100);
      assertThat(output(harness)).containsExactly("[0, 100) 1@99", new Watermark(100));
      harness.processWatermark(Watermark.MAX_WATERMARK);
      assertThat(output(harness)).containsExactly("[100, 200) 1@199", Watermark.MAX_WATERMARK);
    }
  }

  @Test
  void handsOnEverythingBeforeAnIdleStatusOnly() throws Exception {
    try (var harness = harness(Fixtures.monitor().inputs())) {
      harness.processElement(batchAt(50));
      harness.processWatermarkStatus(WatermarkStatus.IDLE);
      assertThat(output(harness)).containsExactly("[0, 100) 1@99", WatermarkStatus.IDLE);
      harness.processElement(batchAt(50));
      harness.processWatermarkStatus(WatermarkStatus.ACTIVE);
      assertThat(output(harness)).containsExactly(WatermarkStatus.ACTIVE);
    }
  }

  @Test
  void countsEachColumnInItsOwnWindow() throws Exception {
    Random random = new Random(1);
    NumberStatistics[] numbers = new NumberStatistics[3];
    TextStatistics[] texts = new TextStatistics[3];
    for (int i = 0; i < 3; i++) {
      numbers[i] = new NumberStatistics(Grid.of(0, 10, 20), 10);
      texts[i] = new TextStatistics(TextStatistics.DEFAULT_MAX_VALUES);
    }
    try (var harness = harness(Fixtures.monitor().inputs())) {
      for (int i = 0; i < 10; i++) {
        batch.clear();
        for (int j = 0; j < 64; j++) {
          int time = random.nextInt(300);
          double x = random.nextInt(5) == 0 ? Double.NaN : random.nextInt(-5, 25);
          String s = random.nextInt(5) == 0 ? null : "text " + random.nextInt(4);
          add(numbers[time / 100], x);
          add(texts[time / 100], s);
          batch.append(Fixtures.fill(row, time, x, s));
        }
        harness.processElement(new StreamRecord<>(batch));
      }
      harness.endInput();
      List<WindowPartial> partials = partials(harness);
      assertThat(partials).hasSize(3);
      for (int i = 0; i < 3; i++) {
        assertThat(partials.get(i).columns()).containsOnlyKeys("x", "s");
        assertThat(statistics(partials.get(i), "x")).isEqualTo(numbers[i]);
        assertThat(statistics(partials.get(i), "s")).isEqualTo(texts[i]);
      }
    }
  }

  private static ColumnStatistics statistics(WindowPartial partial, String column) {
    return partial.columns().get(column).statistics();
  }

  private static void add(NumberStatistics statistics, double value) {
    if (Double.isNaN(value)) {
      statistics.addMissing(1);
    } else {
      statistics.add(new double[] {value}, 1);
    }
  }

  private static void add(TextStatistics statistics, String value) {
    if (value == null) {
      statistics.addMissing(1);
    } else {
      statistics.add(value);
    }
  }

  @Test
  void countsRejectedRowsAsRowsAndAsRejected() throws Exception {
    try (var valid = harness(Fixtures.monitor().inputs());
        var rejected = harness(Fixtures.monitor().rejectedInputs(LAYOUT, ""))) {
      rejected.processElement(new StreamRecord<>(Fixtures.fill(row, 150, 7, null)));
      rejected.processElement(new StreamRecord<>(Fixtures.fill(row, 160, Double.NaN, "N")));
      rejected.processElement(new StreamRecord<>(Fixtures.fill(row, 210, 1, "N")));
      rejected.prepareSnapshotPreBarrier(1);
      List<WindowPartial> partials = partials(rejected);
      assertThat(partials).extracting(partial -> partial.counts().rows()).containsExactly(2L, 1L);
      assertThat(partials)
          .extracting(partial -> partial.counts().rejected())
          .containsExactly(2L, 1L);

      // Apart from the mark, they count as the same rows would that are valid.
      batch.clear();
      batch.append(Fixtures.fill(row, 150, 7, null));
      batch.append(Fixtures.fill(row, 160, Double.NaN, "N"));
      valid.processElement(new StreamRecord<>(batch));
      valid.prepareSnapshotPreBarrier(1);
      WindowPartial same = partials(valid).get(0);
      assertThat(same.counts().rejected()).isZero();
      assertThat(same.key()).isEqualTo(partials.get(0).key());
      assertThat(statistics(same, "x")).isEqualTo(statistics(partials.get(0), "x"));
      assertThat(statistics(same, "s")).isEqualTo(statistics(partials.get(0), "s"));
    }
  }

  @Test
  void countsMalformedRecordsInTheWindowOfKafkasTimestamp() throws Exception {
    try (var harness = harness(Fixtures.monitor(Fixtures.segments("N")).malformed())) {
      for (long timestamp : new long[] {99, 100, 150}) {
        harness.processElement(
            new StreamRecord<>(
                new DeadLetter(
                    DeadLetter.Kind.MALFORMED,
                    Reason.EMPTY_VALUE,
                    "empty",
                    List.of(),
                    new EncodedRecord("t", 0, 0, timestamp, null, new byte[0], Header.NONE),
                    DeadLetter.NO_EVENT_TIME)));
      }
      harness.endInput();
      assertThat(partials(harness))
          .extracting(WindowPartial::windowEnd, WindowPartial::segment, WindowPartial::counts)
          .containsExactly(
              tuple(100L, "", RowCounts.malformed(1)), tuple(200L, "", RowCounts.malformed(2)));
    }
  }

  @Test
  void tellsTheOutputsWhatWasReadAndRejected() throws Exception {
    try (var valid = harness(Fixtures.monitor().inputs());
        var rejected =
            harness(Fixtures.monitor(Fixtures.segments("N")).rejectedInputs(LAYOUT, ""));
        var outputs = harness(Fixtures.monitor().outputs())) {
      valid.processElement(batchAt(50, 150, 151));
      valid.prepareSnapshotPreBarrier(1);
      assertThat(books(valid))
          .containsExactly(
              "OUTPUT  [0, 100) 1 read 0 rejected", "OUTPUT  [100, 200) 2 read 0 rejected");
      rejected.processElement(new StreamRecord<>(Fixtures.fill(row, 150, 7, "N")));
      rejected.processWatermark(199);
      assertThat(books(rejected))
          .as("as a whole and by segment")
          .containsExactly(
              "OUTPUT  [100, 200) 1 read 1 rejected", "OUTPUT N [100, 200) 1 read 1 rejected");
      PredictionBatch predicted = new PredictionBatch();
      predicted.reset(batch);
      outputs.processElement(new StreamRecord<>(predicted));
      outputs.endInput();
      assertThat(outputs.getSideOutput(Monitor.BOOKS)).isNull();
    }
  }

  private static List<String> books(OneInputStreamOperatorTestHarness<?, WindowPartial> harness) {
    return harness.getSideOutput(Monitor.BOOKS).stream()
        .map(StreamRecord::getValue)
        .map(
            partial -> {
              assertThat(partial.columns()).isEmpty();
              assertThat(partial.counts().rows()).isZero();
              return "%s %s [%d, %d) %d read %d rejected"
                  .formatted(
                      partial.kind(),
                      partial.segment(),
                      partial.windowStart(),
                      partial.windowEnd(),
                      partial.counts().read(),
                      partial.counts().rejected());
            })
        .toList();
  }

  @Test
  void countsTheOutputsOfPredictedRowsOnly() throws Exception {
    batchAt(50, 150, 151, 152);
    TensorBuffer scores = new TensorBuffer(ElementType.DOUBLE, 1, 64);
    for (int i = 0; i < 4; i++) {
      scores.setNumber(i, 5 * i);
    }
    PredictionBatch predicted = new PredictionBatch();
    predicted.reset(batch);
    predicted.outputs().add(new OutputTensor("score", List.of(), scores));
    predicted.fail(0, Reason.MODEL_ERROR, "refused");
    predicted.fail(2, Reason.MODEL_ERROR, "refused");
    try (var harness = harness(Fixtures.monitor().outputs())) {
      harness.processElement(new StreamRecord<>(predicted));
      harness.endInput();
      NumberStatistics expected = new NumberStatistics(Grid.of(0, 10, 20), 10);
      expected.add(new double[] {5, 15}, 2);
      List<WindowPartial> partials = partials(harness);
      assertThat(partials).extracting(WindowPartial::windowStart).containsExactly(0L, 100L);
      assertThat(partials.get(0).counts()).isEqualTo(RowCounts.answered(0, 1));
      assertThat(partials.get(1).counts()).isEqualTo(RowCounts.answered(2, 1));
      assertThat(statistics(partials.get(1), "score")).isEqualTo(expected);
    }
  }
}
