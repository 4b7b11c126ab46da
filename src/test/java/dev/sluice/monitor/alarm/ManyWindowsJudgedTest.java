package dev.sluice.monitor.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.AlarmWindows;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.ProfileKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A watermark that passes many windows at once, as when the last partition of a backlog ends. */
class ManyWindowsJudgedTest {
  private static final int WINDOWS = 5_000;
  private static final int COLUMNS = 20;

  @Test
  void alarmsAreThoseOfOneWindowAfterTheOther() throws Exception {
    List<Alarm> expected = new ArrayList<>();
    try (AlarmHarness harness = new AlarmHarness(new AlarmWindows(2, 3))) {
      Random random = new Random(7);
      for (int hour = 0; hour < WINDOWS; hour++) {
        harness.add(window(hour, random));
        harness.close(hour);
        expected.addAll(harness.alarms());
      }
    }
    try (AlarmHarness harness = new AlarmHarness(new AlarmWindows(2, 3))) {
      Random random = new Random(7);
      for (int hour = 0; hour < WINDOWS; hour++) {
        harness.add(window(hour, random));
      }
      harness.close(-1);
      harness.state().clear();
      harness.close(WINDOWS - 1);
      assertThat(harness.alarms()).hasSizeGreaterThan(WINDOWS).isEqualTo(expected);
      assertThat(harness.state().calls("gathered", "get")).isEqualTo(1);
      assertThat(harness.state().calls("gathered", "addAll")).isZero();
      assertThat(harness.state().calls("histories", "entries")).isEqualTo(1);
      assertThat(harness.state().calls("histories", "putAll")).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void whatIsNotDueIsWalkedOnceAndNotWritten() throws Exception {
    try (AlarmHarness harness = new AlarmHarness(new AlarmWindows(1, 1))) {
      for (int hour = 0; hour < 100; hour++) {
        harness.add(Windows.input(hour, Windows.column("x", DriftVerdict.DRIFT)));
      }
      harness.state().clear();
      harness.close(49);
      assertThat(harness.alarms()).hasSize(1);
      assertThat(harness.state().calls("gathered", "get")).isEqualTo(1);
      assertThat(harness.state().calls("gathered", "addAll")).isEqualTo(1);
      harness.restart();
      harness.add(Windows.output(50, Windows.column("p", DriftVerdict.DRIFT)));
      harness.close(99);
      assertThat(harness.alarms()).as("of the outputs; that of the inputs is open").hasSize(1);
    }
  }

  private static DataProfile[] window(int hour, Random random) {
    DataProfile[] profiles = new DataProfile[COLUMNS + 1];
    for (int column = 0; column < COLUMNS; column++) {
      DriftVerdict verdict = random.nextInt(3) == 0 ? DriftVerdict.DRIFT : DriftVerdict.OK;
      profiles[column] = Windows.input(hour, Windows.column("x" + column, verdict));
    }
    profiles[COLUMNS] = Windows.summary(ProfileKind.INPUT, hour);
    return profiles;
  }
}
