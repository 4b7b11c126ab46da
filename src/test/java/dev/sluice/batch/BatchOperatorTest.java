package dev.sluice.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metric.RecordedMetrics;
import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import dev.sluice.record.InputTensor;
import dev.sluice.serial.ArrowTypes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The harness copies each batch as it is collected, since the operator fills it anew. */
class BatchOperatorTest {
  private static final FeatureLayout LAYOUT =
      new FeatureLayout(
          List.of(new FeatureColumn("x", ElementType.FLOAT, 1)),
          List.of(new InputTensor("input", ElementType.FLOAT, List.of(1), List.of(0))));
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final FeatureRow row = new FeatureRow(LAYOUT);
  private OneInputStreamOperatorTestHarness<FeatureRow, FeatureBatch> harness;

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private void start(int maxRows, Duration maxDelay, long maxBytes) throws Exception {
    start(maxRows, maxDelay, maxBytes, null);
  }

  private void start(int maxRows, Duration maxDelay, long maxBytes, OperatorSubtaskState state)
      throws Exception {
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new BatchOperator(LAYOUT, maxRows, maxDelay, maxBytes));
    harness.setup(ArrowTypes.FEATURE_BATCH.createSerializer(new SerializerConfigImpl()));
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }

  private void add(long... offsets) throws Exception {
    for (long offset : offsets) {
      row.reset(new EncodedRecord("t", 0, offset, 100 + offset, null, new byte[10], Header.NONE));
      row.setDouble(0, offset);
      row.setMissing(0, false);
      harness.processElement(new StreamRecord<>(row));
    }
  }

  private int timers() {
    return harness.getProcessingTimeService().getNumActiveTimers();
  }

  /** Returns what came out since the last call: offsets of each batch, watermarks, statuses. */
  private List<Object> output() {
    List<Object> seen = new ArrayList<>();
    for (Object element : harness.getOutput()) {
      seen.add(
          element instanceof StreamRecord<?> record
              ? offsets((FeatureBatch) record.getValue())
              : element);
    }
    harness.getOutput().clear();
    return seen;
  }

  private static List<Long> offsets(FeatureBatch batch) {
    List<Long> offsets = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      long offset = batch.source(i).offset();
      assertThat(batch.column(0).numberAt(i, 0)).isEqualTo(offset);
      assertThat(batch.eventTime(i)).isEqualTo(100 + offset);
      offsets.add(offset);
    }
    return offsets;
  }

  @Test
  void metricsSayHowLargeBatchesAreAndHowLongTheyWait() throws Exception {
    RecordedMetrics recorded = new RecordedMetrics();
    AtomicInteger pending = new AtomicInteger();
    BatchMetrics metrics = new BatchMetrics(recorded, pending::get);
    metrics.count(3, 2_000_000, BatchMetrics.Trigger.FULL);
    metrics.count(1, 10_000_000, BatchMetrics.Trigger.DELAY);
    pending.set(5);
    assertThat(recorded.value("batches_total")).isEqualTo(2);
    assertThat(recorded.sum("batches_total", "trigger")).isEqualTo(2);
    assertThat(recorded.value("batches_total{trigger=delay}")).isEqualTo(1);
    assertThat(recorded.value("records_batched_total")).isEqualTo(4);
    assertThat(recorded.value("batch_wait_seconds_total")).isEqualTo(0.012);
    assertThat(recorded.value("batch_pending_records")).isEqualTo(5);
    assertThat(recorded.histogramOf("batch_wait_seconds").getStatistics().getQuantile(1))
        .isEqualTo(0.01);
    assertThat(recorded.histogramOf("batch_size_records").getStatistics().getQuantile(0.5))
        .isEqualTo(1);
    start(3, SECOND, 1000);
  }

  @Test
  void isFullByRows() throws Exception {
    start(3, SECOND, 1000);
    add(0, 1);
    assertThat(output()).isEmpty();
    add(2, 3, 4, 5, 6);
    assertThat(output()).containsExactly(List.of(0L, 1L, 2L), List.of(3L, 4L, 5L));
  }

  @Test
  void isFullByBytes() throws Exception {
    start(100, SECOND, 25); // rows have 10 bytes each
    add(0, 1);
    assertThat(output()).isEmpty();
    add(2, 3, 4);
    assertThat(output()).containsExactly(List.of(0L, 1L, 2L));
    add(5);
    assertThat(output()).containsExactly(List.of(3L, 4L, 5L));
  }

  @Test
  void isHandedOnOnceItsFirstRowHasWaitedLongEnough() throws Exception {
    start(100, SECOND, 1000);
    harness.setProcessingTime(5000);
    add(0);
    harness.setProcessingTime(5600);
    add(1);
    assertThat(timers()).isEqualTo(1);
    harness.setProcessingTime(5999);
    assertThat(output()).isEmpty();
    harness.setProcessingTime(6000);
    assertThat(output()).containsExactly(List.of(0L, 1L));
    assertThat(timers()).isZero();
  }

  @Test
  void countsTheDelayOfABatchFromItsOwnFirstRow() throws Exception {
    start(2, SECOND, 1000);
    harness.setProcessingTime(0);
    add(0, 1); // full before its deadline at 1000
    output();
    harness.setProcessingTime(400);
    add(2);
    assertThat(timers()).isEqualTo(1);
    harness.setProcessingTime(1000);
    assertThat(output()).isEmpty();
    assertThat(timers()).isEqualTo(1);
    harness.setProcessingTime(1399);
    assertThat(output()).isEmpty();
    harness.setProcessingTime(1400);
    assertThat(output()).containsExactly(List.of(2L));
  }

  @Test
  void keepsOneTimerHoweverManyBatchesThereAre() throws Exception {
    start(2, SECOND, 1000);
    for (int time = 0; time < 100; time++) {
      harness.setProcessingTime(time);
      add(2 * time, 2 * time + 1);
      assertThat(timers()).isEqualTo(1);
    }
    assertThat(output()).hasSize(100);
    harness.setProcessingTime(5000);
    assertThat(output()).isEmpty();
    assertThat(timers()).isZero();
  }

  @Test
  void isHandedOnBeforeABarrier() throws Exception {
    start(100, SECOND, 1000);
    add(0, 1);
    harness.prepareSnapshotPreBarrier(1);
    assertThat(output()).containsExactly(List.of(0L, 1L));
    harness.prepareSnapshotPreBarrier(2);
    assertThat(output()).isEmpty();
  }

  @Test
  void isHandedOnBeforeAWatermark() throws Exception {
    start(100, SECOND, 1000);
    add(0, 1);
    harness.processWatermark(150);
    harness.processWatermark(160);
    assertThat(output()).containsExactly(List.of(0L, 1L), new Watermark(150), new Watermark(160));
  }

  @Test
  void isHandedOnBeforeAnIdleStatus() throws Exception {
    start(100, SECOND, 1000);
    add(0);
    harness.processWatermarkStatus(WatermarkStatus.IDLE);
    harness.processWatermarkStatus(WatermarkStatus.ACTIVE);
    assertThat(output()).containsExactly(List.of(0L), WatermarkStatus.IDLE, WatermarkStatus.ACTIVE);
  }

  @Test
  void isHandedOnAtTheEndOfInput() throws Exception {
    start(100, SECOND, 1000);
    add(0, 1);
    harness.endInput();
    assertThat(output()).containsExactly(List.of(0L, 1L));
  }

  @Test
  void handsOnNothingWhereThereIsNothing() throws Exception {
    start(100, SECOND, 1000);
    harness.prepareSnapshotPreBarrier(1);
    harness.setProcessingTime(10_000);
    harness.processWatermark(5);
    harness.endInput();
    assertThat(output()).containsExactly(new Watermark(5));
  }

  @Test
  void countsAnewAfterEveryHandingOn() throws Exception {
    start(3, SECOND, 25);
    add(0, 1);
    harness.prepareSnapshotPreBarrier(1);
    add(2, 3);
    assertThat(output()).containsExactly(List.of(0L, 1L));
    add(4);
    assertThat(output()).containsExactly(List.of(2L, 3L, 4L));
  }

  @Test
  void remembersNoMissingValueOfAnEarlierBatch() throws Exception {
    start(1, SECOND, 1000);
    row.reset(new EncodedRecord("t", 0, 0, 100, null, new byte[1], Header.NONE));
    harness.processElement(new StreamRecord<>(row));
    add(1);
    List<Boolean> missing = new ArrayList<>();
    for (StreamRecord<? extends FeatureBatch> record : harness.extractOutputStreamRecords()) {
      missing.add(record.getValue().column(0).isMissing(0));
    }
    assertThat(missing).containsExactly(true, false);
  }

  @Test
  void hasNoStateAndStartsEmptyFromASnapshot() throws Exception {
    start(3, SECOND, 1000);
    add(0, 1);
    harness.prepareSnapshotPreBarrier(1);
    OperatorSubtaskState state = harness.snapshot(1, 0);
    assertThat(state.hasState()).isFalse();
    harness.close();

    start(3, SECOND, 1000, state);
    add(2, 3);
    assertThat(output()).isEmpty();
    add(4);
    assertThat(output()).containsExactly(List.of(2L, 3L, 4L));
  }

  private void addTombstone(long offset) throws Exception {
    row.resetToTombstone(new EncodedRecord("t", 0, offset, 100, null, null, Header.NONE));
    harness.processElement(new StreamRecord<>(row));
  }

  @Test
  void keepsTombstonesInTheirPlaces() throws Exception {
    start(5, SECOND, 1000);
    addTombstone(0);
    add(1, 2);
    addTombstone(3);
    addTombstone(4); // the fifth of the batch
    add(5);
    FeatureBatch first = harness.extractOutputValues().get(0);
    assertThat(first.tombstones())
        .extracting(tombstone -> tombstone.row() + "@" + tombstone.source().offset())
        .containsExactly("0@0", "2@3", "2@4");
    assertThat(output()).containsExactly(List.of(1L, 2L));
    harness.prepareSnapshotPreBarrier(1);
    FeatureBatch second = harness.extractOutputValues().get(0);
    assertThat(second.tombstones()).isEmpty();
    assertThat(output()).containsExactly(List.of(5L));
  }

  @Test
  void tombstonesAloneAreHandedOnLikeRows() throws Exception {
    start(100, SECOND, 1000);
    harness.setProcessingTime(5000);
    addTombstone(0);
    harness.setProcessingTime(6000);
    assertThat(harness.extractOutputValues().get(0).tombstones()).hasSize(1);
    output();
    addTombstone(1);
    harness.processWatermark(5);
    assertThat(output()).containsExactly(List.of(), new Watermark(5));
  }
}
