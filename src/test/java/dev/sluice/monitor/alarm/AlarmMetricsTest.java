package dev.sluice.monitor.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metric.RecordedMetrics;
import dev.sluice.profile.Advice;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmCourse;
import dev.sluice.profile.AlarmKind;
import dev.sluice.profile.ProfileKind;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.junit.jupiter.api.Test;

class AlarmMetricsTest {
  private static final Alarm RAISED =
      AdvisorTest.alarm(AlarmKind.DRIFT, ProfileKind.INPUT, "a")
          .raised(AlarmCourse.NONE, Advice.NONE, null);
  private static final Alarm CLEARED = RAISED.cleared(RAISED.window(), AlarmCourse.NONE, "");

  @Test
  void countsPerKindAndGoesOnWithWhatWasOpen() throws Exception {
    RecordedMetrics recorded = new RecordedMetrics();
    Values state = new Values(3, 4); // of two subtasks before
    List<AlarmKind> kinds = List.of(AlarmKind.DRIFT, AlarmKind.FLAT_LINE);
    AlarmMetrics metrics = new AlarmMetrics(recorded, kinds, state);
    assertThat(recorded.value("alarms_open")).isEqualTo(7);
    metrics.count(RAISED);
    metrics.count(RAISED);
    metrics.count(CLEARED);
    assertThat(recorded.value("alarms_open")).isEqualTo(8);
    assertThat(recorded.value("alarms_raised_total{kind=DRIFT}")).isEqualTo(2);
    assertThat(recorded.value("alarms_cleared_total{kind=DRIFT}")).isEqualTo(1);
    assertThat(recorded.value("alarms_raised_total{kind=FLAT_LINE}")).isZero();
    metrics.snapshot(state);
    assertThat(state.get()).containsExactly(8L);
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
