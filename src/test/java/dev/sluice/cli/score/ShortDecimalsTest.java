package dev.sluice.cli.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with Java's own parsing. */
class ShortDecimalsTest {
  @Test
  void agreesWithJavaToTheLastBit() {
    Random random = new Random(5);
    int simple = 0;
    for (int i = 0; i < 300_000; i++) {
      BigInteger digits = new BigInteger(1 + random.nextInt(52), random);
      String text =
          (random.nextBoolean() ? "-" : "")
              + new BigDecimal(digits, random.nextInt(16)).toPlainString();
      simple += check(text);
    }
    assertThat(simple).isGreaterThan(150_000);
    for (String text : new String[] {"0", "-0", "-0.0", "5.", ".5", "-.5", "16777216", "007"}) {
      assertThat(check(text)).as(text).isEqualTo(2);
    }
  }

  /** Decimals whose nearest double lies halfway between two floats, while they do not. */
  @Test
  void roundsNoFloatTwice() {
    Random random = new Random(6);
    int traps = 0;
    for (int i = 0; i < 50_000; i++) {
      float below = 1 + random.nextInt(1000) + random.nextFloat();
      double halfway = ((double) below + Math.nextUp(below)) / 2;
      String text = new BigDecimal(halfway).round(new MathContext(15)).toPlainString();
      check(text);
      check("-" + text);
      traps += (float) Double.parseDouble(text) == Float.parseFloat(text) ? 0 : 1;
    }
    assertThat(traps).isGreaterThan(10);
  }

  /** Returns how often the text was simple: as a double, and as a float. */
  private static int check(String text) {
    double asDouble = ShortDecimals.parse(text, false);
    double asFloat = ShortDecimals.parse(text, true);
    if (!Double.isNaN(asDouble)) {
      assertThat(asDouble).as(text).isEqualTo(Double.parseDouble(text));
    }
    if (!Double.isNaN(asFloat)) {
      assertThat((float) asFloat).as(text).isEqualTo(Float.parseFloat(text));
    }
    return (Double.isNaN(asDouble) ? 0 : 1) + (Double.isNaN(asFloat) ? 0 : 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-", ".", "+1", "1e5", "1f", "--1", "1-", "1.2.3", " 1", "1234567890123456"})
  void leavesTheRestToJava(String text) {
    assertThat(ShortDecimals.parse(text, false)).isNaN();
    assertThat(ShortDecimals.parse(text, true)).isNaN();
  }
}
