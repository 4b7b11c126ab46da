package dev.sluice.validate;

import dev.sluice.profile.DataProfile;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Severity;
import dev.sluice.record.Violation;
import dev.sluice.validate.check.LatestEventTimes;
import dev.sluice.validate.check.RecordChecks;
import java.time.Duration;
import java.util.List;

/** Checks a row against all that is expected of a record. Not thread-safe. */
public final class RecordValidator {
  private final RecordChecks checks;

  private RecordValidator(RecordChecks checks) {
    this.checks = checks;
  }

  /**
   * Compiles the expectations of a profile for a layout.
   *
   * @param eventTimeField path of the event time, empty for Kafka's timestamp
   * @param maxAhead how far an event time may be after Kafka's timestamp
   * @throws IllegalArgumentException if an expectation is about a column that the layout lacks, or
   *     of another kind; or if their regular expressions are too large together
   */
  public static RecordValidator compile(
      FeatureLayout layout, DataProfile profile, String eventTimeField, Duration maxAhead) {
    return compile(layout, profile, eventTimeField, maxAhead, new LatestEventTimes());
  }

  /**
   * Compiles the expectations of a profile for a layout.
   *
   * @param latest follows the event times of each partition
   */
  static RecordValidator compile(
      FeatureLayout layout,
      DataProfile profile,
      String eventTimeField,
      Duration maxAhead,
      LatestEventTimes latest) {
    return new RecordValidator(
        RecordChecks.compile(layout, profile.allExpectations(), eventTimeField, maxAhead, latest));
  }

  /** Compiles only what the model's inputs ask of a row: neither a profile nor its event time. */
  public static RecordValidator ofInputs(FeatureLayout layout) {
    return new RecordValidator(RecordChecks.ofInputs(layout));
  }

  /**
   * Checks a row; what it does not meet is added to its violations.
   *
   * @return whether the row is valid: no violation is critical
   */
  public boolean check(FeatureRow row) {
    checks.check(row);
    return row.violations().isEmpty() || indexOfCritical(row.violations()) < 0;
  }

  /** Returns whether a row that was checked can go on all the same, with its violations on it. */
  boolean isPredictable(FeatureRow row) {
    for (Violation violation : row.violations()) {
      if (checks.isRequired(violation)) {
        return false;
      }
    }
    return true;
  }

  private static int indexOfCritical(List<Violation> violations) {
    for (int i = 0; i < violations.size(); i++) {
      if (violations.get(i).severity() == Severity.CRITICAL) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Returns the violation that a rejected row is said to be rejected for.
   *
   * @throws IllegalStateException if no violation is critical
   */
  public static Violation firstCritical(FeatureRow row) {
    int index = indexOfCritical(row.violations());
    if (index < 0) {
      throw new IllegalStateException("row was rejected without a critical violation");
    }
    return row.violations().get(index);
  }
}
