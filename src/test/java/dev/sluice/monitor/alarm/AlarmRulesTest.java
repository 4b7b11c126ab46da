package dev.sluice.monitor.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.config.AlarmWindows;
import dev.sluice.profile.Advice;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmCourse;
import dev.sluice.profile.AlarmKind;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.record.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stated rate of false alarms: by hand, and against windows in which nothing is wrong. */
class AlarmRulesTest {
  private static final int WINDOWS = 100_000;
  private static final Alarm ALARM =
      new Alarm(
          AlarmKind.DRIFT,
          Severity.WARNING,
          ProfileKind.INPUT,
          ProfiledModel.NONE,
          ProfiledWindow.none("UTC"),
          List.of("x"),
          "",
          "",
          null,
          0,
          0,
          "");

  private static double rate(AlarmKind kind, int needed, int last, double q, int columns) {
    return new AlarmRules(new AlarmWindows(needed, last), q).falseAlarmRate(kind, columns);
  }

  @Test
  void ratesByHand() {
    assertThat(rate(AlarmKind.DRIFT, 1, 1, 0.01, 30)).isEqualTo(0.01);
    assertThat(rate(AlarmKind.DRIFT, 1, 4, 0.01, 30)).isEqualTo(0.01, within(1e-15));
    // 0.01 (1 - 0.99^2)
    assertThat(rate(AlarmKind.DRIFT, 2, 3, 0.01, 30)).isEqualTo(1.99e-4, within(1e-15));
    // 0.01 (1 - 0.99^4 - 4 0.01 0.99^3)
    assertThat(rate(AlarmKind.UNIT_CHANGE, 3, 5, 0.01, 30)).isEqualTo(5.9203e-6, within(1e-14));
    assertThat(rate(AlarmKind.DRIFT, 3, 3, 0.1, 30)).isEqualTo(1e-3, within(1e-15));
    assertThat(rate(AlarmKind.MISSING_JUMP, 2, 3, 0.01, 30)).isEqualTo(5.97e-3, within(1e-12));
    assertThat(rate(AlarmKind.MISSING_JUMP, 1, 1, 0.5, 30)).isEqualTo(1);
    assertThat(rate(AlarmKind.FLAT_LINE, 2, 2, 0.01, 30)).isEqualTo(3e-11, within(1e-20));
    assertThat(
            new AlarmRules(new AlarmWindows(2, 3), 0.01).falseAlarmRate(AlarmKind.EXPECTATION, 1))
        .isNull();
  }

  /** Benjamini-Hochberg over independent columns. */
  @ParameterizedTest
  @CsvSource({"1, 1, 0.05, 30", "2, 3, 0.1, 30", "2, 3, 0.3, 5", "3, 5, 0.3, 5", "30, 30, 0.3, 2"})
  void noMoreFalseAlarmsOfDriftThanStated(int needed, int last, double q, int columns) {
    double measured = measure(needed, last, columns, p -> rejected(p, q));
    assertThat(measured)
        .isLessThanOrEqualTo(1.05 * rate(AlarmKind.DRIFT, needed, last, q, columns));
  }

  /** With one column the bound is nearly what happens, so it is not just any large number. */
  @ParameterizedTest
  @CsvSource({"1, 1, 0.05", "2, 3, 0.1", "3, 5, 0.1", "2, 2, 0.2"})
  void theStatedRateOfOneColumnIsTight(int needed, int last, double q) {
    double stated = rate(AlarmKind.DRIFT, needed, last, q, 1);
    double measured = measure(needed, last, 1, p -> rejected(p, q));
    assertThat(measured).isBetween(0.6 * stated, 1.02 * stated);
  }

  @Test
  void theStatedRateOfColumnsThatAreTestedAloneIsTight() {
    double stated = rate(AlarmKind.MISSING_JUMP, 2, 3, 0.02, 30);
    double measured =
        measure(
            2,
            3,
            30,
            p -> {
              boolean[] wrong = new boolean[p.length];
              for (int i = 0; i < p.length; i++) {
                wrong[i] = p[i] < 0.02;
              }
              return wrong;
            });
    assertThat(measured).isBetween(0.8 * stated, 1.02 * stated);
  }

  private interface Verdicts {
    boolean[] wrong(double[] pValues);
  }

  /** Returns the share of windows that raise an alarm about any column. */
  private static double measure(int needed, int last, int columns, Verdicts test) {
    Random random = new Random(11);
    AlarmWindows windows = new AlarmWindows(needed, last);
    AlarmHistory[] histories = new AlarmHistory[columns];
    Arrays.fill(histories, AlarmHistory.NONE);
    int alarming = 0;
    for (int window = 0; window < WINDOWS; window++) {
      boolean[] wrong = test.wrong(random.doubles(columns).toArray());
      boolean any = false;
      for (int i = 0; i < columns; i++) {
        if (!wrong[i] && histories[i].isIdle()) {
          continue;
        }
        AlarmHistory history = histories[i].with(wrong[i], window, windows);
        if (history.isRaising(windows)) {
          any = true;
          history = history.withRaised(ALARM.raised(AlarmCourse.NONE, Advice.NONE, null));
        } else if (history.isClearing(windows)) {
          history = history.withRaised(null);
        }
        histories[i] = history;
      }
      alarming += any ? 1 : 0;
    }
    return alarming / (double) WINDOWS;
  }

  private static boolean[] rejected(double[] pValues, double q) {
    double[] sorted = pValues.clone();
    Arrays.sort(sorted);
    double limit = -1;
    for (int i = 0; i < sorted.length; i++) {
      if (sorted[i] <= q * (i + 1) / sorted.length) {
        limit = sorted[i];
      }
    }
    boolean[] rejected = new boolean[pValues.length];
    for (int i = 0; i < pValues.length; i++) {
      rejected[i] = pValues[i] <= limit;
    }
    return rejected;
  }
}
