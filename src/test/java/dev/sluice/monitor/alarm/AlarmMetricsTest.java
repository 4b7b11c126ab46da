package dev.sluice.monitor.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.profile.Advice;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmCourse;
import dev.sluice.profile.AlarmKind;
import dev.sluice.profile.ProfileKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class AlarmMetricsTest {
  private static final Alarm RAISED =
      AdvisorTest.alarm(AlarmKind.DRIFT, ProfileKind.INPUT, "a")
          .raised(AlarmCourse.NONE, Advice.NONE, null);
  private static final Alarm CLEARED = RAISED.cleared(RAISED.window(), AlarmCourse.NONE, "");

  @Test
  void countsPerKindAndGoesOnWithWhatWasOpen() throws Exception {
    Map<String, Counter> counters = new HashMap<>();
    Map<String, Gauge<?>> gauges = new HashMap<>();
    Values state = new Values(3, 4); // of two subtasks before
    List<AlarmKind> kinds = List.of(AlarmKind.DRIFT, AlarmKind.FLAT_LINE);
    AlarmMetrics metrics = new AlarmMetrics(new Group("", counters, gauges), kinds, state);
    assertThat(gauges.get("alarmsOpen").getValue()).isEqualTo(7L);
    metrics.count(RAISED);
    metrics.count(RAISED);
    metrics.count(CLEARED);
    assertThat(gauges.get("alarmsOpen").getValue()).isEqualTo(8L);
    assertThat(counters.get("kind=DRIFT alarmsRaised").getCount()).isEqualTo(2);
    assertThat(counters.get("kind=DRIFT alarmsCleared").getCount()).isEqualTo(1);
    assertThat(counters.get("kind=FLAT_LINE alarmsRaised").getCount()).isZero();
    metrics.snapshot(state);
    assertThat(state.get()).containsExactly(8L);
  }

  /** Keeps what is registered. */
  private static final class Group extends UnregisteredMetricsGroup {
    private final String name;
    private final Map<String, Counter> counters;
    private final Map<String, Gauge<?>> gauges;

    Group(String name, Map<String, Counter> counters, Map<String, Gauge<?>> gauges) {
      this.name = name;
      this.counters = counters;
      this.gauges = gauges;
    }

    @Override
    public Counter counter(String metric) {
      return counters.computeIfAbsent(name + metric, key -> super.counter(metric));
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String metric, G gauge) {
      gauges.put(name + metric, gauge);
      return gauge;
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
      return new Group(key + "=" + value + " ", counters, gauges);
    }
  }

  /** A list in memory. */
  private static final class Values implements ListState<Long> {
    private final List<Long> values = new ArrayList<>();

    Values(long... initial) {
      for (long value : initial) {
        values.add(value);
      }
    }

    @Override
    public Iterable<Long> get() {
      return values;
    }

    @Override
    public void add(Long value) {
      values.add(value);
    }

    @Override
    public void update(List<Long> newValues) {
      clear();
      addAll(newValues);
    }

    @Override
    public void addAll(List<Long> newValues) {
      values.addAll(newValues);
    }

    @Override
    public void clear() {
      values.clear();
    }
  }
}
