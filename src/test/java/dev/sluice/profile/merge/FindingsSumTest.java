package dev.sluice.profile.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.expect.Bounds;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.profile.ExpectationResult;
import dev.sluice.profile.RejectionCount;
import dev.sluice.profile.WindowFindings;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsSumTest {
  private static final Expectation RANGE =
      Expectation.range("x", 0.0, 1.0, Severity.WARNING).withMostly(0.9);

  private static ExpectationResult ofWindow() {
    return new ExpectationResult(
        "MEAN x",
        ExpectationType.MEAN,
        "mean " + Bounds.class,
        List.of("x"),
        Severity.WARNING,
        5,
        0,
        null,
        1,
        "3",
        true,
        "");
  }

  @Test
  void recordsAddUpAndAreJudgedAnewAndWindowsAreNot() {
    WindowFindings met =
        new WindowFindings(
            List.of(ExpectationResult.ofRecords(RANGE, 100, 1), ofWindow()),
            List.of(
                new RejectionCount(Reason.NAN, "b", 2), new RejectionCount(Reason.NAN, "a", 2)));
    WindowFindings unmet =
        new WindowFindings(
            List.of(ExpectationResult.ofRecords(RANGE, 50, 29)),
            List.of(
                new RejectionCount(Reason.MISSING, "a", 1),
                new RejectionCount(Reason.NAN, "b", 5)));

    WindowFindings sum = FindingsSum.of(List.of(met, unmet));

    assertThat(sum.expectations())
        .containsExactly(ExpectationResult.ofRecords(RANGE, 150, 30))
        .allSatisfy(
            result -> {
              assertThat(result.met()).isFalse();
              assertThat(result.share()).isEqualTo(0.8);
              assertThat(result.observed()).isEqualTo("30 of 150 records do not meet it");
            });
    assertThat(sum.rejections())
        .containsExactly(
            new RejectionCount(Reason.NAN, "b", 7),
            new RejectionCount(Reason.NAN, "a", 2),
            new RejectionCount(Reason.MISSING, "a", 1));
  }
}
