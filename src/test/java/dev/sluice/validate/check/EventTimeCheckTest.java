package dev.sluice.validate.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.MaxAge;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import dev.sluice.record.Violation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Records without a timestamp of Kafka's: a producer decides whether they have one. */
class EventTimeCheckTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final long HOUR = 3_600_000;

  private final AtomicInteger asked = new AtomicInteger();
  private final EventTimeCheck check =
      new EventTimeCheck(
          "ts",
          Duration.ofHours(1),
          new LatestEventTimes(),
          () -> {
            asked.incrementAndGet();
            return NOW;
          });

  private FeatureRow checked(long timestamp, long eventTime) {
    FeatureRow row = new FeatureRow(0, 0);
    row.reset(new EncodedRecord("t", 0, 1, timestamp, null, new byte[1], Header.NONE));
    row.setEventTime(eventTime);
    check.check(row);
    return row;
  }

  @Test
  void theClockIsTakenForAMissingTimestamp() {
    assertThat(checked(-1, NOW + HOUR).violations()).isEmpty();
    assertThat(checked(-1, NOW + HOUR + 1).violations())
        .containsExactly(
            new Violation(
                "ts",
                Reason.EVENT_TIME_AHEAD,
                Severity.CRITICAL,
                "2023-11-14T23:13:20.001Z",
                "event time at most PT1H after the clock, for Kafka's timestamp is missing"));
  }

  @Test
  void theClockIsNotAskedWhereThereIsATimestamp() {
    addFreshness();
    assertThat(checked(NOW - 10 * HOUR, NOW - 9 * HOUR).violations()).isEmpty();
    assertThat(checked(NOW - 10 * HOUR, NOW - 9 * HOUR + 1).violations()).hasSize(1);
    assertThat(asked).hasValue(0);
  }

  @Test
  void freshnessIsHeldAgainstTheClockToo() {
    addFreshness();
    assertThat(checked(-1, NOW - 2 * HOUR).violations()).isEmpty();
    assertThat(checked(-1, NOW - 2 * HOUR - 1).violations())
        .containsExactly(
            new Violation(
                "ts",
                Reason.STALE,
                Severity.CRITICAL,
                "2023-11-14T20:13:19.999Z",
                "event time at most PT2H before the clock, for Kafka's timestamp is missing",
                "at most PT2H before the clock",
                0));
    assertThat(checked(NOW, NOW - 2 * HOUR - 1).violations())
        .extracting(Violation::expectation)
        .containsExactly("event time at most PT2H before Kafka's timestamp");
  }

  private void addFreshness() {
    Expectation stated =
        Expectation.of(
            ExpectationType.FRESHNESS,
            List.of("ts"),
            new MaxAge(Duration.ofHours(2)),
            Severity.CRITICAL);
    check.addFreshness(stated, Rule.of(stated, 0, true, false, null));
  }
}
