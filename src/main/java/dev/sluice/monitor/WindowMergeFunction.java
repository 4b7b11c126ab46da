package dev.sluice.monitor;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.ProfileOptions;
import dev.sluice.profile.DataProfile;
import dev.sluice.serial.ArrowTypes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Merges the partials of a window and publishes it once the watermark has passed its end and the
 * allowed lateness. Keyed by {@link WindowPartial#key}: kind, model, baseline and segment.
 *
 * <p>Watermarks are not restored after a recovery. So the end of the highest closed window is
 * state: a row that comes for a closed window is late, whether or not the job has failed in
 * between. The baseline is state, too: windows that are open when the job goes on with another
 * baseline finish under the one they began with. A key without open windows keeps none.
 */
public final class WindowMergeFunction
    extends KeyedProcessFunction<String, WindowPartial, DataProfile> {
  private static final long serialVersionUID = 1L;

  private final String currentModelSha256;
  private final DataProfile currentBaseline;
  private final String currentBaselineSha256;
  private final ProfileOptions options;
  private final WindowProfiles profiles;
  private transient MapState<String, WindowPartial> open;
  private transient ValueState<Long> closedUntil;
  private transient ValueState<Long> lateRows;
  private transient ValueState<DataProfile> baseline;
  private transient Counter windowsClosed;
  private transient Counter rowsLate;

  WindowMergeFunction(
      String modelSha256,
      DataProfile baseline,
      String baselineSha256,
      ProfileOptions options,
      WindowProfiles profiles) {
    this.currentModelSha256 = requireNonNull(modelSha256, "modelSha256 is null");
    this.currentBaseline = requireNonNull(baseline, "baseline is null");
    this.currentBaselineSha256 = requireNonNull(baselineSha256, "baselineSha256 is null");
    this.options = requireNonNull(options, "options is null");
    this.profiles = requireNonNull(profiles, "profiles is null");
  }

  @Override
  public void open(OpenContext context) {
    open =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("open", Types.STRING, Monitor.WINDOW_PARTIAL));
    closedUntil =
        getRuntimeContext().getState(new ValueStateDescriptor<>("closed-until", Types.LONG));
    lateRows = getRuntimeContext().getState(new ValueStateDescriptor<>("late-rows", Types.LONG));
    baseline =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("baseline", ArrowTypes.DATA_PROFILE));
    windowsClosed = getRuntimeContext().getMetricGroup().counter("windowsClosed");
    rowsLate = getRuntimeContext().getMetricGroup().counter("rowsLate");
  }

  @Override
  public void processElement(WindowPartial partial, Context context, Collector<DataProfile> out)
      throws Exception {
    Long closed = closedUntil.value();
    if (closed != null && partial.windowEnd() <= closed) {
      takeLate(partial, context, out);
      return;
    }
    if (baseline.value() == null) {
      baseline.update(baselineOf(partial));
    }
    WindowPartial merged = open.get(window(partial));
    if (merged == null) {
      merged = emptyLike(partial);
    }
    merged.merge(partial);
    open.put(window(partial), merged);
    context.timerService().registerEventTimeTimer(closingTime(partial));
  }

  /** Start and end: after a restart with windows of another length, two may start together. */
  private static String window(WindowPartial partial) {
    return partial.windowStart() + "/" + partial.windowEnd();
  }

  /**
   * A partial of another baseline can be the first of its key only if it was in flight in an
   * unaligned checkpoint: that baseline is gone, so the window is published without drift.
   */
  private DataProfile baselineOf(WindowPartial partial) {
    return partial.baselineSha256().equals(currentBaselineSha256)
        ? currentBaseline
        : DataProfile.empty();
  }

  /** Late rows wait for the next window to report them; where none will come, they are reported. */
  private void takeLate(WindowPartial partial, Context context, Collector<DataProfile> out)
      throws Exception {
    rowsLate.inc(partial.rows());
    if (!isCurrent(partial) && open.isEmpty()) {
      profiles.publishLate(
          WindowPartial.fromKey(context.getCurrentKey()), takeLateRows() + partial.rows(), out);
      return;
    }
    Long before = lateRows.value();
    lateRows.update((before == null ? 0 : before) + partial.rows());
    context.timerService().registerEventTimeTimer(Long.MAX_VALUE); // the end of input
  }

  private boolean isCurrent(WindowPartial partial) {
    return partial.modelSha256().equals(currentModelSha256)
        && partial.baselineSha256().equals(currentBaselineSha256);
  }

  private static WindowPartial emptyLike(WindowPartial partial) {
    return new WindowPartial(
        partial.kind(),
        partial.modelSha256(),
        partial.baselineSha256(),
        partial.segment(),
        partial.windowStart(),
        partial.windowEnd(),
        partial.window(),
        partial.timeZone());
  }

  private long closingTime(WindowPartial partial) {
    long end = partial.windowEnd() - 1;
    long lateness = options.allowedLateness().toMillis();
    return end > Long.MAX_VALUE - lateness ? Long.MAX_VALUE : end + lateness;
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<DataProfile> out)
      throws Exception {
    List<WindowPartial> due = new ArrayList<>();
    for (WindowPartial partial : open.values()) {
      if (closingTime(partial) <= timestamp) {
        due.add(partial);
      } else {
        // Its timer may have been set under a shorter allowed lateness, before a restart.
        context.timerService().registerEventTimeTimer(closingTime(partial));
      }
    }
    due.sort(
        Comparator.comparingLong(WindowPartial::windowEnd)
            .thenComparingLong(WindowPartial::windowStart));
    for (WindowPartial partial : due) {
      open.remove(window(partial));
      closedUntil.update(partial.windowEnd());
      profiles.publish(partial, baseline.value(), takeLateRows(), out);
      windowsClosed.inc();
    }
    if (open.isEmpty()) {
      baseline.clear(); // perhaps for good: the job may have gone on with another one
    }
    if (timestamp == Long.MAX_VALUE) {
      long late = takeLateRows();
      if (late > 0) {
        profiles.publishLate(WindowPartial.fromKey(context.getCurrentKey()), late, out);
      }
    }
  }

  private long takeLateRows() throws Exception {
    Long late = lateRows.value();
    lateRows.clear();
    return late == null ? 0 : late;
  }
}
