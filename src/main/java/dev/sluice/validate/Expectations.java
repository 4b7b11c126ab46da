package dev.sluice.validate;

import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import dev.sluice.record.Violation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the validators of numbers and texts share. */
final class Expectations {
  private Expectations() {}

  static Expectation[] only(List<Expectation> expectations, ExpectationType... types) {
    return expectations.stream()
        .filter(expectation -> Arrays.asList(types).contains(expectation.type()))
        .toArray(Expectation[]::new);
  }

  /** Says that a column is missing, unless its array was refused: that has been said already. */
  static void addMissing(FeatureRow row, FeatureColumn feature, Expectation[] present) {
    if (row.violations().stream().anyMatch(v -> v.column().equals(feature.name()))) {
      return;
    }
    for (Expectation expectation : present) {
      row.violations()
          .add(
              new Violation(
                  feature.name(),
                  Reason.MISSING,
                  expectation.severity(),
                  "",
                  expectation.describe()));
    }
  }

  /**
   * Adds one violation for all elements of a column that do not meet an expectation: an array may
   * have any number of them.
   *
   * @param value the first of them
   * @param more how many others there are
   */
  static void add(
      FeatureRow row,
      FeatureColumn feature,
      Reason reason,
      Expectation expectation,
      String value,
      int more) {
    add(row, feature, reason, expectation.severity(), expectation.describe(), value, more);
  }

  /**
   * Adds one violation for all elements of a column that are not as described.
   *
   * @param value the first of them
   * @param more how many others there are
   */
  static void add(
      FeatureRow row,
      FeatureColumn feature,
      Reason reason,
      Severity severity,
      String expected,
      String value,
      int more) {
    String rest = "";
    if (more > 0) {
      String elements = more == 1 ? " more element)" : " more elements)";
      rest = " (and " + String.format(Locale.ROOT, "%,d", more) + elements;
    }
    int room = Violation.MAX_VALUE_LENGTH - rest.length();
    String shown = value.length() <= room ? value : value.substring(0, room);
    row.violations().add(new Violation(feature.name(), reason, severity, shown + rest, expected));
  }
}
