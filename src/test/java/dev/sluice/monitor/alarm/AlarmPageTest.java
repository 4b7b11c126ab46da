package dev.sluice.monitor.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.AlarmOptions;
import dev.sluice.config.AlarmWindows;
import dev.sluice.profile.AdviceKind;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmKind;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.record.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page about alarms says of every kind what the code does. */
class AlarmPageTest {
  private static final Path PAGE = Path.of("src/site/markdown/alarms.md");
  private static final AlarmRules DEFAULTS =
      new AlarmRules(AlarmOptions.from(new Configuration()).windows(), 0.01);
  private static final int COLUMNS = 20;

  /** Returns the cells of a kind's row: kind, rule, severity, raised in, advice, rate. */
  private static String[] row(AlarmKind kind) throws IOException {
    List<String> rows =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.startsWith("| `" + kind + "` |"))
            .toList();
    assertThat(rows).as("rows of %s", kind).hasSize(1);
    return rows.get(0).substring(2).split(" \\| ?");
  }

  @ParameterizedTest
  @EnumSource(AlarmKind.class)
  void statesTheSeverity(AlarmKind kind) throws IOException {
    String ofInputs = text(AlarmRules.severity(kind, ProfileKind.INPUT));
    String ofOutputs = text(AlarmRules.severity(kind, ProfileKind.OUTPUT));
    String expected =
        kind == AlarmKind.EXPECTATION
            ? "that of the expectation"
            : ofInputs + (ofInputs.equals(ofOutputs) ? "" : ", " + ofOutputs + " of outputs");
    assertThat(row(kind)[2]).isEqualTo(expected);
  }

  private static String text(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }

  @ParameterizedTest
  @EnumSource(AlarmKind.class)
  void statesTheWindows(AlarmKind kind) throws IOException {
    String expected =
        kind == AlarmKind.FEED_SILENT
            ? "no window"
            : DEFAULTS.windows(kind).equals(AlarmWindows.ONE) ? "one window" : "k of n windows";
    assertThat(row(kind)[3]).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(AlarmKind.class)
  void statesTheRate(AlarmKind kind) throws IOException {
    Double rate = DEFAULTS.falseAlarmRate(kind, COLUMNS);
    assertThat(row(kind)[5])
        .isEqualTo(rate == null ? "none" : String.format(Locale.ROOT, "%.1e", rate));
  }

  @ParameterizedTest
  @EnumSource(AlarmKind.class)
  void statesEveryAdvice(AlarmKind kind) throws IOException {
    String expected =
        advice(kind).stream().map(advice -> "`" + advice + "`").collect(Collectors.joining(", "));
    assertThat(row(kind)[4]).isEqualTo(expected);
  }

  /** Returns what is advised, whatever else is wrong in the window. */
  private static Set<AdviceKind> advice(AlarmKind kind) {
    List<Alarm> companions =
        List.of(
            alarm(AlarmKind.DRIFT, ProfileKind.INPUT, "a", 0),
            alarm(AlarmKind.DRIFT, ProfileKind.OUTPUT, "p", 0),
            alarm(AlarmKind.UNIT_CHANGE, ProfileKind.INPUT, "a", 0),
            alarm(AlarmKind.COLUMN_VANISHED, ProfileKind.INPUT, "b", 0));
    Set<AdviceKind> advice = EnumSet.noneOf(AdviceKind.class);
    for (int subset = 0; subset < 1 << companions.size(); subset++) {
      List<Alarm> wrong = new ArrayList<>();
      for (int i = 0; i < companions.size(); i++) {
        if ((subset >> i & 1) != 0) {
          wrong.add(companions.get(i));
        }
      }
      for (int unexpected : new int[] {0, 7}) {
        Advisor advisor = new Advisor(wrong, List.of(ProfileKind.INPUT, ProfileKind.OUTPUT));
        advice.add(advisor.advise(alarm(kind, ProfileKind.INPUT, "a", unexpected)).kind());
        if (isOfOutputs(kind)) {
          advice.add(advisor.advise(alarm(kind, ProfileKind.OUTPUT, "p", unexpected)).kind());
        }
      }
    }
    return advice;
  }

  /** Only feature records are rejected, and only they can fail to come. */
  private static boolean isOfOutputs(AlarmKind kind) {
    return kind != AlarmKind.REJECT_SHARE && kind != AlarmKind.FEED_SILENT;
  }

  private static Alarm alarm(AlarmKind kind, ProfileKind profile, String column, int unexpected) {
    return new Alarm(
        kind,
        Severity.WARNING,
        profile,
        ProfiledModel.NONE,
        ProfiledWindow.none("UTC"),
        List.of(column),
        "",
        "",
        null,
        7,
        unexpected,
        "");
  }

  @Test
  void namesItsOptionsAndDefaults() throws IOException {
    String page = Files.readString(PAGE);
    for (ConfigOption<?> option :
        List.of(
            AlarmOptions.ENABLED,
            AlarmOptions.WINDOWS,
            AlarmOptions.SILENCE,
            AlarmOptions.MAX_REJECT_SHARE,
            AlarmOptions.MIN_REJECT_ROWS)) {
      assertThat(page).contains("`" + option.key() + "`");
    }
    assertThat(page).contains("`" + AlarmOptions.WINDOWS.defaultValue() + "` by default");
    for (AdviceKind advice : EnumSet.complementOf(EnumSet.of(AdviceKind.NONE))) {
      assertThat(page).contains("\n| `" + advice + "` | ");
    }
  }
}
