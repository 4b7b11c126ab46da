package dev.sluice.monitor.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.AlarmWindows;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmState;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.ProfileKind;
import dev.sluice.record.Severity;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** Alarms about outputs that the job goes on without. */
class GoneColumnsTest {
  @Test
  void anAlarmAboutAnOutputThatIsNoLongerWrittenIsCleared() throws Exception {
    try (AlarmHarness harness = new AlarmHarness(new AlarmWindows(1, 1))) {
      harness.add(Windows.input(0, Windows.column("x", DriftVerdict.DRIFT)));
      harness.add(Windows.output(0, Windows.column("y", DriftVerdict.DRIFT)));
      harness.add(Windows.output(0, Windows.column("z", DriftVerdict.OK)));
      harness.close(0);
      assertThat(harness.alarms()).hasSize(2);

      harness.restart();
      harness.add(Windows.output(1, Windows.column("y", DriftVerdict.DRIFT))); // it was open
      harness.add(Windows.output(1, Windows.column("z", DriftVerdict.OK)));
      harness.close(1);
      harness.add(Windows.summary(ProfileKind.OUTPUT, 2)); // all failed
      harness.add(Windows.input(2, Windows.column("x", DriftVerdict.INSUFFICIENT_DATA)));
      harness.close(2);
      assertThat(harness.alarms()).isEmpty();

      harness.add(Windows.output(3, Windows.column("z", DriftVerdict.INSUFFICIENT_DATA)));
      harness.close(3);
      assertThat(harness.alarms())
          .singleElement()
          .satisfies(
              alarm -> {
                assertThat(alarm.state()).isEqualTo(AlarmState.CLEARED);
                assertThat(alarm.columns()).containsExactly("y");
                assertThat(alarm.window().start()).isEqualTo(3 * Windows.HOUR);
                assertThat(alarm.message())
                    .startsWith("the window has no such column any more; was: y: got");
              });
      harness.add(Windows.output(4, Windows.column("z", DriftVerdict.OK)));
      harness.add(Windows.input(4, Windows.column("x", DriftVerdict.OK)));
      harness.close(4);
      assertThat(harness.alarms()).extracting(Alarm::columns).containsExactly(List.of("x"));
    }
  }

  @Test
  void anElementThatNoRowHasKeepsItsAlarm() throws Exception {
    try (AlarmHarness harness = new AlarmHarness(new AlarmWindows(1, 1))) {
      harness.add(Windows.output(0, Windows.column("y[high]", DriftVerdict.DRIFT)));
      harness.close(0);
      harness.add(Windows.output(1, Windows.column("y[low]", DriftVerdict.OK)));
      harness.close(1);
      assertThat(harness.alarms()).extracting(Alarm::state).containsExactly(AlarmState.RAISED);
    }
  }

  /** What an expectation of inputs is about need not be a column, and may not be judged. */
  @Test
  void anExpectationOfInputsKeepsItsAlarm() throws Exception {
    try (AlarmHarness harness = new AlarmHarness(new AlarmWindows(1, 1))) {
      harness.add(Windows.expecting(0, Severity.WARNING, false));
      harness.close(0);
      harness.add(Windows.input(1, Windows.column("other", DriftVerdict.OK)));
      harness.close(1);
      assertThat(harness.alarms()).extracting(Alarm::state).containsExactly(AlarmState.RAISED);
    }
  }

  @Test
  void whatEarlierVersionsHaveGatheredIsWithoutNames() throws IOException {
    Judged gathered =
        new Judged(
            ProfileKind.OUTPUT,
            Windows.summary(ProfileKind.OUTPUT, 2).window(),
            5,
            true,
            "",
            List.of(),
            List.of("DRIFT/OUTPUT/z/"));
    DataOutputSerializer out = new DataOutputSerializer(64);
    new JudgedSerializer().serialize(gathered, out);
    assertThat(new JudgedSerializer().deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
        .isEqualTo(gathered);
  }
}
