package dev.sluice.monitor;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.ProfileOptions;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.RowCounts;
import dev.sluice.serial.ArrowTypes;
import java.io.IOException;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Merges the partials of a window and publishes it: once the watermark has passed its end; within
 * the allowed lateness again after it has changed, not more often than the update interval says;
 * and, for the last time, once the watermark has passed its end and the allowed lateness. Keyed by
 * {@link WindowPartial#key}: kind, model, baseline and segment.
 *
 * <p>Watermarks are not restored after a recovery. So the end of the highest closed window is
 * state: a row that comes for a closed window is late, whether or not the job has failed in
 * between. The baseline is state, too: windows that are open when the job goes on with another
 * baseline finish under the one they began with, as do those of a segment that the job goes on
 * without; all others are compared as its options say now. A key without open windows keeps none.
 */
public final class WindowMergeFunction
    extends KeyedProcessFunction<String, WindowPartial, DataProfile> {
  private static final long serialVersionUID = 1L;
  private static final long CHECK_MILLIS = 60_000;

  private final String currentModelSha256;
  private final DataProfile currentBaseline;
  private final String currentBaselineSha256;
  private final ProfileOptions options;
  private final Segments segments;
  private final WindowProfiles profiles;
  private transient OpenWindows open;
  private transient LateRecords late;
  private transient ValueState<Long> closedUntil;
  private transient ValueState<DataProfile> baseline;
  private transient WatermarkVisits visited;
  private transient WindowMetrics metrics;
  private transient DriftMetrics drift;

  WindowMergeFunction(
      String modelSha256,
      DataProfile baseline,
      String baselineSha256,
      ProfileOptions options,
      Segments segments,
      WindowProfiles profiles) {
    this.currentModelSha256 = requireNonNull(modelSha256, "modelSha256 is null");
    this.currentBaseline = requireNonNull(baseline, "baseline is null");
    this.currentBaselineSha256 = requireNonNull(baselineSha256, "baselineSha256 is null");
    this.options = requireNonNull(options, "options is null");
    this.segments = requireNonNull(segments, "segments is null");
    this.profiles = requireNonNull(profiles, "profiles is null");
  }

  @Override
  public void open(OpenContext context) {
    open = new OpenWindows(getRuntimeContext());
    late = new LateRecords(getRuntimeContext());
    closedUntil =
        getRuntimeContext().getState(new ValueStateDescriptor<>("closed-until", Types.LONG));
    baseline =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("baseline", ArrowTypes.DATA_PROFILE));
    visited = new WatermarkVisits();
    metrics = new WindowMetrics(getRuntimeContext().getMetricGroup());
    drift = new DriftMetrics(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement(WindowPartial partial, Context context, Collector<DataProfile> out)
      throws Exception {
    Long closed = closedUntil.value();
    if (closed != null && partial.windowEnd() <= closed) {
      takeLate(partial, context, out);
      return;
    }
    visited.forget(context.getCurrentKey());
    metrics.profiled(partial);
    if (open.isEmpty()) {
      baseline.update(baselineOf(partial));
    }
    OpenWindow window = open.merge(partial);
    if (isOver(context)) {
      close(window, out);
      return;
    }
    context.timerService().registerEventTimeTimer(endTime(window));
    context.timerService().registerEventTimeTimer(closingTime(window));
    if (window.isPublished() && window.updateDue() == OpenWindow.NOT_DUE) {
      long due =
          context.timerService().currentProcessingTime() + options.updateInterval().toMillis();
      open.update(window.dueAt(due));
      context.timerService().registerProcessingTimeTimer(due);
    }
  }

  /**
   * Returns whether event time is over, so that no timer fires any more. It can be over before the
   * last partial comes: idle inputs do not hold it up, and one that reads again says so only later.
   */
  private static boolean isOver(Context context) {
    return context.timerService().currentWatermark() == Long.MAX_VALUE;
  }

  /**
   * A partial of another baseline can be the first of its key only if it was in flight in an
   * unaligned checkpoint: that baseline is gone, so the window is published without drift.
   */
  private DataProfile baselineOf(WindowPartial partial) {
    if (!isOfCurrentBaseline(partial)) {
      return DataProfile.empty();
    }
    // Each key has it in its state: without the parts that its windows are not compared with.
    return currentBaseline.withParts(segments.references(currentBaseline, partial.segment()));
  }

  /**
   * Returns the baseline that a window is compared with. Other segments are other parts of the same
   * baseline: the state may have those of before.
   */
  private DataProfile comparedWith(WindowPartial partial) throws IOException {
    return isOfCurrentBaseline(partial) && segments.has(partial.segment())
        ? baselineOf(partial)
        : baseline.value();
  }

  /**
   * Returns the baseline that a window is judged by. What a segment is compared with is without the
   * seasons, which are many: they are those of the job's baseline, as long as it is the same.
   */
  private DataProfile judgedBy(WindowPartial partial) throws IOException {
    DataProfile known = comparedWith(partial);
    return partial.segment().isEmpty() || !isOfCurrentBaseline(partial)
        ? known
        : Segments.withSeasons(known, currentBaseline);
  }

  private boolean isOfCurrentBaseline(WindowPartial partial) {
    return partial.baselineSha256().equals(currentBaselineSha256);
  }

  /**
   * Late records wait for the next window to report them; where none will come, they are reported.
   */
  private void takeLate(WindowPartial partial, Context context, Collector<DataProfile> out)
      throws Exception {
    metrics.late(partial);
    late.add(partial);
    if (isOver(context) || (!isCurrent(partial) && open.isEmpty())) {
      publishLate(context.getCurrentKey(), out);
    } else {
      context.timerService().registerEventTimeTimer(Long.MAX_VALUE); // the end of input
      registerCheck(context);
    }
  }

  /** Has it looked after, once a minute, whether a next window will still come. */
  private static void registerCheck(Context context) {
    long now = context.timerService().currentProcessingTime();
    context.timerService().registerProcessingTimeTimer((now / CHECK_MILLIS + 1) * CHECK_MILLIS);
  }

  /**
   * Reports late records that wait for a window that will not come, since the job has gone on with
   * another model or data profile, or without its segment.
   */
  private void checkLate(OnTimerContext context, Collector<DataProfile> out) throws Exception {
    if (!late.areWaiting()) {
      return;
    }
    String key = context.getCurrentKey();
    if (open.isEmpty() && !isCurrent(WindowPartial.fromKey(key))) {
      publishLate(key, out);
    } else {
      registerCheck(context);
    }
  }

  private boolean isCurrent(WindowPartial partial) {
    return partial.modelSha256().equals(currentModelSha256)
        && isOfCurrentBaseline(partial)
        && segments.has(partial.segment());
  }

  /** Returns the watermark that says a window's time is over. */
  private static long endTime(OpenWindow window) {
    return window.end() - 1;
  }

  /** Returns the watermark that closes a window. */
  private long closingTime(OpenWindow window) {
    long end = endTime(window);
    long lateness = options.allowedLateness().toMillis();
    return end > Long.MAX_VALUE - lateness ? Long.MAX_VALUE : end + lateness;
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<DataProfile> out)
      throws Exception {
    if (context.timeDomain() == TimeDomain.PROCESSING_TIME) {
      publishUpdates(timestamp, out);
      checkLate(context, out);
      return;
    }
    // Not the timer's time: a watermark that passes both at once needs no revision before the last.
    long watermark = context.timerService().currentWatermark();
    if (visited.isFirst(context.getCurrentKey(), watermark)) {
      pass(watermark, context, out);
    }
    if (timestamp == Long.MAX_VALUE && late.areWaiting()) {
      publishLate(context.getCurrentKey(), out);
    }
  }

  /** Publishes and closes the windows whose times a watermark has passed, the oldest first. */
  private void pass(long watermark, OnTimerContext context, Collector<DataProfile> out)
      throws Exception {
    for (OpenWindow window : open.inOrder()) {
      if (closingTime(window) <= watermark) {
        close(window, out);
        continue;
      }
      if (endTime(window) <= watermark && !window.isPublished()) {
        publish(window, out);
      }
      // Its timer may have been set under a shorter allowed lateness, before a restart.
      context.timerService().registerEventTimeTimer(closingTime(window));
    }
    if (open.isEmpty()) {
      baseline.clear(); // perhaps for good: the job may have gone on with another one
    }
  }

  private void publishUpdates(long processingTime, Collector<DataProfile> out) throws Exception {
    for (OpenWindow window : open.inOrder()) {
      if (window.isUpdateDue(processingTime)) {
        metrics.updated(publish(window, out));
      }
    }
  }

  /** Publishes a window that goes on taking rows. */
  private ProfileKind publish(OpenWindow window, Collector<DataProfile> out) throws Exception {
    WindowPartial partial = open.partial(window);
    profiles.publish(partial, window.revisions(), comparedWith(partial), out);
    open.update(window.published());
    return partial.kind();
  }

  private void close(OpenWindow window, Collector<DataProfile> out) throws Exception {
    RowCounts lateBefore = late.takeForWindow();
    WindowPartial partial = open.partial(window);
    Map<String, ColumnProfile> columns =
        profiles.publishFinal(partial, window.revisions(), lateBefore, judgedBy(partial), out);
    if (isCurrent(partial)) {
      drift.show(partial, columns);
      baseline.update(baselineOf(partial)); // for windows that a job with another one will finish
    }
    open.remove(window);
    closedUntil.update(window.end());
    metrics.closed(partial.kind());
  }

  private void publishLate(String key, Collector<DataProfile> out) throws Exception {
    int revision = late.revision();
    profiles.publishLate(
        WindowPartial.fromKey(key),
        closedUntil.value(),
        revision,
        late.takeWithoutWindow(key),
        out);
  }
}
