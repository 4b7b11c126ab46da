package dev.sluice.cli.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DifferencesTest {
  @ParameterizedTest
  @ValueSource(strings = {"0.1", "253123.45", "16777217", "1e-60", "3.4028235e38", "-7.1", "0"})
  void theNearestNumberOf32BitsIsNoDifference(String digits) {
    FloatNode got = FloatNode.valueOf(Float.parseFloat(digits));

    assertThat(Differences.between(got, TextNode.valueOf(digits))).isZero();
    assertThat(Differences.between(got, DoubleNode.valueOf(Double.parseDouble(digits)))).isZero();
  }

  @Test
  void anotherNumberOf32BitsIsOne() {
    float number = 253123.45f;

    assertThat(Differences.between(FloatNode.valueOf(Math.nextUp(number)), text("253123.45")))
        .isBetween(0.01, 0.03);
    assertThat(Differences.between(FloatNode.valueOf(Float.POSITIVE_INFINITY), text("1e39")))
        .isInfinite();
    assertThat(Differences.between(FloatNode.valueOf(Float.NaN), text("0.1"))).isInfinite();
    assertThat(Differences.between(DoubleNode.valueOf(0.1f), text("0.1"))).isPositive();
  }

  private static TextNode text(String cell) {
    return TextNode.valueOf(cell);
  }
}
