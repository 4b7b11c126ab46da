package dev.sluice.monitor.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.profile.Advice;
import dev.sluice.profile.AdviceKind;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmKind;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.record.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdvisorTest {
  private static final List<ProfileKind> BOTH = List.of(ProfileKind.INPUT, ProfileKind.OUTPUT);
  private static final Alarm IN = alarm(AlarmKind.DRIFT, ProfileKind.INPUT, "a");
  private static final Alarm OUT = alarm(AlarmKind.DRIFT, ProfileKind.OUTPUT, "p");

  static Alarm alarm(AlarmKind kind, ProfileKind profile, String... columns) {
    return new Alarm(
        kind,
        Severity.WARNING,
        profile,
        ProfiledModel.NONE,
        ProfiledWindow.none("UTC"),
        List.of(columns),
        "",
        "",
        null,
        0,
        0,
        "");
  }

  private static Alarm input(AlarmKind kind, String column) {
    return alarm(kind, ProfileKind.INPUT, column);
  }

  private static String advice(Alarm alarm, Alarm... others) {
    return shown(BOTH, alarm, others);
  }

  private static String shown(List<ProfileKind> judged, Alarm alarm, Alarm... others) {
    List<Alarm> wrong = new ArrayList<>(Arrays.asList(others));
    wrong.add(alarm);
    Advice advice = new Advisor(wrong, judged).advise(alarm);
    return advice.kind() + ": " + String.join("; ", advice.reasons());
  }

  @Test
  void driftOfInputsIsTrainedOnOnlyIfOutputsMoveAndNothingIsBroken() {
    assertThat(advice(IN)).isEqualTo("WATCH: the outputs have not moved in the same window");
    assertThat(shown(List.of(ProfileKind.INPUT), IN))
        .isEqualTo("WATCH: the outputs of the window are not known");
    assertThat(advice(IN, OUT))
        .isEqualTo(
            "RETRAIN: the outputs have moved in the same window: p has drifted;"
                + " nothing says that the feed is broken");
    assertThat(advice(IN, OUT, input(AlarmKind.UNIT_CHANGE, "a")))
        .isEqualTo("FIX_FEED: it comes from a fault of the column: a has changed its unit");
    assertThat(advice(IN, OUT, input(AlarmKind.FLAT_LINE, "b")))
        .isEqualTo(
            "WATCH: other columns are broken in the same window, look at them first:"
                + " b has one value only");
  }

  @Test
  void driftOfOutputsIsExplainedByInputs() {
    assertThat(advice(OUT)).startsWith("WATCH: no input explains it");
    assertThat(shown(List.of(ProfileKind.OUTPUT), OUT))
        .isEqualTo("WATCH: the inputs of the window are not known");
    assertThat(advice(OUT, IN))
        .isEqualTo(
            "RETRAIN: inputs have moved in the same window: a has drifted;"
                + " nothing says that the feed is broken");
    assertThat(advice(OUT, IN, input(AlarmKind.COLUMN_VANISHED, "c")))
        .isEqualTo("FIX_FEED: the model's inputs are broken in the same window: c has vanished");
    assertThat(advice(alarm(AlarmKind.FLAT_LINE, ProfileKind.OUTPUT, "p"), IN))
        .isEqualTo("WATCH: inputs have moved in the same window: a has drifted");
  }

  @Test
  void atMostThreeColumnsAreNamed() {
    Alarm[] many =
        List.of("a", "b", "c", "d", "e").stream()
            .map(name -> input(AlarmKind.DRIFT, name))
            .toArray(Alarm[]::new);
    assertThat(advice(OUT, many))
        .contains("a has drifted, b has drifted, c has drifted and 2 more;");
  }

  @Test
  void faultsOfTheFeedAreMended() {
    for (AlarmKind kind :
        List.of(
            AlarmKind.COLUMN_VANISHED,
            AlarmKind.FLAT_LINE,
            AlarmKind.MISSING_JUMP,
            AlarmKind.UNIT_CHANGE,
            AlarmKind.REJECT_SHARE,
            AlarmKind.FEED_SILENT)) {
      assertThat(new Advisor(List.of(), BOTH).advise(input(kind, "a")).kind())
          .isEqualTo(AdviceKind.FIX_FEED);
    }
    assertThat(advice(input(AlarmKind.NEW_CATEGORY, "a"))).startsWith("WATCH: ");
  }

  @Test
  void anExpectationOfRecordsIsForTheFeed() {
    Alarm ofWindow = input(AlarmKind.EXPECTATION, "a");
    assertThat(advice(ofWindow)).startsWith("WATCH: ");
    assertThat(advice(ofWindow, input(AlarmKind.UNIT_CHANGE, "a"))).startsWith("FIX_FEED: ");
    Alarm ofRecords =
        new Alarm(
            AlarmKind.EXPECTATION,
            Severity.WARNING,
            ProfileKind.INPUT,
            ProfiledModel.NONE,
            ProfiledWindow.none("UTC"),
            List.of("a"),
            "RANGE a",
            "",
            null,
            100,
            30,
            "");
    assertThat(advice(ofRecords)).startsWith("FIX_FEED: too many records");
  }
}
