package dev.sluice.monitor.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.AlarmWindows;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.ProfileKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an alarm says of the other side of the model, by what that side's profiles say. */
class AlarmAdviceTest {
  private static final String NOT_KNOWN = "WATCH: the outputs of the window are not known";
  private static final DataProfile INPUT_DRIFT =
      Windows.input(0, Windows.column("x", DriftVerdict.DRIFT));
  private static final DataProfile OUTPUT_DRIFT =
      Windows.output(0, Windows.column("p", DriftVerdict.DRIFT));

  /** Returns the advice on the only alarm of a window with these profiles. */
  private static String advice(DataProfile... profiles) throws Exception {
    try (AlarmHarness harness = new AlarmHarness(new AlarmWindows(1, 1))) {
      harness.add(profiles);
      harness.close(0);
      return harness.alarms().stream()
          .map(alarm -> alarm.advice().kind() + ": " + String.join("; ", alarm.advice().reasons()))
          .reduce((one, other) -> one + ", " + other)
          .orElseThrow();
    }
  }

  @Test
  void outputsWithoutAVerdictAreNotKnown() throws Exception {
    assertThat(advice(INPUT_DRIFT, Windows.summary(ProfileKind.OUTPUT, 0)))
        .as("the summary alone")
        .isEqualTo(NOT_KNOWN);
    for (DataProfile output :
        List.of(
            Windows.output(0, Windows.column("p", DriftVerdict.INSUFFICIENT_DATA)),
            Windows.output(0, Windows.column("p", DriftVerdict.OK).withDrift(null)))) {
      assertThat(advice(INPUT_DRIFT, Windows.summary(ProfileKind.OUTPUT, 0), output))
          .isEqualTo(NOT_KNOWN);
    }
    assertThat(advice(INPUT_DRIFT, Windows.output(0, Windows.column("p", DriftVerdict.OK))))
        .isEqualTo("WATCH: the outputs have not moved in the same window");
  }

  @Test
  void inputsWithoutAVerdictAreNotKnown() throws Exception {
    assertThat(
            advice(
                OUTPUT_DRIFT,
                Windows.rejected(0, 0),
                Windows.input(0, Windows.column("x", DriftVerdict.INSUFFICIENT_DATA))))
        .isEqualTo("WATCH: the inputs of the window are not known");
    assertThat(advice(OUTPUT_DRIFT, Windows.input(0, Windows.column("x", DriftVerdict.OK))))
        .startsWith("WATCH: no input explains it");
  }
}
