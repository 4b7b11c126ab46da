package dev.sluice.monitor.alarm;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.AlarmOptions;
import dev.sluice.config.EventTimeOptions;
import dev.sluice.config.ProfileOptions;
import dev.sluice.metric.StageMetrics;
import dev.sluice.monitor.EventTimeWindows;
import dev.sluice.monitor.Segments;
import dev.sluice.monitor.WatermarkVisits;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmKind;
import dev.sluice.profile.DataProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Raises and clears the alarms of windows. Keyed by {@link #key}: model, baseline and segment, so
 * that a window's inputs and outputs meet. What its profiles say is gathered until the watermark
 * says that all of them are there; then the window is judged, oldest window first.
 *
 * <p>State of a key: what is gathered of windows that are not judged yet; until when windows are
 * judged, per kind of profile; since when it is abandoned; and histories of those conditions only
 * that were wrong in the last n windows or have an open alarm, so at most so many as there are
 * columns and expectations.
 *
 * <p>Where the job goes on with another model or baseline, keys of the old one soon have no windows
 * any more that could clear their alarms: these are cleared within {@value #CHECK_MILLIS} ms, once
 * the windows are judged that are open as far as records may be ahead of the watermark. Where
 * partitions are farther apart there are later ones; they are not judged any more.
 */
public final class AlarmFunction extends KeyedProcessFunction<String, DataProfile, Alarm>
    implements CheckpointedFunction {
  /** How often it is seen, by the clock of the machine, whether a key is still in use. */
  static final long CHECK_MILLIS = 60_000;

  private static final long serialVersionUID = 1L;

  /** Beside the kinds of profiles: since when, by the clock of the machine, a key is abandoned. */
  private static final String ABANDONED = "abandoned";

  private final String current;
  private final Segments segments;
  private final EventTimeWindows windows;
  private final Conditions conditions;
  private final WindowJudge judge;
  private final long allowedLateness;
  private final long outOfOrderness;
  private transient ListState<Judged> gathered;
  private transient MapState<String, Long> judgedUntil;
  private transient MapState<String, AlarmHistory> histories;

  /** The first watermark that was seen since the start; the lowest of all before it is. */
  private transient long firstWatermark;

  private transient WatermarkVisits visited;
  private transient ListState<Long> openAlarms;
  private transient AlarmMetrics metrics;
  private transient Counter profilesTooLate;

  /**
   * @param modelSha256 of the model that the job runs with, hexadecimal
   * @param baselineSha256 of the data profile that it runs with, hexadecimal
   * @param segments that it profiles rows by; windows of others will not come any more
   * @param profile says which windows there are, and how long after its end one takes records and
   *     is not judged
   * @param falseDiscoveryRate of drift among the columns of a window, 0 to 1
   * @param eventTime says by how much records may be ahead of the watermark, and their windows open
   */
  public AlarmFunction(
      String modelSha256,
      String baselineSha256,
      Segments segments,
      ProfileOptions profile,
      AlarmOptions options,
      double falseDiscoveryRate,
      EventTimeOptions eventTime) {
    this.current = prefix(modelSha256, baselineSha256);
    this.segments = requireNonNull(segments, "segments is null");
    this.windows = EventTimeWindows.of(requireNonNull(profile, "profile is null"));
    this.conditions = new Conditions(requireNonNull(options, "options is null"));
    this.judge = new WindowJudge(new AlarmRules(options.windows(), falseDiscoveryRate));
    this.allowedLateness = profile.allowedLateness().toMillis();
    this.outOfOrderness = eventTime.maxOutOfOrderness().toMillis();
  }

  /** Returns what windows are judged by: model, baseline and segment. */
  public static String key(DataProfile profile) {
    return prefix(profile.model().sha256(), profile.window().baselineSha256())
        + profile.window().segment();
  }

  private static String prefix(String modelSha256, String baselineSha256) {
    return modelSha256 + "/" + baselineSha256 + "/";
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    openAlarms = context.getOperatorStateStore().getListState(AlarmMetrics.OPEN);
  }

  @Override
  public void open(OpenContext context) throws Exception {
    gathered =
        getRuntimeContext()
            .getListState(new ListStateDescriptor<>("gathered", JudgedSerializer.TYPE));
    judgedUntil =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("judged-until", Types.STRING, Types.LONG));
    histories =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>("histories", Types.STRING, AlarmHistorySerializer.TYPE));
    firstWatermark = Long.MIN_VALUE;
    visited = new WatermarkVisits();
    metrics =
        new AlarmMetrics(
            getRuntimeContext().getMetricGroup(),
            Arrays.stream(AlarmKind.values()).filter(k -> k != AlarmKind.FEED_SILENT).toList(),
            openAlarms);
    profilesTooLate =
        StageMetrics.of(getRuntimeContext().getMetricGroup()).counter("profiles_too_late_total");
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    metrics.snapshot(openAlarms);
  }

  @Override
  public void processElement(DataProfile profile, Context context, Collector<Alarm> out)
      throws Exception {
    see(context.timerService().currentWatermark());
    if (!Conditions.isJudged(profile) || isAbandoned(context.getCurrentKey())) {
      return;
    }
    Long until = judgedUntil.get(profile.kind().name());
    if (until != null && profile.window().end() <= until) {
      profilesTooLate.inc();
      return;
    }
    long due = closingTime(profile.window().end());
    Optional<Judged> judged = conditions.of(profile, due);
    if (judged.isPresent()) {
      gathered.add(judged.get());
      visited.forget(context.getCurrentKey());
      if (context.timerService().currentWatermark() < Long.MAX_VALUE) {
        context.timerService().registerEventTimeTimer(due);
      } else if (profile.columns().isEmpty()) {
        // Event time is over, and no timer of it fires any more; a summary is a window's last.
        judge(other -> other.kind() == profile.kind(), out);
      }
    }
  }

  /** Inputs and outputs of a window are published before this watermark is passed on. */
  private long closingTime(long windowEnd) {
    long last = windowEnd - 1;
    return last > Long.MAX_VALUE - allowedLateness ? Long.MAX_VALUE : last + allowedLateness;
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Alarm> out)
      throws Exception {
    see(context.timerService().currentWatermark());
    if (context.timeDomain() == TimeDomain.PROCESSING_TIME) {
      abandonIfReplaced(context, out);
    } else {
      // Not the timer's time: a watermark that passes many windows judges them all at once.
      long watermark = context.timerService().currentWatermark();
      if (!visited.isFirst(context.getCurrentKey(), watermark)) {
        return;
      }
      judge(judged -> judged.due() <= watermark, out);
    }
    if (!histories.isEmpty()) {
      long now = context.timerService().currentProcessingTime();
      context
          .timerService()
          .registerProcessingTimeTimer((now / CHECK_MILLIS + 1) * CHECK_MILLIS); // one per minute
    }
  }

  private void judge(Predicate<Judged> isDue, Collector<Alarm> out) throws Exception {
    Map<Window, List<Judged>> due = new TreeMap<>();
    List<Judged> left = new ArrayList<>();
    for (Judged judged : gathered.get()) {
      if (isDue.test(judged)) {
        due.computeIfAbsent(Window.of(judged), window -> new ArrayList<>()).add(judged);
      } else {
        left.add(judged);
      }
    }
    if (due.isEmpty()) {
      return;
    }
    gathered.clear();
    if (!left.isEmpty()) { // a list that is empty would be kept, as would a map
      gathered.addAll(left);
    }
    Map<String, AlarmHistory> known = load();
    for (List<Judged> window : due.values()) {
      judge.judge(window, known).forEach(alarm -> emit(alarm, out));
      for (Judged judged : window) {
        judgedUntil.put(judged.kind().name(), judged.window().end());
      }
    }
    histories.clear();
    if (!known.isEmpty()) {
      histories.putAll(known);
    }
  }

  private void abandonIfReplaced(OnTimerContext context, Collector<Alarm> out) throws Exception {
    String key = context.getCurrentKey();
    if (isCurrent(key)
        || gathered.get().iterator().hasNext()
        || mayHaveAWindow(context.timerService().currentWatermark())) {
      return;
    }
    WindowJudge.abandon(load()).forEach(alarm -> emit(alarm, out));
    histories.clear();
    judgedUntil.put(ABANDONED, context.timerService().currentProcessingTime());
  }

  /** The job may go back to what it had replaced: then its windows are judged again. */
  private boolean isAbandoned(String key) throws Exception {
    boolean abandoned = judgedUntil.contains(ABANDONED);
    if (abandoned && isCurrent(key)) {
      judgedUntil.remove(ABANDONED);
      return false;
    }
    return abandoned;
  }

  private void see(long watermark) {
    firstWatermark = firstWatermark == Long.MIN_VALUE ? watermark : firstWatermark;
  }

  /**
   * Returns whether a window that was open as the job went on with another model may still come: it
   * is published, and judged here, when it closes. The last of them is at most the one that records
   * were in that were as far ahead of the watermark as may be, when the job went on.
   */
  private boolean mayHaveAWindow(long watermark) {
    if (watermark == Long.MAX_VALUE || firstWatermark > Long.MAX_VALUE - outOfOrderness) {
      return false; // event time is over
    }
    return firstWatermark == Long.MIN_VALUE
        || watermark < closingTime(windows.endOf(firstWatermark + outOfOrderness));
  }

  private boolean isCurrent(String key) {
    return key.startsWith(current) && segments.has(key.substring(current.length()));
  }

  private Map<String, AlarmHistory> load() throws Exception {
    Map<String, AlarmHistory> known = new HashMap<>();
    for (Map.Entry<String, AlarmHistory> history : histories.entries()) {
      known.put(history.getKey(), history.getValue());
    }
    return known;
  }

  private void emit(Alarm alarm, Collector<Alarm> out) {
    metrics.count(alarm);
    out.collect(alarm);
  }

  /** A window's bounds, in the order in which windows are judged. */
  private record Window(long end, long start) implements Comparable<Window> {
    private static final Comparator<Window> ORDER =
        Comparator.comparingLong(Window::end).thenComparingLong(Window::start);

    static Window of(Judged judged) {
      return new Window(judged.window().end(), judged.window().start());
    }

    @Override
    public int compareTo(Window other) {
      return ORDER.compare(this, other);
    }
  }
}
