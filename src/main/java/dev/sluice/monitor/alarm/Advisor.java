package dev.sluice.monitor.alarm;

import dev.sluice.profile.Advice;
import dev.sluice.profile.AdviceKind;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmKind;
import dev.sluice.profile.ProfileKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What to do about an alarm, given all that is wrong in its window, in inputs and in outputs: a
 * broken feed is mended and never trained on; a model is trained anew where inputs and outputs have
 * moved together and nothing says that the feed is broken; all else is watched.
 */
final class Advisor {
  private static final int NAMED = 3;

  /** What only a broken feed does to a column. */
  private static final Set<AlarmKind> OF_FEED =
      EnumSet.of(
          AlarmKind.COLUMN_VANISHED,
          AlarmKind.FLAT_LINE,
          AlarmKind.MISSING_JUMP,
          AlarmKind.UNIT_CHANGE);

  private final List<Alarm> wrong;
  private final List<ProfileKind> compared;

  /**
   * @param wrong all that is wrong in the window
   * @param compared the kinds of profiles of which a column of the window has drifted or has not
   */
  Advisor(List<Alarm> wrong, List<ProfileKind> compared) {
    this.wrong = List.copyOf(wrong);
    this.compared = List.copyOf(compared);
  }

  Advice advise(Alarm alarm) {
    if (alarm.profileKind() == ProfileKind.OUTPUT) {
      return ofOutput(alarm);
    }
    return switch (alarm.kind()) {
      case FEED_SILENT ->
          fix("see whether its producers run, and whether they can reach the topic");
      case REJECT_SHARE ->
          fix("the producers send records that break expectations of single records");
      case COLUMN_VANISHED, FLAT_LINE, MISSING_JUMP, UNIT_CHANGE ->
          fix("training on it would teach the model the fault: " + name(alarm.kind()));
      case NEW_CATEGORY ->
          watch(
              "the model has not been trained on these values: mend the feed if they are misspelt,"
                  + " train anew if they stay");
      case EXPECTATION -> ofExpectation(alarm);
      case DRIFT -> ofInputDrift(alarm);
    };
  }

  private Advice ofExpectation(Alarm alarm) {
    String trouble = named(feedTrouble());
    if (alarm.unexpected() > 0) {
      return fix("too many records do not meet an expectation of single records");
    }
    return trouble.isEmpty()
        ? watch("the window as a whole is not as expected, though its records may be right")
        : fix("the feed is broken in the same window: " + trouble);
  }

  private Advice ofInputDrift(Alarm alarm) {
    String trouble = named(feedTrouble().and(other -> other.columns().equals(alarm.columns())));
    if (!trouble.isEmpty()) {
      return fix("it comes from a fault of the column: " + trouble);
    }
    String elsewhere = named(feedTrouble());
    if (!elsewhere.isEmpty()) {
      return watch("other columns are broken in the same window, look at them first: " + elsewhere);
    }
    String outputs = named(drift(ProfileKind.OUTPUT));
    if (!outputs.isEmpty()) {
      return new Advice(
          AdviceKind.RETRAIN,
          List.of(
              "the outputs have moved in the same window: " + outputs,
              "nothing says that the feed is broken"));
    }
    return watch(
        compared.contains(ProfileKind.OUTPUT)
            ? "the outputs have not moved in the same window"
            : "the outputs of the window are not known");
  }

  private Advice ofOutput(Alarm alarm) {
    String trouble = named(feedTrouble());
    if (!trouble.isEmpty()) {
      return fix("the model's inputs are broken in the same window: " + trouble);
    }
    String inputs = named(drift(ProfileKind.INPUT));
    if (alarm.kind() == AlarmKind.DRIFT && !inputs.isEmpty()) {
      return new Advice(
          AdviceKind.RETRAIN,
          List.of(
              "inputs have moved in the same window: " + inputs,
              "nothing says that the feed is broken"));
    }
    if (!inputs.isEmpty()) {
      return watch("inputs have moved in the same window: " + inputs);
    }
    return watch(
        compared.contains(ProfileKind.INPUT)
            ? "no input explains it: see whether the right model is deployed, and what its inputs"
                + " have in common"
            : "the inputs of the window are not known");
  }

  private static Predicate<Alarm> feedTrouble() {
    return alarm ->
        alarm.profileKind() == ProfileKind.INPUT
            && (OF_FEED.contains(alarm.kind()) || alarm.kind() == AlarmKind.REJECT_SHARE);
  }

  private static Predicate<Alarm> drift(ProfileKind kind) {
    return alarm -> alarm.profileKind() == kind && alarm.kind() == AlarmKind.DRIFT;
  }

  /** Returns what is wrong in this way, at most three of them by name; empty for nothing. */
  private String named(Predicate<Alarm> way) {
    List<String> names =
        wrong.stream().filter(way).map(a -> of(a) + name(a.kind())).distinct().toList();
    String named = names.stream().limit(NAMED).collect(Collectors.joining(", "));
    return names.size() > NAMED ? named + " and " + (names.size() - NAMED) + " more" : named;
  }

  private static String of(Alarm alarm) {
    return alarm.columns().isEmpty() ? "" : String.join(", ", alarm.columns()) + " ";
  }

  private static String name(AlarmKind kind) {
    return switch (kind) {
      case COLUMN_VANISHED -> "has vanished";
      case FLAT_LINE -> "has one value only";
      case MISSING_JUMP -> "has more missing values";
      case UNIT_CHANGE -> "has changed its unit";
      case NEW_CATEGORY -> "has new values";
      case DRIFT -> "has drifted";
      case REJECT_SHARE -> "many records are rejected";
      case EXPECTATION -> "an expectation is not met";
      case FEED_SILENT -> "no records come";
    };
  }

  private static Advice fix(String reason) {
    return Advice.of(AdviceKind.FIX_FEED, reason);
  }

  private static Advice watch(String reason) {
    return Advice.of(AdviceKind.WATCH, reason);
  }
}
