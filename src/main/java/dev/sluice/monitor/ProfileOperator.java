package dev.sluice.monitor;

import static java.util.Objects.requireNonNull;

import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.statistics.NumberStatistics;
import java.io.Serializable;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps partial statistics per window and hands them on before a barrier, an idle status and the
 * end of input, and before a watermark that closes their window. Holds no checkpointed state. What
 * it says of inputs, it also says for the books, to {@link Monitor#BOOKS}.
 *
 * @param <T> what it looks at
 */
public final class ProfileOperator<T> extends AbstractStreamOperator<WindowPartial>
    implements OneInputStreamOperator<T, WindowPartial>, BoundedOneInput {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ProfileOperator.class);

  private final ProfileScope scope;
  private final ObserverFactory<T> observers;
  private transient WindowPartials partials;
  private transient Observer<T> observer;

  /** Adds a value's statistics to the partials of its windows. */
  interface Observer<T> {
    void observe(T value);
  }

  /** Makes the observer of one subtask. */
  interface ObserverFactory<T> extends Serializable {
    Observer<T> create(WindowPartials partials);
  }

  ProfileOperator(ProfileScope scope, ObserverFactory<T> observers) {
    this.scope = requireNonNull(scope, "scope is null");
    this.observers = requireNonNull(observers, "observers is null");
  }

  @Override
  public void open() throws Exception {
    super.open();
    LOG.info(
        "profiles of {}: numbers are counted {}", scope.kind(), NumberStatistics.instructions());
    partials = new WindowPartials(scope, this::emit);
    observer = observers.create(partials);
  }

  @Override
  public void processElement(StreamRecord<T> element) {
    observer.observe(element.getValue());
  }

  private void emit(WindowPartial partial) {
    long time = partial.windowEnd() - 1;
    output.collect(new StreamRecord<>(partial, time));
    if (scope.kind() == ProfileKind.INPUT) {
      output.collect(Monitor.BOOKS, new StreamRecord<>(partial.books(), time));
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    partials.flush();
    super.prepareSnapshotPreBarrier(checkpointId);
  }

  @Override
  public void processWatermark(Watermark watermark) throws Exception {
    partials.flushClosedBy(watermark.getTimestamp());
    super.processWatermark(watermark);
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    if (status.isIdle()) {
      partials.flush();
    }
    super.processWatermarkStatus(status);
  }

  @Override
  public void endInput() {
    partials.flush();
    // The end of event time does not come through a chain that is idle (FLINK-40499): windows of a
    // feed that had been silent would not close where a job is drained.
    output.emitWatermarkStatus(WatermarkStatus.ACTIVE);
    output.emitWatermark(Watermark.MAX_WATERMARK);
  }
}
