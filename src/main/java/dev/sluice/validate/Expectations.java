package dev.sluice.validate;

import dev.sluice.profile.Expectation;
import dev.sluice.profile.ExpectationType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Reason;
import dev.sluice.record.Violation;
import java.util.Arrays;
import java.util.List;

/** What the validators of numbers and texts share. */
final class Expectations {
  private Expectations() {}

  static Expectation[] only(List<Expectation> expectations, ExpectationType... types) {
    return expectations.stream()
        .filter(expectation -> Arrays.asList(types).contains(expectation.type()))
        .toArray(Expectation[]::new);
  }

  static void addMissing(FeatureRow row, FeatureColumn feature, Expectation[] present) {
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
}
