package dev.sluice.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.record.DeadLetter;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import dev.sluice.record.Violation;
import org.junit.jupiter.api.Test;

/** What is asked of every record's event time, whatever is expected of its columns. */
class EventTimesTest {
  @Test
  void rejectsEventTimesTooFarAhead() {
    Columns columns = new Columns();
    FeatureRow row = columns.row();
    long kafka = Columns.KAFKA_TIMESTAMP;
    row.setEventTime(kafka + 3_600_000);
    assertThat(columns.validator().check(row)).isTrue();
    row.setEventTime(kafka + 3_600_001);
    assertThat(columns.validator().check(row)).isFalse();
    assertThat(row.violations())
        .containsExactly(
            new Violation(
                "ts",
                Reason.EVENT_TIME_AHEAD,
                Severity.CRITICAL,
                "2023-11-14T23:13:20.001Z",
                "event time at most PT1H after Kafka's timestamp"));
    assertThat(row.eventTime()).as("a window for the profile").isEqualTo(kafka);
  }

  @Test
  void takesEventTimesOfAnyAge() {
    Columns columns = new Columns();
    for (long early : new long[] {0, -1, Long.MIN_VALUE + 1}) {
      FeatureRow row = columns.row();
      row.setEventTime(early);
      assertThat(columns.validator().check(row)).isTrue();
    }
  }

  @Test
  void rejectsMissingEventTimes() {
    Columns columns = new Columns();
    FeatureRow row = columns.row();
    row.setEventTime(DeadLetter.NO_EVENT_TIME);
    assertThat(columns.validator().check(row)).isFalse();
    assertThat(row.violations())
        .extracting(Violation::message)
        .containsExactly("feature ts is missing, expected event time present");
    assertThat(row.eventTime()).isEqualTo(Columns.KAFKA_TIMESTAMP);
  }
}
