package dev.sluice.monitor.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.AlarmWindows;
import dev.sluice.profile.AdviceKind;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmCourse;
import dev.sluice.profile.AlarmState;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DriftSignKind;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.ProfileKind;
import dev.sluice.record.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlarmFunctionTest {
  private static final AlarmWindows TWO_OF_THREE = new AlarmWindows(2, 3);

  /** One window per letter: D drifted, o fine, ? too few values, - no records at all. */
  @ParameterizedTest
  @CsvSource({
    "oooo,     ''",
    "DoooD,    ''",
    "DooD,     ''",
    "DoD,      'RAISED 2'",
    "DD,       'RAISED 1'",
    "DDDDD,    'RAISED 1'",
    "DDo,      'RAISED 1'",
    "DDoo,     'RAISED 1, CLEARED 3'",
    "DDoDoo,   'RAISED 1, CLEARED 4'",
    "DDooooDD, 'RAISED 1, CLEARED 3, RAISED 7'",
    "D?D,      'RAISED 2'",
    "D--D,     'RAISED 3'",
    "DD??--,   'RAISED 1'",
    "DD??o--o, 'RAISED 1, CLEARED 7'",
  })
  void raisesInTwoOfThreeWindowsAndClearsOnce(String windows, String expected) throws Exception {
    assertThat(events(windows, TWO_OF_THREE, false)).isEqualTo(expected);
    assertThat(events(windows, TWO_OF_THREE, true)).as("with restarts").isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, DoDD, 'RAISED 0, CLEARED 1, RAISED 2'",
    "2, 2, DoDDo, 'RAISED 3, CLEARED 4'",
    "3, 5, DoDoD, 'RAISED 4'",
    "3, 5, DoDooD, ''",
  })
  void needsAsManyWindowsAsTheOptionSays(int needed, int last, String windows, String expected)
      throws Exception {
    assertThat(events(windows, new AlarmWindows(needed, last), true)).isEqualTo(expected);
  }

  private static String events(String pattern, AlarmWindows windows, boolean restarts)
      throws Exception {
    List<String> events = new ArrayList<>();
    try (AlarmHarness harness = new AlarmHarness(windows)) {
      for (int hour = 0; hour < pattern.length(); hour++) {
        if (pattern.charAt(hour) != '-') {
          DriftVerdict verdict =
              switch (pattern.charAt(hour)) {
                case 'D' -> DriftVerdict.DRIFT;
                case 'o' -> DriftVerdict.OK;
                default -> DriftVerdict.INSUFFICIENT_DATA;
              };
          harness.add(Windows.input(hour, Windows.column("x", verdict)));
        }
        if (restarts) {
          harness.restart(); // what is gathered of the window survives, too
        }
        harness.close(hour);
        if (restarts) {
          harness.restart();
        }
        for (Alarm alarm : harness.alarms()) {
          assertThat(alarm.window().start()).isEqualTo(hour * Windows.HOUR);
          events.add(alarm.state() + " " + hour);
        }
      }
    }
    return String.join(", ", events);
  }

  @Test
  void anAlarmSaysAllAboutIt() throws Exception {
    try (AlarmHarness harness = new AlarmHarness(TWO_OF_THREE)) {
      harness.add(Windows.input(0, Windows.column("x", DriftVerdict.DRIFT)));
      harness.add(Windows.input(1, Windows.column("x", DriftVerdict.OK)));
      harness.add(Windows.input(2, Windows.column("x", DriftVerdict.DRIFT)));
      harness.close(2);
      Alarm raised = harness.alarms().get(0);
      assertThat(raised.key()).isEqualTo("DRIFT/INPUT/sha-of-model/sha-of-baseline//x/");
      assertThat(raised.severity()).isEqualTo(Severity.WARNING);
      assertThat(raised.message())
          .isEqualTo("x: got 0.5000, p 0.0013, expected psi from season 07 of at most 0.1");
      assertThat(raised.course()).isEqualTo(new AlarmCourse(0L, 2, 3));
      assertThat(raised.advice().kind()).isEqualTo(AdviceKind.WATCH);
      assertThat(raised.expectedFalseAlarmRate()).isEqualTo(1.99e-4);
      harness.add(Windows.input(3, Windows.column("x", DriftVerdict.OK)));
      harness.add(Windows.input(4, Windows.column("x", DriftVerdict.OK)));
      harness.close(4);
      Alarm cleared = harness.alarms().get(0);
      assertThat(cleared.key()).isEqualTo(raised.key());
      assertThat(cleared.state()).isEqualTo(AlarmState.CLEARED);
      assertThat(cleared.course()).isEqualTo(new AlarmCourse(0L, 1, 3));
      assertThat(cleared.advice().kind()).isEqualTo(AdviceKind.NONE);
      assertThat(cleared.message()).isEqualTo("so no more; was: " + raised.message());
    }
  }

  @Test
  void expectationsAndRejectionsRaiseAtOnce() throws Exception {
    try (AlarmHarness harness = new AlarmHarness(TWO_OF_THREE)) {
      harness.add(Windows.expecting(0, Severity.CRITICAL, false), Windows.rejected(0, 26));
      harness.close(0);
      assertThat(harness.alarms())
          .extracting(alarm -> alarm.state() + " " + alarm.severity() + " " + alarm.kind())
          .containsExactly("RAISED CRITICAL EXPECTATION", "RAISED CRITICAL REJECT_SHARE");
      harness.add(Windows.expecting(1, Severity.CRITICAL, false), Windows.rejected(1, 99));
      harness.close(1);
      assertThat(harness.alarms()).as("raised once").isEmpty();
      harness.add(Windows.expecting(2, Severity.CRITICAL, null));
      harness.close(2);
      assertThat(harness.alarms()).as("not judged").isEmpty();
      harness.add(Windows.expecting(3, Severity.CRITICAL, true), Windows.rejected(3, 25));
      harness.close(3);
      assertThat(harness.alarms())
          .extracting(alarm -> alarm.state() + " " + alarm.kind())
          .containsExactly("CLEARED EXPECTATION", "CLEARED REJECT_SHARE");
      harness.add(Windows.expecting(4, Severity.INFO, false), Windows.late());
      harness.watermark(Long.MAX_VALUE);
      assertThat(harness.alarms()).isEmpty();
    }
  }

  @Test
  void whatComesWhenEventTimeIsOverIsJudgedWithItsSummary() throws Exception {
    try (AlarmHarness harness = new AlarmHarness(TWO_OF_THREE)) {
      harness.watermark(Long.MAX_VALUE);
      harness.add(Windows.input(0, Windows.column("a", DriftVerdict.OK)));
      assertThat(harness.alarms()).as("before the summary").isEmpty();
      harness.add(Windows.rejected(0, 99));
      assertThat(harness.alarms())
          .extracting(alarm -> alarm.state() + " " + alarm.kind())
          .containsExactly("RAISED REJECT_SHARE");
    }
  }

  @Test
  void inputsAndOutputsOfAWindowAreJudgedTogetherHoweverTheyArrive() throws Exception {
    List<DataProfile> inputs = new ArrayList<>();
    List<DataProfile> outputs = new ArrayList<>();
    Random random = new Random(5);
    for (int hour = 0; hour < 40; hour++) {
      for (String name : List.of("a", "b")) {
        inputs.add(Windows.input(hour, random(name, random)));
        outputs.add(Windows.output(hour, random("p_" + name, random)));
      }
    }
    List<Alarm> expected = null;
    for (int seed = 0; seed < 10; seed++) {
      try (AlarmHarness harness = new AlarmHarness(TWO_OF_THREE)) {
        // Each kind comes in the order of windows; one may be ahead of the other.
        List<Boolean> turns = new ArrayList<>(Collections.nCopies(inputs.size(), true));
        turns.addAll(Collections.nCopies(outputs.size(), false));
        Collections.shuffle(turns, new Random(seed));
        int in = 0;
        int out = 0;
        List<Alarm> alarms = new ArrayList<>();
        for (boolean input : turns) {
          harness.add(input ? inputs.get(in++) : outputs.get(out++));
          harness.close(Math.min(in, out) / 2 - 1);
          if (seed > 0 && (in + out) % 23 == 0) {
            alarms.addAll(harness.alarms());
            harness.restart();
          }
        }
        alarms.addAll(harness.alarms());
        expected = expected == null ? alarms : expected;
        assertThat(alarms).isEqualTo(expected);
      }
    }
    assertThat(expected).extracting(alarm -> alarm.advice().kind()).contains(AdviceKind.values());
  }

  private static ColumnProfile random(String name, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Windows.column(name, DriftVerdict.DRIFT, DriftSignKind.UNIT_CHANGE);
      case 1 -> Windows.column(name, DriftVerdict.DRIFT);
      default -> Windows.column(name, DriftVerdict.OK);
    };
  }

  @Test
  void aWindowWaitsForAllOfItsProfilesHoweverLongItsLateness() throws Exception {
    Duration lateness = Duration.ofHours(5);
    try (AlarmHarness harness = new AlarmHarness(new AlarmWindows(1, 1), lateness)) {
      harness.add(Windows.input(0, Windows.column("x", DriftVerdict.DRIFT)));
      harness.add(Windows.input(1, Windows.column("x", DriftVerdict.DRIFT))); // one is ahead
      harness.watermark(Windows.HOUR - 2 + lateness.toMillis());
      assertThat(harness.alarms()).isEmpty();
      harness.close(0);
      assertThat(harness.alarms()).hasSize(1);
      harness.restart();
      harness.add(Windows.output(1, Windows.column("p", DriftVerdict.DRIFT)));
      harness.close(1);
      assertThat(harness.alarms())
          .as("of x none: it is open")
          .extracting(alarm -> alarm.profileKind() + " " + alarm.advice().kind())
          .containsExactly("OUTPUT RETRAIN");
    }
  }

  @Test
  void aProfileOfAWindowThatWasJudgedChangesNothing() throws Exception {
    try (AlarmHarness harness = new AlarmHarness(new AlarmWindows(1, 1))) {
      harness.add(Windows.input(3, Windows.column("x", DriftVerdict.OK)));
      harness.close(3);
      harness.restart();
      harness.add(Windows.input(3, Windows.column("x", DriftVerdict.DRIFT)));
      harness.add(Windows.input(2, Windows.column("x", DriftVerdict.DRIFT)));
      harness.add(Windows.output(2, Windows.column("p", DriftVerdict.DRIFT)));
      harness.watermark(Long.MAX_VALUE);
      assertThat(harness.alarms())
          .as("no outputs have been judged yet")
          .extracting(Alarm::profileKind)
          .containsExactly(ProfileKind.OUTPUT);
      assertThat(harness.metric("profiles_too_late_total")).isEqualTo(2);
    }
  }

  @Test
  void remembersOnlyWhatWasWrong() throws Exception {
    try (AlarmHarness harness = new AlarmHarness(TWO_OF_THREE)) {
      for (int hour = 0; hour < 10; hour++) {
        DriftVerdict verdict = hour == 5 ? DriftVerdict.DRIFT : DriftVerdict.OK;
        harness.add(Windows.input(hour, Windows.column("x", verdict)));
        harness.add(Windows.input(hour, Windows.column("y", DriftVerdict.OK)));
        harness.close(hour);
        assertThat(harness.stateEntries())
            .as("until when windows are judged, and a history while it matters")
            .isEqualTo(hour >= 5 && hour < 8 ? 2 : 1);
      }
      assertThat(harness.alarms()).isEmpty();
    }
  }

  @Test
  void alarmsOfAModelThatWasReplacedAreCleared() throws Exception {
    try (AlarmHarness harness = new AlarmHarness(new AlarmWindows(1, 1))) {
      harness.add(Windows.input(0, Windows.column("x", DriftVerdict.DRIFT)));
      harness.close(0);
      Alarm raised = harness.alarms().get(0);
      harness.clock(10 * AlarmFunction.CHECK_MILLIS);
      assertThat(harness.alarms()).as("of this model").isEmpty();

      harness.restartWithModel("another");
      harness.clock(11 * AlarmFunction.CHECK_MILLIS);
      assertThat(harness.alarms()).as("a window of the old model may be open").isEmpty();
      harness.add(Windows.input(1, Windows.column("x", DriftVerdict.DRIFT)));
      harness.clock(12 * AlarmFunction.CHECK_MILLIS);
      assertThat(harness.alarms()).as("a window of the old model was open").isEmpty();
      harness.close(1);
      harness.clock(13 * AlarmFunction.CHECK_MILLIS);
      assertThat(harness.alarms())
          .singleElement()
          .satisfies(
              alarm -> {
                assertThat(alarm.key()).isEqualTo(raised.key());
                assertThat(alarm.state()).isEqualTo(AlarmState.CLEARED);
                assertThat(alarm.message())
                    .startsWith(
                        "the job goes on with another model, baseline or segments; was: x: got");
              });
      assertThat(harness.stateEntries()).isEqualTo(1);
      harness.clock(20 * AlarmFunction.CHECK_MILLIS);
      assertThat(harness.alarms()).isEmpty();
    }
  }

  @Test
  void alarmsOfAModelThatWasReplacedWaitForAllWindowsThatWereOpen() throws Exception {
    Duration lateness = Duration.ofHours(2);
    try (AlarmHarness harness = new AlarmHarness(new AlarmWindows(1, 1), lateness)) {
      harness.add(Windows.input(0, Windows.column("x", DriftVerdict.DRIFT)));
      harness.close(0);
      assertThat(harness.alarms()).hasSize(1);

      harness.restartWithModel("another");
      for (int hour = 1; hour <= 3; hour++) { // they were open, since records may be late
        harness.clock(10 * hour * AlarmFunction.CHECK_MILLIS);
        assertThat(harness.alarms()).as("before window " + hour).isEmpty();
        harness.add(Windows.input(hour, Windows.column("x", DriftVerdict.DRIFT)));
        harness.close(hour);
      }
      harness.clock(40 * AlarmFunction.CHECK_MILLIS);
      assertThat(harness.alarms())
          .singleElement()
          .satisfies(alarm -> assertThat(alarm.state()).isEqualTo(AlarmState.CLEARED));
    }
  }

  /** The window of the restart, and with records ahead of the watermark the next one. */
  @ParameterizedTest
  @CsvSource({"PT10M, PT0S, 1", "PT0S, PT1M, 2", "PT10M, PT1M, 2", "PT90M, PT0S, 1"})
  void alarmsOfAModelThatWasReplacedWaitForTheLastWindow(
      Duration lateness, Duration outOfOrderness, int last) throws Exception {
    try (AlarmHarness harness = new AlarmHarness(new AlarmWindows(1, 1), lateness)) {
      harness.add(Windows.input(0, Windows.column("x", DriftVerdict.DRIFT)));
      harness.close(0);
      assertThat(harness.alarms()).hasSize(1);

      harness.restartWithModel("another", outOfOrderness);
      harness.watermark(2 * Windows.HOUR - 30_000);
      for (int hour = 1; hour <= last; hour++) {
        harness.clock(10 * hour * AlarmFunction.CHECK_MILLIS);
        assertThat(harness.alarms()).as("before window " + hour).isEmpty();
        if (hour == last) { // there may be none of the one before
          harness.watermark((hour + 1) * Windows.HOUR - 2 + lateness.toMillis());
          harness.clock((10 * hour + 5) * AlarmFunction.CHECK_MILLIS);
          assertThat(harness.alarms()).as("before the last window closes").isEmpty();
          harness.add(Windows.input(hour, Windows.column("x", DriftVerdict.DRIFT)));
        }
        harness.close(hour);
      }
      harness.clock(40 * AlarmFunction.CHECK_MILLIS);
      assertThat(harness.alarms())
          .singleElement()
          .satisfies(alarm -> assertThat(alarm.state()).isEqualTo(AlarmState.CLEARED));
    }
  }

  /** As where one partition is hours ahead of the others. */
  @Test
  void aModelThatWasReplacedRaisesNoMoreOnceItsAlarmsAreCleared() throws Exception {
    try (AlarmHarness harness = new AlarmHarness(new AlarmWindows(1, 1))) {
      harness.add(Windows.input(0, Windows.column("x", DriftVerdict.DRIFT)));
      harness.close(0);
      harness.restartWithModel("another");
      harness.watermark(Windows.HOUR + 1);
      harness.clock(10 * AlarmFunction.CHECK_MILLIS);
      harness.close(1);
      harness.clock(11 * AlarmFunction.CHECK_MILLIS);
      assertThat(harness.alarms())
          .extracting(Alarm::state)
          .containsExactly(AlarmState.RAISED, AlarmState.CLEARED);
      for (int hour = 3; hour < 6; hour++) {
        harness.add(Windows.input(hour, Windows.column("x", DriftVerdict.DRIFT)));
        harness.close(hour);
        harness.clock(10 * hour * AlarmFunction.CHECK_MILLIS);
        assertThat(harness.alarms()).as("window " + hour).isEmpty();
        harness.restart();
      }
      harness.restartWithModel(Windows.MODEL);
      harness.add(Windows.input(6, Windows.column("x", DriftVerdict.DRIFT)));
      harness.close(6);
      assertThat(harness.alarms())
          .as("the job has gone back")
          .extracting(Alarm::state)
          .containsExactly(AlarmState.RAISED);
    }
  }

  @Test
  void alarmsOfASegmentThatTheJobGoesOnWithoutAreCleared() throws Exception {
    try (AlarmHarness harness = new AlarmHarness(new AlarmWindows(1, 1))) {
      harness.restartWithSegments(Windows.segments("north", "south"));
      for (String segment : List.of("", "north", "south")) {
        harness.add(Windows.of(segment, Windows.input(0, Windows.column("x", DriftVerdict.DRIFT))));
      }
      harness.close(0);
      assertThat(harness.alarms()).hasSize(3);
      harness.restartWithSegments(Windows.segments("south"));
      harness.clock(10 * AlarmFunction.CHECK_MILLIS);
      assertThat(harness.alarms()).as("a window of it may be open").isEmpty();
      harness.close(1);
      harness.clock(11 * AlarmFunction.CHECK_MILLIS);
      assertThat(harness.alarms())
          .extracting(alarm -> alarm.state() + " " + alarm.window().segment())
          .containsExactly("CLEARED north");
    }
  }
}
