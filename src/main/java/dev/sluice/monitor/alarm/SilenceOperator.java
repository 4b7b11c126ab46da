package dev.sluice.monitor.alarm;

import static java.util.Objects.requireNonNull;

import dev.sluice.monitor.Segments;
import dev.sluice.monitor.WindowPartial;
import dev.sluice.profile.Advice;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmCourse;
import dev.sluice.profile.AlarmKind;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.serial.ArrowTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.TimeUtils;

/**
 * Raises an alarm when no record has come for too long, by the clock of the machine: a stopped
 * watermark closes no window, so no window can tell. Takes the partials of inputs, valid and
 * rejected, which come at each checkpoint if there were records; keyed by segment, so that a silent
 * one is named while others go on. The whole feed, the empty segment, is awaited from the start of
 * the job; another segment from its first record, and no longer once the job goes on without it.
 *
 * <p>Time in which the job does not run is nobody's silence: it counts from the start of the
 * operator. The end of bounded input is no silence either.
 *
 * <p>An alarm is raised once a completed checkpoint has it, and again after a restart from that
 * one: a job that goes on from an older checkpoint would know nothing of it, and never clear it. If
 * records come before, it is not raised at all. Without checkpoints it is raised at once.
 */
public final class SilenceOperator extends AbstractStreamOperator<Alarm>
    implements OneInputStreamOperator<WindowPartial, Alarm>,
        Triggerable<String, VoidNamespace>,
        BoundedOneInput {
  private static final long serialVersionUID = 1L;
  private static final String WHOLE_FEED = "";
  private static final String RAISED = "raised";
  private static final String TIMER = "timer";

  /** In place of a segment's timer: its alarm is raised, but nobody is told of it yet. */
  private static final long UNSAID = Long.MAX_VALUE;

  private static final long BEFORE_THE_START = -1;

  private final Duration silence;
  private final Segments segments;
  private final ProfiledModel model;
  private final String baselineSha256;
  private transient ValueState<Long> lastSeen;
  private transient ValueState<Long> timer;
  private transient ValueState<Alarm> raised;
  private transient ListState<Long> openAlarms;
  private transient AlarmMetrics metrics;
  private transient InternalTimerService<VoidNamespace> timers;

  /** The first checkpoint that has an alarm which nobody is told of yet; by segment. */
  private transient Map<String, Long> heldSince;

  private transient boolean isCheckpointed;
  private transient long started;
  private transient boolean ended;

  /**
   * @param silence how long no record may come; zero for any time
   * @param segments that rows are profiled by; of others no more records will come
   * @param model that the job runs with
   * @param baselineSha256 of the data profile that it runs with, hexadecimal
   */
  public SilenceOperator(
      Duration silence, Segments segments, ProfiledModel model, String baselineSha256) {
    this.silence = requireNonNull(silence, "silence is null");
    this.segments = requireNonNull(segments, "segments is null");
    this.model = requireNonNull(model, "model is null");
    this.baselineSha256 = requireNonNull(baselineSha256, "baselineSha256 is null");
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    openAlarms = context.getOperatorStateStore().getListState(AlarmMetrics.OPEN);
  }

  @Override
  public void open() throws Exception {
    super.open();
    lastSeen = getRuntimeContext().getState(new ValueStateDescriptor<>("last-seen", Types.LONG));
    timer = getRuntimeContext().getState(new ValueStateDescriptor<>(TIMER, Types.LONG));
    raised = getRuntimeContext().getState(new ValueStateDescriptor<>(RAISED, ArrowTypes.ALARM));
    heldSince = new HashMap<>();
    isCheckpointed =
        CheckpointingOptions.isCheckpointingEnabled(
            getContainingTask().getEnvironment().getJobConfiguration());
    metrics = new AlarmMetrics(getMetricGroup(), List.of(AlarmKind.FEED_SILENT), openAlarms);
    timers = getInternalTimerService("silence", VoidNamespaceSerializer.INSTANCE, this);
    started = timers.currentProcessingTime();
    if (isMine(WHOLE_FEED)) {
      setCurrentKey(WHOLE_FEED);
      await(started);
    }
    for (String segment : keysOf(RAISED)) {
      setCurrentKey(segment);
      Long set = timer.value();
      if (set != null && set == UNSAID) {
        heldSince.put(segment, BEFORE_THE_START);
      }
      // No record will come of the one, and nobody may have been told of the other.
      if (!segments.has(segment) || heldSince.containsKey(segment)) {
        timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, started);
      }
    }
    for (String segment : keysOf(TIMER)) { // set under a longer silence, perhaps
      setCurrentKey(segment);
      await(started);
    }
  }

  private List<String> keysOf(String state) {
    try (Stream<String> keys =
        this.<String>getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE)) {
      return keys.toList();
    }
  }

  private boolean isMine(String segment) {
    TaskInfo task = getRuntimeContext().getTaskInfo();
    return task.getIndexOfThisSubtask()
        == KeyGroupRangeAssignment.assignKeyToParallelOperator(
            segment, task.getMaxNumberOfParallelSubtasks(), task.getNumberOfParallelSubtasks());
  }

  @Override
  public void processElement(StreamRecord<WindowPartial> element) throws Exception {
    if (element.getValue().records() == 0) {
      return;
    }
    long now = timers.currentProcessingTime();
    Alarm alarm = raised.value();
    if (alarm != null) {
      Duration gap = Duration.ofMillis(Math.max(0, now - alarm.course().since()));
      clear(
          "records come again%s, after %s"
              .formatted(ofSegment(alarm.window().segment()), shown(gap)));
    }
    lastSeen.update(now);
    await(now);
  }

  /** Clears the segment's alarm if it is raised; nobody is told of one that is not said yet. */
  private void clear(String why) throws Exception {
    Alarm alarm = raised.value();
    if (alarm == null) {
      return;
    }
    String segment = alarm.window().segment();
    sayWhatIsHeld(segment, BEFORE_THE_START); // it may have been said before
    raised.clear();
    if (heldSince.remove(segment) != null) {
      timer.clear();
    } else {
      emit(alarm.cleared(alarm.window(), alarm.course(), why));
    }
  }

  /**
   * Raises the current segment's alarm if it is held back and that checkpoint, completed, has it.
   */
  private void sayWhatIsHeld(String segment, long checkpoint) throws Exception {
    Long since = heldSince.get(segment);
    if (since != null && since <= checkpoint) {
      heldSince.remove(segment);
      timer.clear();
      emit(raised.value());
    }
  }

  /**
   * Sets the segment's timer unless one is set that is not later: that one sees whether it is still
   * due.
   */
  private void await(long since) throws Exception {
    if (silence.isZero() || raised.value() != null) {
      return;
    }
    long at = since + silence.toMillis();
    Long set = timer.value();
    if (set != null && set <= at) {
      return;
    }
    if (set != null) {
      timers.deleteProcessingTimeTimer(VoidNamespace.INSTANCE, set);
    }
    timer.update(at);
    timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, at);
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> due) throws Exception {
    timer.clear();
    if (!segments.has(due.getKey())) {
      lastSeen.clear();
      clear("the job goes on without segment " + due.getKey());
      return;
    }
    sayWhatIsHeld(due.getKey(), BEFORE_THE_START);
    if (ended || silence.isZero() || raised.value() != null) {
      return;
    }
    Long seen = lastSeen.value();
    long since = seen == null ? started : Math.max(seen, started);
    if (timers.currentProcessingTime() < since + silence.toMillis()) {
      await(since);
      return;
    }
    Alarm alarm = alarm(due.getKey(), seen == null ? started : seen, seen != null);
    raised.update(alarm);
    if (isCheckpointed) {
      timer.update(UNSAID);
      heldSince.put(due.getKey(), Long.MAX_VALUE);
    } else {
      emit(alarm);
    }
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> due) {
    throw new IllegalStateException("a timer is for event time, expected processing time");
  }

  private Alarm alarm(String segment, long since, boolean everSeen) {
    String limit = TimeUtils.formatWithHighestUnit(silence);
    String last = everSeen ? "the last came at " : "none has come since the job started at ";
    Alarm alarm =
        new Alarm(
            AlarmKind.FEED_SILENT,
            AlarmRules.severity(AlarmKind.FEED_SILENT, ProfileKind.INPUT),
            ProfileKind.INPUT,
            model,
            new ProfiledWindow(baselineSha256, segment, null, null, "", "", 0),
            List.of(),
            "",
            "a record at least every " + limit,
            last + Instant.ofEpochMilli(since),
            0,
            0,
            "no record%s that can be decoded has come for %s: %s"
                .formatted(ofSegment(segment), limit, last + Instant.ofEpochMilli(since)));
    Advice advice = new Advisor(List.of(), List.of()).advise(alarm);
    return alarm.raised(new AlarmCourse(since, 0, 0), advice, null);
  }

  private static String ofSegment(String segment) {
    return segment.isEmpty() ? "" : " of segment " + segment;
  }

  /** Returns a duration in whole seconds, which nobody needs more exactly. */
  private static String shown(Duration duration) {
    return TimeUtils.formatWithHighestUnit(Duration.ofSeconds(duration.toSeconds()));
  }

  private void emit(Alarm alarm) {
    metrics.count(alarm);
    output.collect(new StreamRecord<>(alarm));
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    metrics.snapshot(openAlarms);
    heldSince.replaceAll((segment, since) -> Math.min(since, context.getCheckpointId()));
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) throws Exception {
    super.notifyCheckpointComplete(checkpoint);
    for (String segment : List.copyOf(heldSince.keySet())) {
      if (!ended) { // else nobody downstream takes anything any more
        setCurrentKey(segment);
        sayWhatIsHeld(segment, checkpoint);
      }
    }
  }

  @Override
  public void endInput() {
    ended = true;
  }
}
