package dev.sluice.monitor;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.AlarmOptions;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmKind;
import dev.sluice.profile.AlarmState;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ExpectationResult;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.RejectionCount;
import dev.sluice.record.Severity;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A published profile → its alarms: a function of the profile alone. */
final class Alarms implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int NAMED = 3;

  private final AlarmOptions options;

  Alarms(AlarmOptions options) {
    this.options = requireNonNull(options, "options is null");
  }

  /**
   * Returns the alarms of a profile; a window that still takes rows raises none, nor do late rows
   * without a window.
   */
  List<Alarm> of(DataProfile profile) {
    List<Alarm> alarms = new ArrayList<>();
    if (profile.window().start() == null || !profile.window().isFinal()) {
      return alarms;
    }
    for (ExpectationResult result : profile.findings().expectations()) {
      if (isAlarming(result)) {
        alarms.add(ofExpectation(profile, result));
      }
    }
    boolean summary = profile.columns().isEmpty() && profile.kind() == ProfileKind.INPUT;
    if (summary && isRejectingTooMuch(profile)) {
      alarms.add(ofRejections(profile));
    }
    return alarms;
  }

  /** Single records have been judged one by one; what the window could not judge is no alarm. */
  private static boolean isAlarming(ExpectationResult result) {
    return Boolean.FALSE.equals(result.met())
        && result.isOfWindow()
        && result.severity() != Severity.INFO;
  }

  private boolean isRejectingTooMuch(DataProfile summary) {
    return summary.counts().rows() >= options.minRejectRows()
        && share(summary) > options.maxRejectShare();
  }

  private static double share(DataProfile summary) {
    return summary.counts().rejected() / (double) summary.counts().rows();
  }

  private static Alarm ofExpectation(DataProfile profile, ExpectationResult result) {
    String about = result.columns().isEmpty() ? "the window" : String.join(", ", result.columns());
    return alarm(
        profile,
        AlarmKind.EXPECTATION,
        result.severity(),
        result.columns(),
        result.id(),
        result.expectation(),
        result.observed(),
        result.evaluated(),
        result.unexpected(),
        about
            + ": got "
            + (result.observed() == null ? "nothing" : result.observed())
            + ", expected "
            + result.expectation());
  }

  private Alarm ofRejections(DataProfile summary) {
    String observed = String.format(Locale.ROOT, "%.4f", share(summary));
    String expected = "a share of rejected records of at most " + options.maxRejectShare();
    return alarm(
        summary,
        AlarmKind.REJECT_SHARE,
        Severity.CRITICAL,
        List.of(),
        "",
        expected,
        observed,
        summary.counts().rows(),
        summary.counts().rejected(),
        summary.counts().rejected()
            + " of "
            + summary.counts().rows()
            + " records were rejected, expected "
            + expected
            + producers(summary.findings().rejections())
            + reasons(summary.findings().rejections()));
  }

  private static String producers(List<RejectionCount> rejections) {
    Map<String, Long> counts = new TreeMap<>();
    rejections.stream()
        .filter(rejection -> !rejection.producer().isEmpty())
        .forEach(r -> counts.merge(r.producer(), r.count(), Long::sum));
    return most("; producers of most: ", counts);
  }

  private static String reasons(List<RejectionCount> rejections) {
    Map<String, Long> counts = new TreeMap<>();
    rejections.forEach(r -> counts.merge(r.reason().name(), r.count(), Long::sum));
    return most("; reasons of most: ", counts);
  }

  private static String most(String head, Map<String, Long> counts) {
    String listed =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(NAMED)
            .map(count -> count.getKey() + " (" + count.getValue() + ")")
            .collect(Collectors.joining(", "));
    return listed.isEmpty() ? "" : head + listed;
  }

  private static Alarm alarm(
      DataProfile profile,
      AlarmKind kind,
      Severity severity,
      List<String> columns,
      String expectation,
      String expected,
      String observed,
      long evaluated,
      long unexpected,
      String message) {
    return new Alarm(
        kind,
        severity,
        AlarmState.RAISED,
        profile.kind(),
        profile.model(),
        profile.window(),
        columns,
        expectation,
        expected,
        observed,
        evaluated,
        unexpected,
        message);
  }
}
