package dev.sluice.validate.check;

import dev.sluice.expect.Expectation;
import dev.sluice.expect.MaxAge;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import dev.sluice.record.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Checks that a record has an event time, not too far ahead of Kafka's timestamp, and what is
 * expected of it besides. Where Kafka's timestamp is missing, the clock takes its place. Where
 * there is no event time, or it is too far ahead, Kafka's timestamp takes its place, so that the
 * row still has a window, and nothing else is asked of it.
 */
final class EventTimeCheck implements RowCheck {
  private static final String UNTIMED = ", for Kafka's timestamp is missing";

  private final String field;
  private final long maxAheadMillis;
  private final String expectation;
  private final String expectationOfUntimed;
  private final LongSupplier clock;
  private final LatestEventTimes latest;
  private final List<Rule> monotone = new ArrayList<>();
  private final List<AgeRule> ages = new ArrayList<>();

  private record AgeRule(Rule rule, Rule ofUntimed, long maxMillis) {
    Rule of(FeatureRow row) {
      return row.source().hasTimestamp() ? rule : ofUntimed;
    }
  }

  /**
   * @param field path of the event time, empty for Kafka's timestamp
   * @param latest follows the event times of each partition, if that is asked for
   * @param clock milliseconds since the epoch, asked where Kafka's timestamp is missing
   */
  EventTimeCheck(String field, Duration maxAhead, LatestEventTimes latest, LongSupplier clock) {
    this.field = field;
    this.maxAheadMillis = maxAhead.toMillis();
    this.expectation = "event time at most " + maxAhead + " after Kafka's timestamp";
    this.expectationOfUntimed = "event time at most " + maxAhead + " after the clock" + UNTIMED;
    this.latest = latest;
    this.clock = clock;
  }

  /** Adds an expectation of an event time that is not too old. */
  void addFreshness(Expectation stated, Rule rule) {
    MaxAge most = (MaxAge) stated.parameters();
    Rule ofUntimed = rule.withBound(most.describeByClock(), UNTIMED);
    ages.add(new AgeRule(rule, ofUntimed, millis(most.age())));
  }

  /** Adds an expectation of event times in order. */
  void addMonotone(Rule rule) {
    monotone.add(rule);
  }

  private static long millis(Duration age) {
    try {
      return age.toMillis();
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }

  @Override
  public void check(FeatureRow row) {
    long eventTime = row.eventTime();
    if (eventTime == DeadLetter.NO_EVENT_TIME) {
      reject(row, Reason.MISSING, "", "event time present");
    } else if (row.source().isAhead(eventTime, maxAheadMillis, clock)) {
      boolean isTimed = row.source().hasTimestamp();
      String expected = isTimed ? expectation : expectationOfUntimed;
      reject(row, Reason.EVENT_TIME_AHEAD, instant(eventTime), expected);
    } else {
      for (int i = 0; i < ages.size(); i++) {
        AgeRule age = ages.get(i);
        if (age.rule.concerns(row) && isOlder(row, age.maxMillis)) {
          age.of(row).violated(row, instant(eventTime));
        }
      }
      if (!monotone.isEmpty()) {
        checkOrder(row, eventTime);
      }
    }
  }

  private boolean isOlder(FeatureRow row, long maxMillis) {
    long since = row.source().timestampOr(clock);
    long earliest = since - maxMillis;
    boolean overflows = earliest > since;
    return !overflows && row.eventTime() < earliest;
  }

  private void checkOrder(FeatureRow row, long eventTime) {
    EncodedRecord source = row.source();
    boolean inOrder = latest.advance(source.topic(), source.partition(), eventTime);
    for (int i = 0; i < monotone.size(); i++) {
      Rule rule = monotone.get(i);
      if (rule.concerns(row) && !inOrder) {
        rule.violated(row, instant(eventTime));
      }
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
