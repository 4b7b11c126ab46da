package dev.sluice.monitor.alarm;

import dev.sluice.metric.StageMetrics;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmKind;
import dev.sluice.profile.AlarmState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What an operator counts: {@code alarms_raised_total} and {@code alarms_cleared_total} per {@code
 * kind}, and {@code alarms_open} now. Σ of alarms_open over the subtasks is right at any time;
 * after a change of parallelism one subtask's may count alarms that another one holds.
 */
final class AlarmMetrics {
  /** The state that open alarms are counted in: keyed state cannot be counted at the start. */
  static final ListStateDescriptor<Long> OPEN =
      new ListStateDescriptor<>("open-alarms", Types.LONG);

  private final Map<AlarmKind, Counter> raised = new EnumMap<>(AlarmKind.class);
  private final Map<AlarmKind, Counter> cleared = new EnumMap<>(AlarmKind.class);
  private long open;

  /** Registers the metrics of these kinds, starting with the open alarms of the state. */
  AlarmMetrics(MetricGroup group, List<AlarmKind> kinds, ListState<Long> state) throws Exception {
    StageMetrics metrics = StageMetrics.of(group);
    for (AlarmKind kind : kinds) {
      StageMetrics ofKind = metrics.by("kind", kind.name());
      raised.put(kind, ofKind.counter("alarms_raised_total"));
      cleared.put(kind, ofKind.counter("alarms_cleared_total"));
    }
    for (long count : state.get()) {
      open += count;
    }
    metrics.gauge("alarms_open", () -> open);
  }

  void count(Alarm alarm) {
    if (alarm.state() == AlarmState.RAISED) {
      raised.get(alarm.kind()).inc();
      open++;
    } else {
      cleared.get(alarm.kind()).inc();
      open--;
    }
  }

  long open() {
    return open;
  }

  void snapshot(ListState<Long> state) throws Exception {
    state.update(List.of(open));
  }
}
