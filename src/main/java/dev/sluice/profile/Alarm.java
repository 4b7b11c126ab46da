package dev.sluice.profile;

import static java.util.Objects.requireNonNull;

import dev.sluice.record.Severity;
import java.io.Serializable;
import java.util.List;

/**
 * Something about a stream, usually found in a window, that a person should know.
 *
 * @param kind what it is about
 * @param severity how bad it is
 * @param state whether it is so
 * @param profileKind whether the window is one of inputs or of outputs
 * @param model the model whose columns they are
 * @param window the window that raised or cleared it; without start and end for a silent feed
 * @param columns the columns it is about; empty for whole records
 * @param expectation id of the expectation that was not met, empty where there is none
 * @param expected what was expected, for a person
 * @param observed what was seen, null where there was nothing to see
 * @param evaluated how many records or values were looked at
 * @param unexpected how many records were not as expected; 0 where it is about the window
 * @param message one line for a person, in which long lists of names are cut
 * @param course since when it is so, and in how many windows
 * @param advice what to do about it; none where it is cleared
 * @param expectedFalseAlarmRate at most how likely a window raises an alarm of this kind where
 *     nothing is wrong, 0 to 1; null where this is no matter of chance, and where it is not known
 */
public record Alarm(
    AlarmKind kind,
    Severity severity,
    AlarmState state,
    ProfileKind profileKind,
    ProfiledModel model,
    ProfiledWindow window,
    List<String> columns,
    String expectation,
    String expected,
    String observed,
    long evaluated,
    long unexpected,
    String message,
    AlarmCourse course,
    Advice advice,
    Double expectedFalseAlarmRate)
    implements Serializable {
  public Alarm {
    requireNonNull(kind, "kind is null");
    requireNonNull(severity, "severity is null");
    requireNonNull(state, "state is null");
    requireNonNull(profileKind, "profileKind is null");
    requireNonNull(model, "model is null");
    requireNonNull(window, "window is null");
    requireNonNull(expectation, "expectation is null");
    requireNonNull(expected, "expected is null");
    requireNonNull(message, "message is null");
    requireNonNull(course, "course is null");
    requireNonNull(advice, "advice is null");
    columns = List.copyOf(columns);
    if (expectedFalseAlarmRate != null
        && !(expectedFalseAlarmRate >= 0 && expectedFalseAlarmRate <= 1)) {
      throw new IllegalArgumentException(
          "expected false-alarm rate is " + expectedFalseAlarmRate + ", expected 0 to 1");
    }
  }

  /** Something that is so in a window, without a course and advice. */
  public Alarm(
      AlarmKind kind,
      Severity severity,
      ProfileKind profileKind,
      ProfiledModel model,
      ProfiledWindow window,
      List<String> columns,
      String expectation,
      String expected,
      String observed,
      long evaluated,
      long unexpected,
      String message) {
    this(
        kind,
        severity,
        AlarmState.RAISED,
        profileKind,
        model,
        window,
        columns,
        expectation,
        expected,
        observed,
        evaluated,
        unexpected,
        message,
        AlarmCourse.NONE,
        Advice.NONE,
        null);
  }

  /** Returns this alarm with its course, advice and rate. */
  public Alarm raised(AlarmCourse newCourse, Advice newAdvice, Double falseAlarmRate) {
    return new Alarm(
        kind,
        severity,
        AlarmState.RAISED,
        profileKind,
        model,
        window,
        columns,
        expectation,
        expected,
        observed,
        evaluated,
        unexpected,
        message,
        newCourse,
        newAdvice,
        falseAlarmRate);
  }

  /**
   * Returns this alarm cleared: nothing is observed, nothing to be done.
   *
   * @param clearedBy the window that cleared it
   * @param newMessage why it is cleared
   */
  public Alarm cleared(ProfiledWindow clearedBy, AlarmCourse newCourse, String newMessage) {
    return new Alarm(
        kind,
        severity,
        AlarmState.CLEARED,
        profileKind,
        model,
        clearedBy,
        columns,
        expectation,
        expected,
        null,
        0,
        0,
        newMessage,
        newCourse,
        Advice.NONE,
        expectedFalseAlarmRate);
  }

  /**
   * Returns what it is about, whichever window it is raised for: {@code
   * kind/profileKind/modelSha256/baselineSha256/segment/columns/expectation}.
   */
  public String key() {
    return String.join(
        "/",
        kind.name(),
        profileKind.name(),
        model.sha256(),
        window.baselineSha256(),
        window.segment(),
        String.join(",", columns),
        expectation);
  }
}
