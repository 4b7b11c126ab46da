package dev.sluice.batch;

import static java.util.Objects.requireNonNull;

import dev.sluice.batch.BatchMetrics.Trigger;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import java.time.Duration;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Collects rows into batches. Holds no checkpointed state: it empties itself before each barrier,
 * so a checkpoint never covers a row whose batch is still here. It does the same before each
 * watermark, so that no row is overtaken by a watermark that it was ahead of. A tombstone keeps its
 * place between the rows, and counts as one for when the batch is full.
 */
public final class BatchOperator extends AbstractStreamOperator<FeatureBatch>
    implements OneInputStreamOperator<FeatureRow, FeatureBatch>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  private final FeatureLayout layout;
  private final int maxRows;
  private final long maxBytes;
  private final long maxDelayMillis;

  private transient FeatureBatch batch;
  private transient BatchTrigger trigger;
  private transient BatchMetrics metrics;
  private transient long begun;
  private transient long deadline;
  private transient boolean timerPending;

  /**
   * @param maxRows 1 or more
   * @param maxDelay how long the first row of a batch may wait, 1 ms or more
   * @param maxBytes size of the rows' encoded values at which a batch is full
   */
  public BatchOperator(FeatureLayout layout, int maxRows, Duration maxDelay, long maxBytes) {
    this.layout = requireNonNull(layout, "layout is null");
    this.maxRows = maxRows;
    this.maxDelayMillis = maxDelay.toMillis();
    this.maxBytes = maxBytes;
  }

  @Override
  public void open() throws Exception {
    super.open();
    batch = new FeatureBatch(layout, maxRows);
    trigger = new BatchTrigger(maxRows, maxBytes);
    metrics = new BatchMetrics(getMetricGroup(), batch::size);
  }

  @Override
  public void processElement(StreamRecord<FeatureRow> row) {
    EncodedRecord source = row.getValue().source();
    if (batch.isEmpty()) {
      begun = nanos();
      deadline = getProcessingTimeService().getCurrentProcessingTime() + maxDelayMillis;
      awaitDeadline();
    }
    if (row.getValue().isTombstone()) {
      batch.appendTombstone(source);
    } else {
      batch.append(row.getValue());
    }
    if (trigger.add(source.value() == null ? 0 : source.value().length)) {
      flush(Trigger.FULL);
    }
  }

  /** One timer at a time: it outlives batches that were full before their deadline. */
  private void awaitDeadline() {
    if (!timerPending) {
      timerPending = true;
      getProcessingTimeService().registerTimer(deadline, this::onTimer);
    }
  }

  private void onTimer(long now) {
    timerPending = false;
    if (batch.isEmpty()) {
      return;
    }
    if (now >= deadline) {
      flush(Trigger.DELAY);
    } else {
      awaitDeadline();
    }
  }

  private long nanos() {
    return getProcessingTimeService().getClock().relativeTimeNanos();
  }

  private void flush(Trigger cause) {
    if (!batch.isEmpty()) {
      metrics.count(batch.size(), nanos() - begun, cause);
      output.collect(new StreamRecord<>(batch)); // operators downstream put their value into it
      batch.clear();
      trigger.reset();
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    flush(Trigger.CHECKPOINT);
    super.prepareSnapshotPreBarrier(checkpointId);
  }

  @Override
  public void processWatermark(Watermark watermark) throws Exception {
    flush(Trigger.WATERMARK);
    super.processWatermark(watermark);
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    flush(Trigger.IDLE);
    super.processWatermarkStatus(status);
  }

  @Override
  public void endInput() {
    flush(Trigger.END);
  }
}
