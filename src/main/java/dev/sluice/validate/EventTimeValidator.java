package dev.sluice.validate;

import dev.sluice.record.DeadLetter;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import dev.sluice.record.Violation;
import java.time.Duration;
import java.time.Instant;

/**
 * Checks that a record has an event time, not too far ahead of Kafka's timestamp. Where it is
 * rejected, Kafka's timestamp takes its place, so that the row still has a window.
 */
final class EventTimeValidator implements ColumnValidator {
  private final String field;
  private final long maxAheadMillis;
  private final String expectation;

  /**
   * @param field path of the event time, empty for Kafka's timestamp
   */
  EventTimeValidator(String field, Duration maxAhead) {
    this.field = field;
    this.maxAheadMillis = maxAhead.toMillis();
    this.expectation = "event time at most " + maxAhead + " after Kafka's timestamp";
  }

  @Override
  public void check(FeatureRow row) {
    long eventTime = row.eventTime();
    if (eventTime == DeadLetter.NO_EVENT_TIME) {
      reject(row, Reason.MISSING, "", "event time present");
    } else if (row.source().isAhead(eventTime, maxAheadMillis)) {
      reject(row, Reason.EVENT_TIME_AHEAD, instant(eventTime), expectation);
    }
  }

  private void reject(FeatureRow row, Reason reason, String value, String expected) {
    row.violations().add(new Violation(field, reason, Severity.CRITICAL, value, expected));
    row.setEventTime(row.source().timestamp());
  }

  private static String instant(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
