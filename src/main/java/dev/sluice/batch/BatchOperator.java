package dev.sluice.batch;

import static java.util.Objects.requireNonNull;

import dev.sluice.batch.BatchMetrics.Trigger;
import dev.sluice.config.BatchOptions;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import org.apache.flink.runtime.execution.SuppressRestartsException;
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
  private final BatchOptions options;
  private final boolean adaptive;

  private transient FeatureBatch batch;
  private transient BatchTrigger trigger;
  private transient BatchTimer timer;
  private transient AdaptiveRows cap;
  private transient BatchMetrics metrics;
  private transient long begun;
  private transient int elements;
  private transient int columns;

  /**
   * @param adaptive whether the rows that make a batch full follow what is measured, from {@link
   *     AdaptiveRows#LEAST} to the most that the options allow
   */
  public BatchOperator(FeatureLayout layout, BatchOptions options, boolean adaptive) {
    this.layout = requireNonNull(layout, "layout is null");
    this.options = requireNonNull(options, "options is null");
    this.adaptive = adaptive;
  }

  @Override
  public void open() throws Exception {
    super.open();
    int maxRows = options.maxRows();
    batch = new FeatureBatch(layout, maxRows);
    elements = layout.elements();
    columns = layout.columns().size();
    // At the end of a chain nothing downstream would be measured, only a queue.
    boolean measures = adaptive && !getOperatorConfig().isChainEnd();
    cap = new AdaptiveRows(measures ? AdaptiveRows.LEAST : maxRows, maxRows);
    trigger = new BatchTrigger(maxRows, options.maxBytes().getBytes());
    timer =
        new BatchTimer(
            getProcessingTimeService(),
            trigger,
            options.maxDelay(),
            options.maxQuiet(),
            this::flush);
    metrics = new BatchMetrics(getMetricGroup(), batch::size, cap::rows);
  }

  @Override
  public void processElement(StreamRecord<FeatureRow> row) {
    EncodedRecord source = row.getValue().source();
    boolean first = trigger.isEmpty();
    if (first) {
      begun = nanos();
    }
    if (row.getValue().isTombstone()) {
      batch.appendTombstone(source);
    } else {
      requireLayout(row.getValue());
      batch.append(row.getValue());
    }
    if (trigger.add(length(source.key()) + length(source.value()))) {
      timer.filled();
      flush(Trigger.FULL);
    } else if (first) {
      timer.begin();
    }
  }

  /** Rows in flight in an unaligned checkpoint are of the job that has taken it. */
  private void requireLayout(FeatureRow row) {
    if (row.elements() != elements || row.columns() != columns) {
      throw new SuppressRestartsException( // they would be restored again
          new IllegalStateException(
              ("record at topic %s, partition %d, offset %d, in flight in the checkpoint that the"
                      + " job goes on from, has %d values in %d columns, expected %d in %d: from an"
                      + " unaligned checkpoint it goes on with the same features only")
                  .formatted(
                      row.source().topic(),
                      row.source().partition(),
                      row.source().offset(),
                      row.elements(),
                      row.columns(),
                      elements,
                      columns)));
    }
  }

  private static int length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private long nanos() {
    return getProcessingTimeService().getClock().relativeTimeNanos();
  }

  private void flush(Trigger cause) {
    if (!batch.isEmpty()) {
      long start = nanos();
      metrics.count(batch.size(), start - begun, cause);
      output.collect(new StreamRecord<>(batch)); // operators downstream put their value into it
      if (trigger.isFullByRows()) {
        cap.measured(nanos() - start);
      }
      batch.clear();
      trigger.reset(cap.rows());
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
