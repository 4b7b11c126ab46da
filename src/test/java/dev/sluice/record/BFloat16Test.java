package dev.sluice.record;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.platform.Fp16Conversions;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Held against the conversions of ONNX Runtime's Java API, and against the rule itself. */
class BFloat16Test {
  private static final int QUIET = 0x0040;
  private static final int INFINITY = 0x7f80;

  @Test
  void readsAllBits() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float expected = Fp16Conversions.bf16ToFloat((short) bits);
      float actual = BFloat16.toFloat((short) bits);
      assertThat(actual).as("%04x", bits).isEqualTo(Float.valueOf(expected));
      assertThat(Float.isNaN(actual)).as("%04x", bits).isEqualTo((bits & 0x7fff) > INFINITY);
      assertThat(actual < 0 || 1 / actual < 0)
          .as("%04x is negative", bits)
          .isEqualTo(bits >= 0x8000 && bits <= 0x8000 + INFINITY);
    }
  }

  @Test
  void readsBackWhatItWrites() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      boolean isNan = (bits & 0x7fff) > INFINITY;
      int expected = isNan ? bits | QUIET : bits;
      short actual = BFloat16.of(BFloat16.toFloat((short) bits));
      assertThat(Short.toUnsignedInt(actual)).as("%04x", bits).isEqualTo(expected);
    }
  }

  /** Between each two neighbours: up to halfway down, from there up, halfway to the even one. */
  @Test
  void roundsToTheNearestAndHalfwayToTheEven() {
    for (int below = 0; below < INFINITY; below++) {
      int above = below + 1;
      double low = BFloat16.toFloat((short) below);
      double high = above == INFINITY ? 0x1p128 : BFloat16.toFloat((short) above);
      double halfway = (low + high) / 2;
      assertRounds(low, below);
      assertRounds(Math.nextDown(halfway), below);
      assertRounds(halfway, (below & 1) == 0 ? below : above);
      assertRounds(Math.nextUp(halfway), above);
    }
    for (double value : new double[] {0x1p128, Double.MAX_VALUE, Double.POSITIVE_INFINITY}) {
      assertRounds(value, INFINITY);
    }
    assertRounds(Double.MIN_VALUE, 0);
  }

  private static void assertRounds(double value, int expected) {
    assertThat(Short.toUnsignedInt(BFloat16.of(value))).as("%s", value).isEqualTo(expected);
    assertThat(Short.toUnsignedInt(BFloat16.of(-value)))
        .as("-%s", value)
        .isEqualTo(0x8000 | expected);
  }

  @Test
  void roundsFloatsAsTheRuntimeDoes() {
    Random random = new Random(16);
    for (int i = 0; i < 1_000_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (!Float.isNaN(value)) {
        assertThat(BFloat16.of(value))
            .as("%s", value)
            .isEqualTo(Fp16Conversions.floatToBf16(value));
      }
    }
  }

  @Test
  void knowsItsLargestNumber() {
    assertThat(BFloat16.MAX_VALUE).isEqualTo(BFloat16.toFloat((short) (INFINITY - 1)));
  }
}
