package dev.sluice.encode;

import dev.sluice.profile.Advice;
import dev.sluice.profile.AdviceKind;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmCourse;
import dev.sluice.profile.AlarmKind;
import dev.sluice.profile.AlarmState;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.record.Severity;
import java.util.Locale;

/** The record of an alarm, as {@link AlarmEncoder} writes it → the alarm. */
public final class AlarmDecoder {
  private AlarmDecoder() {}

  /**
   * Returns the alarm that a record says.
   *
   * @throws IllegalArgumentException if the record cannot be of an alarm that was published: a name
   *     that is not known, numbers that contradict each other
   */
  public static Alarm decode(dev.sluice.avro.Alarm record) {
    return new Alarm(
        AlarmKind.valueOf(record.getKind()),
        Severity.valueOf(record.getSeverity().toUpperCase(Locale.ROOT)),
        AlarmState.valueOf(record.getState()),
        ProfileKind.valueOf(record.getProfileKind()),
        new ProfiledModel(record.getModelName(), record.getModelVersion(), record.getModelSha256()),
        new ProfiledWindow(
            record.getBaselineSha256(),
            record.getSegment(),
            ProfileDecoder.millis(record.getWindowStart()),
            ProfileDecoder.millis(record.getWindowEnd()),
            record.getWindow(),
            record.getTimeZone(),
            0),
        record.getColumns(),
        record.getExpectation(),
        record.getExpected(),
        record.getObserved(),
        record.getEvaluated(),
        record.getUnexpected(),
        record.getMessage(),
        new AlarmCourse(
            ProfileDecoder.millis(record.getSince()),
            record.getWindowsWrong(),
            record.getWindowsJudged()),
        new Advice(AdviceKind.valueOf(record.getAdvice()), record.getAdviceReasons()),
        record.getExpectedFalseAlarmRate());
  }
}
