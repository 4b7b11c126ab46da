package dev.sluice.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeededRowsTest {
  /** scipy 1.10.1, {@code chi2.isf(upperTail, degreesOfFreedom)}. */
  @ParameterizedTest
  @CsvSource({
    "1, 0.01, 6.634896601021217",
    "9, 0.01, 21.665994333461928",
    "16, 0.01, 31.999926908815176",
    "99, 0.05, 123.22522145336181",
    "999, 0.01, 1105.9169575045823",
  })
  void quantilesAreThoseOfScipy(int degreesOfFreedom, double upperTail, double expected) {
    assertThat(NeededRows.quantile(upperTail, degreesOfFreedom))
        .isCloseTo(expected, within(expected * 1e-12));
  }

  @Test
  void chanceStaysBelowTheThresholdFromThereOn() {
    long needed = NeededRows.of(0.1, 10, 10_000, 0.01, 1);
    double critical = 21.665994333461928;
    assertThat((1.0 / needed + 1.0 / 10_000) * critical).isLessThanOrEqualTo(0.1);
    assertThat((1.0 / (needed - 1) + 1.0 / 10_000) * critical).isGreaterThan(0.1);
    assertThat(needed).isEqualTo(222); // 1 / (0.1 / 21.666 - 1 / 10000) = 221.46
  }

  @Test
  void neverFewerThanTheLeast() {
    assertThat(NeededRows.of(5, 10, 10_000, 0.01, 100)).isEqualTo(100);
    assertThat(NeededRows.of(0, 10, 10_000, 0.01, 100)).isEqualTo(100);
    assertThat(NeededRows.of(0.1, 1, 10_000, 0.01, 100)).isEqualTo(100);
  }

  @Test
  void aReferenceCanBeTooSmallForAnyWindow() {
    assertThat(NeededRows.of(0.1, 10, 216, 0.01, 1)).isEqualTo(NeededRows.NEVER);
    assertThat(NeededRows.of(0.1, 10, 220, 0.01, 1)).isBetween(1_000L, 1_000_000L);
  }
}
