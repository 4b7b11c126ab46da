package dev.sluice.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * When batches leave that do not fill up. The harness fires a timer at its timestamp, Flink a
 * millisecond later, which the operator allows for: so here a period ends a millisecond early.
 */
class BatchTimerTest {
  private BatchHarness harness;

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private void start(int maxRows, long maxDelay, long maxQuiet) throws Exception {
    harness = BatchHarness.open(BatchHarness.options(maxRows, maxDelay, maxQuiet, 1000));
  }

  @Test
  void leavesOnceItsFirstRowHasWaitedLongEnough() throws Exception {
    start(100, 1000, 0);
    harness.setTime(5000);
    harness.add(0);
    harness.setTime(5600);
    harness.add(1);
    assertThat(harness.timers()).isEqualTo(1);
    harness.setTime(5998);
    assertThat(harness.output()).isEmpty();
    harness.setTime(5999);
    assertThat(harness.output()).containsExactly(List.of(0L, 1L));
    assertThat(harness.timers()).isZero();
  }

  @Test
  void countsTheDelayOfABatchFromItsOwnFirstRow() throws Exception {
    start(2, 1000, 0);
    harness.setTime(0);
    harness.add(0); // its deadline is at 999
    harness.setTime(100);
    harness.add(1);
    harness.output();
    harness.setTime(400);
    harness.add(2);
    assertThat(harness.timers()).isEqualTo(1);
    harness.setTime(999);
    assertThat(harness.output()).isEmpty();
    assertThat(harness.timers()).isEqualTo(1);
    harness.setTime(1398);
    assertThat(harness.output()).isEmpty();
    harness.setTime(1399);
    assertThat(harness.output()).containsExactly(List.of(2L));
  }

  @Test
  void keepsOneTimerHoweverManyBatchesThereAre() throws Exception {
    start(2, 1000, 0);
    for (int time = 0; time < 100; time++) {
      harness.setTime(time);
      harness.add(2 * time, 2 * time + 1);
      assertThat(harness.timers()).isEqualTo(1);
    }
    assertThat(harness.output()).hasSize(100);
    harness.setTime(5000);
    assertThat(harness.output()).isEmpty();
    assertThat(harness.timers()).isZero();
  }

  @Test
  void aBatchThatIsFullWithItsFirstRowNeedsNoTimer() throws Exception {
    start(1, 1000, 1);
    harness.add(0, 1);
    assertThat(harness.output()).containsExactly(List.of(0L), List.of(1L));
    assertThat(harness.timers()).isZero();
  }

  @Test
  void leavesAfterOneQuietMillisecond() throws Exception {
    start(100, 1000, 1);
    harness.setTime(5000);
    harness.add(0, 1);
    assertThat(harness.output()).isEmpty();
    harness.setTime(5000); // in Flink 5001
    assertThat(harness.output()).containsExactly(List.of(0L, 1L));
    assertThat(harness.timers()).isZero();
  }

  @Test
  void doesNotLeaveBeforeItHasBeenQuietLongEnough() throws Exception {
    start(100, 1000, 10);
    harness.setTime(5000);
    harness.add(0);
    harness.setTime(5008);
    assertThat(harness.output()).isEmpty();
    harness.setTime(5009);
    assertThat(harness.output()).containsExactly(List.of(0L));
  }

  @Test
  void leavesAtMostTwoQuietPeriodsAfterItsLastRow() throws Exception {
    start(100, 1000, 10);
    harness.setTime(5000);
    harness.add(0);
    harness.setTime(5001);
    harness.add(1); // after the timer was set: it finds that a row came, and waits once more
    harness.setTime(5009);
    harness.setTime(5017);
    assertThat(harness.output()).isEmpty();
    harness.setTime(5018);
    assertThat(harness.output()).containsExactly(List.of(0L, 1L));
  }

  @Test
  void staysWhileRowsComeMoreOftenAndLeavesAtItsDeadline() throws Exception {
    start(100, 50, 10);
    for (int time = 0; time < 49; time += 7) {
      harness.setTime(time);
      harness.add(time);
      assertThat(harness.output()).isEmpty();
      assertThat(harness.timers()).isEqualTo(1);
    }
    harness.setTime(48);
    assertThat(harness.output()).isEmpty();
    harness.setTime(49);
    assertThat(harness.output()).containsExactly(List.of(0L, 7L, 14L, 21L, 28L, 35L, 42L));
  }

  @Test
  void aTimerThatOutlivesItsBatchLeavesTheNextOneItsTime() throws Exception {
    start(2, 1000, 10);
    harness.setTime(0);
    harness.add(0); // sets the timer, for 9
    harness.setTime(6);
    harness.add(1, 2); // full, and the next one begun
    assertThat(harness.output()).containsExactly(List.of(0L, 1L));
    assertThat(harness.timers()).isEqualTo(1);
    harness.setTime(9);
    assertThat(harness.output()).isEmpty();
    harness.setTime(17);
    assertThat(harness.output()).isEmpty();
    harness.setTime(18);
    assertThat(harness.output()).containsExactly(List.of(2L));
    assertThat(harness.timers()).isZero();
  }

  @Test
  void aTimerOfABatchThatLeftBeforeABarrierOrAWatermarkFindsNothing() throws Exception {
    start(100, 1000, 10);
    harness.setTime(0);
    harness.add(0);
    harness.flink().prepareSnapshotPreBarrier(1);
    harness.add(1);
    harness.flink().processWatermark(150);
    assertThat(harness.output()).containsExactly(List.of(0L), List.of(1L), new Watermark(150));
    assertThat(harness.timers()).isEqualTo(1);
    harness.setTime(9);
    assertThat(harness.output()).isEmpty();
    assertThat(harness.timers()).isZero();
    harness.add(2); // and the next batch has a timer again
    harness.setTime(18);
    assertThat(harness.output()).containsExactly(List.of(2L));
  }

  @Test
  void underLoadThereIsOneTimerPerPeriodAndBatchesAreFull() throws Exception {
    start(10, 1000, 10);
    long offset = 0;
    for (int time = 0; time < 100; time++) {
      harness.setTime(time);
      for (int i = 0; i < 95; i++) {
        harness.add(offset++);
      }
      assertThat(harness.timers()).isEqualTo(1);
    }
    assertThat(harness.output()).hasSize(950).allMatch(batch -> ((List<?>) batch).size() == 10);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1}) // rows of the batch that each timer finds
  void afterALastingLoadABatchLeavesLaterAndTheNextAfterAQuietPeriod(int left) throws Exception {
    start(2, 500, 10);
    long offset = 0;
    for (int time = 0; time <= 36; time += 9) { // batches are filled in each of five periods
      harness.setTime(time);
      for (int i = time == 0 ? -left : 0; i < 4; i++) {
        harness.add(offset++);
      }
    }
    harness.setTime(45); // the fifth
    harness.output();
    if (left == 0) {
      harness.add(offset);
    }
    long last = left == 0 ? offset : offset - 1;
    harness.setTime(45 + 78);
    assertThat(harness.output()).isEmpty();
    harness.setTime(45 + 79);
    assertThat(harness.output()).containsExactly(List.of(last));

    harness.setTime(200);
    harness.add(offset);
    harness.setTime(209);
    assertThat(harness.output()).containsExactly(List.of(offset));
  }

  @Test
  void batchesThatLeaveByWatermarksAreNoLoad() throws Exception {
    start(2, 500, 10);
    for (int time = 0; time < 90; time += 9) {
      harness.setTime(time);
      harness.add(time);
      harness.flink().processWatermark(time + 1000);
    }
    harness.output();
    harness.setTime(90);
    harness.add(90);
    harness.setTime(99 + 9);
    assertThat(harness.output()).containsExactly(List.of(90L));
  }

  @Test
  void afterABurstABatchLeavesAfterTwoQuietPeriods() throws Exception {
    start(2, 50, 10);
    harness.setTime(0);
    harness.add(0, 1, 2, 3, 4, 5, 6, 7, 8);
    harness.setTime(9); // finds that rows came
    harness.output();
    harness.setTime(18);
    assertThat(harness.output()).containsExactly(List.of(8L));
  }

  @Test
  void aTombstoneAloneLeavesAfterTheQuietPeriod() throws Exception {
    start(100, 1000, 10);
    harness.setTime(0);
    harness.addTombstone(0);
    harness.setTime(9);
    assertThat(harness.flink().extractOutputValues().get(0).tombstones()).hasSize(1);
  }

  /** The harness cannot put its clock back, so the timer is given one that can. */
  @ParameterizedTest
  @ValueSource(longs = {0, 10})
  void aClockThatIsPutBackDelaysNoBatch(long maxQuiet) throws Exception {
    start(1, 1, 0); // closed by all tests
    SteppedClock clock = new SteppedClock();
    List<String> left = new ArrayList<>();
    BatchTrigger rows = new BatchTrigger(100, 1000);
    BatchTimer timer =
        new BatchTimer(
            clock,
            rows,
            Duration.ofMillis(1000),
            Duration.ofMillis(maxQuiet),
            cause -> left.add(cause.name()));
    clock.now = 50_000;
    rows.add(1);
    timer.begin();
    rows.add(1);
    clock.now = 20_000;
    clock.fire();
    assertThat(left).containsExactly("DELAY");
    rows.reset(100);
    rows.add(1);
    timer.begin();
    assertThat(clock.due).as("of the new clock").isBetween(20_000L, 21_000L);
  }

  /** Fires its one timer when it is told to. */
  private static final class SteppedClock implements ProcessingTimeService {
    private long now;
    private long due;
    private ProcessingTimeCallback callback;

    void fire() throws Exception {
      callback.onProcessingTime(due);
    }

    @Override
    public long getCurrentProcessingTime() {
      return now;
    }

    @Override
    public ScheduledFuture<?> registerTimer(long timestamp, ProcessingTimeCallback target) {
      due = timestamp;
      callback = target;
      return null;
    }
  }
}
