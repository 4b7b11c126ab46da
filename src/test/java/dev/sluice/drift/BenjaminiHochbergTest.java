package dev.sluice.drift;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BenjaminiHochbergTest {
  /**
   * Y. Benjamini and Y. Hochberg, 1995, section 3.2: thrombolysis by rt-PA and APSAC, four are
   * significant.
   */
  private static final double[] PAPER = {
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
    0.6528, 0.7590, 1.0000
  };

  @Test
  void agreesWithTheExampleOfThePaper() {
    assertThat(BenjaminiHochberg.threshold(PAPER, 0.05)).isEqualTo(0.0095);
  }

  @Test
  void theOrderDoesNotMatter() {
    double[] reversed = new double[PAPER.length];
    for (int i = 0; i < PAPER.length; i++) {
      reversed[i] = PAPER[PAPER.length - 1 - i];
    }
    assertThat(BenjaminiHochberg.threshold(reversed, 0.05)).isEqualTo(0.0095);
  }

  /** R's {@code p.adjust(c(0.01, 0.02, 0.03), "BH")} is 0.03 for all: a later one lifts others. */
  @Test
  void aLargerPValueCanMakeSmallerOnesSignificant() {
    double[] pValues = {0.01, 0.02, 0.03};
    assertThat(BenjaminiHochberg.threshold(pValues, 0.03)).isEqualTo(0.03);
    assertThat(BenjaminiHochberg.threshold(pValues, 0.0299)).isNegative();
  }

  @Test
  void ofOneTestTheRateIsTheLevel() {
    assertThat(BenjaminiHochberg.threshold(new double[] {0.01}, 0.01)).isEqualTo(0.01);
    assertThat(BenjaminiHochberg.threshold(new double[] {0.0101}, 0.01)).isNegative();
    assertThat(BenjaminiHochberg.threshold(new double[0], 0.01)).isNegative();
  }
}
