package dev.sluice.profile;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.expect.ExpectationType;
import dev.sluice.record.Severity;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no file and no state can hold is refused where it arises. */
class FiniteTest {
  @ParameterizedTest
  @ValueSource(
      doubles = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, -Double.MIN_VALUE})
  void whatADriftSaysIsAFiniteNumberOfZeroOrMore(double number) {
    refused("psi", number, () -> new DriftMetric("psi", number, 0));
    refused("error bound of psi", number, () -> new DriftMetric("psi", 0, number));
    assertThatThrownBy(() -> new ColumnDrift("psi", number, 0, 0, DriftVerdict.OK))
        .hasMessageStartingWith("psi is " + number + " with verdict OK, expected a finite number");
    refused("threshold", number, () -> new ColumnDrift("psi", 0.0, number, 0, DriftVerdict.OK));
    refused("error bound", number, () -> new ColumnDrift("psi", 0.0, 0, number, DriftVerdict.OK));
    refused("statistic of chi", number, () -> new Significance("chi", number, 1, 0.5, false));
    refused("error bound of a quantile", number, () -> new Quantile(1, number));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN})
  void whatAColumnSaysIsAFiniteNumber(double number) {
    refused("value of FLAT_LINE", number, () -> new DriftSign(DriftSignKind.FLAT_LINE, number, ""));
    refused("quantile", number, () -> new Quantile(number, 0));
    refused("min", number, () -> numbers(number, 0));
    refused("max", number, () -> numbers(0, number));
    refused("share", number, () -> result(number, 1));
    refused("mostly", number, () -> result(1, number));
  }

  private static void refused(String what, double number, ThrowingCallable made) {
    assertThatThrownBy(made)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(what + " is " + number + ", expected ");
  }

  private static NumberSummary numbers(double min, double max) {
    return new NumberSummary(0, 0, 0, 0, min, max, Sums.NONE, Histogram.NONE);
  }

  private static ExpectationResult result(double share, double mostly) {
    return new ExpectationResult(
        "id",
        ExpectationType.PRESENT,
        "present",
        List.of("x"),
        Severity.WARNING,
        1,
        0,
        share,
        mostly,
        null,
        true,
        "");
  }
}
