package dev.sluice.monitor.alarm;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.AlarmOptions;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmKind;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ExpectationResult;
import dev.sluice.profile.ProfileKind;
import dev.sluice.record.Severity;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A published profile → what is wrong in it, and what is right: a function of it alone. */
final class Conditions implements Serializable {
  private static final long serialVersionUID = 1L;

  /** So many characters of the columns' names are in a message. */
  static final int MAX_NAMES = 256;

  private final Rejections rejections;

  Conditions(AlarmOptions options) {
    requireNonNull(options, "options is null");
    this.rejections = new Rejections(options.maxRejectShare(), options.minRejectRows());
  }

  /**
   * Returns what a profile says; nothing if its window is not judged.
   *
   * @param due the watermark at which all profiles of the window are there
   */
  Optional<Judged> of(DataProfile profile, long due) {
    if (!isJudged(profile)) {
      return Optional.empty();
    }
    List<Finding> wrong = new ArrayList<>();
    List<String> right = new ArrayList<>();
    profile.findings().expectations().forEach(result -> judge(profile, result, wrong, right));
    for (ColumnProfile column : profile.columns()) {
      new ColumnConditions(profile, column).judge(wrong, right);
    }
    if (profile.columns().isEmpty() && profile.kind() == ProfileKind.INPUT) {
      rejections.judge(profile, wrong, right);
    }
    return Optional.of(
        new Judged(
            profile.kind(),
            profile.window(),
            due,
            !profile.columns().isEmpty(),
            profile.columns().isEmpty() ? "" : profile.columns().get(0).name(),
            wrong,
            right));
  }

  /**
   * Late rows have no window, and others may still come for one that is not final. This is the one
   * place that says which windows are judged.
   */
  static boolean isJudged(DataProfile profile) {
    return profile.window().start() != null && profile.window().isFinal();
  }

  /** Single records have been judged one by one; what the window could not judge is not known. */
  private static void judge(
      DataProfile profile, ExpectationResult result, List<Finding> wrong, List<String> right) {
    if (result.met() == null || !result.isOfWindow() || result.severity() == Severity.INFO) {
      return;
    }
    if (result.met()) {
      right.add(
          ConditionKey.of(AlarmKind.EXPECTATION, profile.kind(), result.columns(), result.id()));
    } else {
      wrong.add(new Finding(ofExpectation(profile, result), false));
    }
  }

  private static Alarm ofExpectation(DataProfile profile, ExpectationResult result) {
    String about =
        result.columns().isEmpty() ? "the window" : cut(String.join(", ", result.columns()));
    return new Alarm(
        AlarmKind.EXPECTATION,
        result.severity(),
        profile.kind(),
        profile.model(),
        profile.window(),
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

  /** Whoever wants to know all columns reads the alarm's list of them. */
  private static String cut(String names) {
    if (names.length() <= MAX_NAMES) {
      return names;
    }
    int end = MAX_NAMES - 1;
    return names.substring(0, Character.isHighSurrogate(names.charAt(end - 1)) ? end - 1 : end)
        + "…";
  }
}
