package dev.sluice.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinomialTest {
  /** scipy 1.17.1, {@code binom.sf(successes - 1, trials, share)}. */
  @ParameterizedTest
  @CsvSource({
    "5, 10, 0.25, 0.07812690734863281",
    "20, 1000, 0.015, 0.12309468917591103",
    "12, 1000, 0.015, 0.8172497558197711",
    "550000, 1000000, 0.5489, 0.013562282910618078",
    "549000, 1000000, 0.5489, 0.42076878991684286",
    "700, 700, 0.9, 9.32731421868199e-33",
    "1, 3, 0.001, 0.0029970009999999996",
    "30, 30, 0.5, 9.313225746154785e-10",
  })
  void tailsAreThoseOfScipy(double successes, double trials, double share, double expected) {
    assertThat(Binomial.atLeast(successes, trials, share))
        .isCloseTo(expected, within(expected * 1e-10));
  }

  @Test
  void atItsEndsItIsOneOrNextToNothing() {
    assertThat(Binomial.atLeast(0, 10, 0.1)).isEqualTo(1);
    assertThat(Binomial.atLeast(0, 0, 0.1)).isEqualTo(1);
    assertThat(Binomial.atLeast(1, 1_000_000, 0.5)).isEqualTo(1);
    assertThat(Binomial.atLeast(700, 700, 0.007)).isZero(); // 1e-1508
  }
}
