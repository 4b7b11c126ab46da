package dev.sluice.monitor.alarm;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.AlarmWindows;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledWindow;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All that is said of one window, and what was said of those before → its alarms. */
final class WindowJudge implements Serializable {
  private static final long serialVersionUID = 1L;

  private final AlarmRules rules;

  WindowJudge(AlarmRules rules) {
    this.rules = requireNonNull(rules, "rules is null");
  }

  /**
   * Judges a window.
   *
   * @param profiles what the profiles of one window say, of inputs and of outputs
   * @param histories by {@link ConditionKey}, brought up to date; what is idle is removed
   * @return the alarms that the window raises and clears, in an order that is a function of what
   *     the profiles say
   */
  List<Alarm> judge(List<Judged> profiles, Map<String, AlarmHistory> histories) {
    List<Judged> sorted = new ArrayList<>(profiles);
    sorted.sort(Comparator.comparing(Judged::kind));
    List<Alarm> wrong =
        sorted.stream().flatMap(p -> p.wrong().stream()).map(Finding::alarm).toList();
    List<ProfileKind> compared =
        sorted.stream().filter(Judged::isCompared).map(Judged::kind).distinct().toList();
    Advisor advisor = new Advisor(wrong, compared);
    Set<String> seen = new HashSet<>(); // a condition counts once per window, and wrong if it is
    List<Alarm> alarms = new ArrayList<>();
    for (Judged profile : sorted) {
      for (Finding finding : profile.wrong()) {
        if (seen.add(finding.condition())) {
          takeWrong(finding, columns(sorted, profile.kind()), advisor, histories, alarms);
        }
      }
    }
    for (Judged profile : sorted) {
      for (String condition : profile.right()) {
        if (seen.add(condition)) {
          takeRight(condition, profile.window(), histories, alarms);
        }
      }
    }
    new GoneColumns(sorted).clear(seen, histories, alarms);
    return alarms;
  }

  private static int columns(List<Judged> profiles, ProfileKind kind) {
    return (int) profiles.stream().filter(p -> p.ofColumn() && p.kind() == kind).count();
  }

  private void takeWrong(
      Finding finding,
      int columns,
      Advisor advisor,
      Map<String, AlarmHistory> histories,
      List<Alarm> alarms) {
    Alarm alarm = finding.alarm();
    AlarmWindows windows = rules.windows(alarm.kind());
    AlarmHistory history =
        histories
            .getOrDefault(finding.condition(), AlarmHistory.NONE)
            .with(true, alarm.window().start(), windows);
    if (history.isRaising(windows)) {
      Double rate = finding.tested() ? rules.falseAlarmRate(alarm.kind(), columns) : null;
      Alarm raised = alarm.raised(history.course(), advisor.advise(alarm), rate);
      alarms.add(raised);
      history = history.withRaised(raised);
    }
    histories.put(finding.condition(), history);
  }

  private void takeRight(
      String condition,
      ProfiledWindow window,
      Map<String, AlarmHistory> histories,
      List<Alarm> alarms) {
    AlarmHistory before = histories.get(condition);
    if (before == null) {
      return; // it was right before, as far as anybody remembers
    }
    AlarmWindows windows = rules.windows(ConditionKey.kind(condition));
    AlarmHistory history = before.with(false, window.start(), windows);
    if (history.isClearing(windows)) {
      alarms.add(
          history
              .raised()
              .cleared(window, history.course(), "so no more; was: " + history.raised().message()));
      history = history.withRaised(null);
    }
    if (history.isIdle()) {
      histories.remove(condition);
    } else {
      histories.put(condition, history);
    }
  }

  /** Returns the open alarms of histories cleared: no window of theirs will be judged any more. */
  static List<Alarm> abandon(Map<String, AlarmHistory> histories) {
    return histories.entrySet().stream()
        .filter(entry -> entry.getValue().raised() != null)
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getValue())
        .map(
            history ->
                history
                    .raised()
                    .cleared(
                        history.raised().window(),
                        history.course(),
                        "the job goes on with another model, baseline or segments; was: "
                            + history.raised().message()))
        .toList();
  }
}
