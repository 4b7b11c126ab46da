package dev.sluice.monitor;

import static java.util.Objects.requireNonNull;

import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfileKind;
import java.io.Serializable;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Keeps partial statistics per window and hands them on before a barrier, an idle status and the
 * end of input, and before a watermark that closes their window. Holds no checkpointed state.
 *
 * @param <T> what it looks at
 */
public final class ProfileOperator<T> extends AbstractStreamOperator<WindowPartial>
    implements OneInputStreamOperator<T, WindowPartial>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  private final ProfileKind kind;
  private final EventTimeWindows windows;
  private final String modelSha256;
  private final String baselineSha256;
  private final DataProfile baseline;
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

  ProfileOperator(
      ProfileKind kind,
      EventTimeWindows windows,
      String modelSha256,
      String baselineSha256,
      DataProfile baseline,
      ObserverFactory<T> observers) {
    this.kind = requireNonNull(kind, "kind is null");
    this.windows = requireNonNull(windows, "windows is null");
    this.modelSha256 = requireNonNull(modelSha256, "modelSha256 is null");
    this.baselineSha256 = requireNonNull(baselineSha256, "baselineSha256 is null");
    this.baseline = requireNonNull(baseline, "baseline is null");
    this.observers = requireNonNull(observers, "observers is null");
  }

  @Override
  public void open() throws Exception {
    super.open();
    partials = new WindowPartials(kind, windows, modelSha256, baselineSha256, baseline);
    observer = observers.create(partials);
  }

  @Override
  public void processElement(StreamRecord<T> element) {
    observer.observe(element.getValue());
  }

  private void emit(WindowPartial partial) {
    output.collect(new StreamRecord<>(partial, partial.windowEnd() - 1));
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    partials.flush(this::emit);
    super.prepareSnapshotPreBarrier(checkpointId);
  }

  @Override
  public void processWatermark(Watermark watermark) throws Exception {
    partials.flushClosedBy(watermark.getTimestamp(), this::emit);
    super.processWatermark(watermark);
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    if (status.isIdle()) {
      partials.flush(this::emit);
    }
    super.processWatermarkStatus(status);
  }

  @Override
  public void endInput() {
    partials.flush(this::emit);
  }
}
