package dev.sluice.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.config.BatchOptions;
import dev.sluice.config.RowCap;
import dev.sluice.metric.RecordedMetrics;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Without a quiet period: {@link BatchTimerTest} has one. */
class BatchOperatorTest {
  private BatchHarness harness;

  @AfterEach
  void close() throws Exception {
    if (harness != null) {
      harness.close();
    }
  }

  private void start(int maxRows, long maxBytes) throws Exception {
    start(maxRows, maxBytes, null);
  }

  private void start(int maxRows, long maxBytes, OperatorSubtaskState state) throws Exception {
    harness = BatchHarness.open(BatchHarness.options(maxRows, 1000, 0, maxBytes), state);
  }

  @Test
  void metricsSayHowLargeBatchesAreAndHowLongTheyWait() throws Exception {
    RecordedMetrics recorded = new RecordedMetrics();
    AtomicInteger pending = new AtomicInteger();
    BatchMetrics metrics = new BatchMetrics(recorded, pending::get, () -> 128);
    metrics.count(3, 2_000_000, BatchMetrics.Trigger.FULL);
    metrics.count(1, 10_000_000, BatchMetrics.Trigger.DELAY);
    pending.set(5);
    assertThat(recorded.value("batches_total")).isEqualTo(2);
    assertThat(recorded.sum("batches_total", "trigger")).isEqualTo(2);
    assertThat(recorded.value("batches_total{trigger=delay}")).isEqualTo(1);
    assertThat(recorded.value("records_batched_total")).isEqualTo(4);
    assertThat(recorded.value("batch_wait_seconds_total")).isEqualTo(0.012);
    assertThat(recorded.value("batch_pending_records")).isEqualTo(5);
    assertThat(recorded.value("batch_full_records")).isEqualTo(128);
    assertThat(recorded.histogramOf("batch_wait_seconds").getStatistics().getQuantile(1))
        .isEqualTo(0.01);
    assertThat(recorded.histogramOf("batch_size_records").getStatistics().getQuantile(0.5))
        .isEqualTo(1);
  }

  @Test
  @SuppressWarnings("try") // closing may be interrupted, says its signature
  void aBatchIsCountedByWhatHandedItOnAndFromItsFirstRow() throws Exception {
    RecordedMetrics recorded = new RecordedMetrics();
    try (MockEnvironment environment = recorded.environment()) {
      harness = BatchHarness.open(BatchHarness.options(3, 1000, 100, 1000), environment);
      harness.setTime(5000);
      harness.add(0);
      harness.setTime(5007);
      harness.add(1, 2);
      assertCounted(recorded, "full", 1, 0.007);
      harness.add(3);
      harness.setTime(5020);
      harness.flink().prepareSnapshotPreBarrier(1);
      assertCounted(recorded, "checkpoint", 2, 0.02);
      harness.add(4);
      harness.setTime(5025);
      harness.flink().processWatermark(150);
      assertCounted(recorded, "watermark", 3, 0.025);
      harness.add(5);
      harness.setTime(5035);
      harness.flink().processWatermarkStatus(WatermarkStatus.IDLE);
      assertCounted(recorded, "idle", 4, 0.035);
      harness.add(6);
      harness.flink().endInput();
      assertCounted(recorded, "end", 5, 0.035);
      harness.close();
      harness = null;
    }
  }

  @Test
  @SuppressWarnings("try") // closing may be interrupted, says its signature
  void aBatchThatATimerHandsOnIsCountedByItsReason() throws Exception {
    RecordedMetrics recorded = new RecordedMetrics();
    try (MockEnvironment environment = recorded.environment()) {
      harness = BatchHarness.open(BatchHarness.options(3, 150, 100, 1000), environment);
      harness.setTime(5000);
      harness.add(0);
      harness.setTime(5100);
      assertCounted(recorded, "quiet", 1, 0.1);
      harness.add(1);
      harness.setTime(5150);
      harness.add(2);
      harness.setTime(5200);
      harness.setTime(5250);
      assertCounted(recorded, "delay", 2, 0.25);
      harness.close();
      harness = null;
    }
  }

  private static void assertCounted(
      RecordedMetrics recorded, String trigger, int batches, double waited) {
    assertThat(recorded.value("batches_total{trigger=" + trigger + "}")).as(trigger).isOne();
    assertThat(recorded.value("batches_total")).isEqualTo(batches);
    assertThat(recorded.value("batch_wait_seconds_total")).isCloseTo(waited, within(1e-9));
  }

  /** As where an unaligned checkpoint has rows in flight, and the job takes other features now. */
  @Test
  void rowsOfAnotherLayoutEndTheJob() throws Exception {
    start(3, 1000);
    for (int[] size : new int[][] {{2, 1}, {2, 2}}) {
      FeatureRow row = new FeatureRow(size[0], size[1]);
      row.reset(new EncodedRecord("t", 3, 7, 100, null, new byte[10], Header.NONE));
      assertThatThrownBy(() -> harness.flink().processElement(new StreamRecord<>(row)))
          .isInstanceOf(SuppressRestartsException.class)
          .cause()
          .hasMessage(
              "record at topic t, partition 3, offset 7, in flight in the checkpoint that the job"
                  + " goes on from, has %d values in %d columns, expected 1 in 1: from an unaligned"
                      .formatted(size[0], size[1])
                  + " checkpoint it goes on with the same features only");
    }
  }

  @Test
  void isFullByRows() throws Exception {
    start(3, 1000);
    harness.add(0, 1);
    assertThat(harness.output()).isEmpty();
    harness.add(2, 3, 4, 5, 6);
    assertThat(harness.output()).containsExactly(List.of(0L, 1L, 2L), List.of(3L, 4L, 5L));
  }

  @Test
  void isFullByBytes() throws Exception {
    start(100, 25); // rows have 10 bytes each
    harness.add(0, 1);
    assertThat(harness.output()).isEmpty();
    harness.add(2, 3, 4);
    assertThat(harness.output()).containsExactly(List.of(0L, 1L, 2L));
    harness.add(5);
    assertThat(harness.output()).containsExactly(List.of(3L, 4L, 5L));
  }

  /** By the harness's clock, which stands still, batches cost nothing: the fewest rows are best. */
  @ParameterizedTest
  @CsvSource({"ADAPTIVE, 16", "AUTO, 64", "FIXED, 64"})
  void fullBatchesFollowWhatTheyCostIfTheyMay(RowCap cap, int expected) throws Exception {
    harness =
        BatchHarness.open(
            new BatchOptions(
                64, Duration.ofSeconds(1), Duration.ZERO, MemorySize.ofMebiBytes(1), cap));
    int rows = 0;
    for (int i = 0; i < 64 * 3 * AdaptiveRows.WINDOW; i++) {
      harness.add(i);
    }
    harness.flink().endInput();
    List<Object> batches = harness.output();
    for (Object batch : batches) {
      rows += ((List<?>) batch).size();
    }
    assertThat(rows).isEqualTo(64 * 3 * AdaptiveRows.WINDOW);
    assertThat((List<?>) batches.get(0)).hasSize(64);
    assertThat((List<?>) batches.get(batches.size() - 2)).hasSize(expected);
  }

  /** Else batches of few rows would seem dear where rows come slowly. */
  @Test
  void theTimeThatRowsWaitIsNoCost() throws Exception {
    harness =
        BatchHarness.open(
            new BatchOptions(
                64, Duration.ofDays(1), Duration.ZERO, MemorySize.ofMebiBytes(1), RowCap.ADAPTIVE));
    List<Object> last = List.of();
    for (int batch = 1; batch <= 4 * AdaptiveRows.WINDOW; batch++) {
      harness.add(0);
      harness.setTime(10L * batch);
      for (last = harness.output(); last.isEmpty(); last = harness.output()) {
        harness.add(1);
      }
    }
    assertThat((List<?>) last.get(0)).hasSize(AdaptiveRows.LEAST);
  }

  @Test
  void isHandedOnBeforeABarrier() throws Exception {
    start(100, 1000);
    harness.add(0, 1);
    harness.flink().prepareSnapshotPreBarrier(1);
    assertThat(harness.output()).containsExactly(List.of(0L, 1L));
    harness.flink().prepareSnapshotPreBarrier(2);
    assertThat(harness.output()).isEmpty();
  }

  @Test
  void isHandedOnBeforeAWatermark() throws Exception {
    start(100, 1000);
    harness.add(0, 1);
    harness.flink().processWatermark(150);
    harness.flink().processWatermark(160);
    assertThat(harness.output())
        .containsExactly(List.of(0L, 1L), new Watermark(150), new Watermark(160));
  }

  @Test
  void isHandedOnBeforeAnIdleStatus() throws Exception {
    start(100, 1000);
    harness.add(0);
    harness.flink().processWatermarkStatus(WatermarkStatus.IDLE);
    harness.flink().processWatermarkStatus(WatermarkStatus.ACTIVE);
    assertThat(harness.output())
        .containsExactly(List.of(0L), WatermarkStatus.IDLE, WatermarkStatus.ACTIVE);
  }

  @Test
  void isHandedOnAtTheEndOfInput() throws Exception {
    start(100, 1000);
    harness.add(0, 1);
    harness.flink().endInput();
    assertThat(harness.output()).containsExactly(List.of(0L, 1L));
  }

  @Test
  void handsOnNothingWhereThereIsNothing() throws Exception {
    start(100, 1000);
    harness.flink().prepareSnapshotPreBarrier(1);
    harness.setTime(10_000);
    harness.flink().processWatermark(5);
    harness.flink().endInput();
    assertThat(harness.output()).containsExactly(new Watermark(5));
  }

  @Test
  void countsAnewAfterEveryHandingOn() throws Exception {
    start(3, 25);
    harness.add(0, 1);
    harness.flink().prepareSnapshotPreBarrier(1);
    harness.add(2, 3);
    assertThat(harness.output()).containsExactly(List.of(0L, 1L));
    harness.add(4);
    assertThat(harness.output()).containsExactly(List.of(2L, 3L, 4L));
  }

  @Test
  void remembersNoMissingValueOfAnEarlierBatch() throws Exception {
    start(1, 1000);
    harness.addWithoutValue(0);
    harness.add(1);
    List<Boolean> missing = new ArrayList<>();
    for (StreamRecord<? extends FeatureBatch> record :
        harness.flink().extractOutputStreamRecords()) {
      missing.add(record.getValue().column(0).isMissing(0));
    }
    assertThat(missing).containsExactly(true, false);
  }

  @Test
  void hasNoStateAndStartsEmptyFromASnapshot() throws Exception {
    start(3, 1000);
    harness.add(0, 1);
    harness.flink().prepareSnapshotPreBarrier(1);
    OperatorSubtaskState state = harness.flink().snapshot(1, 0);
    assertThat(state.hasState()).isFalse();
    harness.close();

    start(3, 1000, state);
    harness.add(2, 3);
    assertThat(harness.output()).isEmpty();
    harness.add(4);
    assertThat(harness.output()).containsExactly(List.of(2L, 3L, 4L));
  }

  @Test
  void keepsTombstonesInTheirPlaces() throws Exception {
    start(5, 1000);
    harness.addTombstone(0);
    harness.add(1, 2);
    harness.addTombstone(3);
    harness.addTombstone(4); // the fifth of the batch
    harness.add(5);
    FeatureBatch first = harness.flink().extractOutputValues().get(0);
    assertThat(first.tombstones())
        .extracting(tombstone -> tombstone.row() + "@" + tombstone.source().offset())
        .containsExactly("0@0", "2@3", "2@4");
    assertThat(harness.output()).containsExactly(List.of(1L, 2L));
    harness.flink().prepareSnapshotPreBarrier(1);
    FeatureBatch second = harness.flink().extractOutputValues().get(0);
    assertThat(second.tombstones()).isEmpty();
    assertThat(harness.output()).containsExactly(List.of(5L));
  }

  @Test
  void tombstonesAloneAreHandedOnLikeRows() throws Exception {
    start(100, 1000);
    harness.setTime(5000);
    harness.addTombstone(0);
    harness.setTime(5999);
    assertThat(harness.flink().extractOutputValues().get(0).tombstones()).hasSize(1);
    harness.output();
    harness.addTombstone(1);
    harness.flink().processWatermark(5);
    assertThat(harness.output()).containsExactly(List.of(), new Watermark(5));
  }
}
