package dev.sluice.record;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.platform.Fp16Conversions;
import java.util.Random;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Held against the conversions of ONNX Runtime's Java API, and against the rule itself. */
class SixteenBitFormatTest {
  /** A format of 16 bits, and what the runtime's Java API makes of it. */
  enum Format {
    FLOAT16(
        0x0200,
        0x7c00,
        65536,
        Float16.MAX_VALUE,
        Float16::of,
        Float16::toFloat,
        Fp16Conversions::floatToFp16,
        Fp16Conversions::fp16ToFloat),
    BFLOAT16(
        0x0040,
        0x7f80,
        0x1p128,
        BFloat16.MAX_VALUE,
        BFloat16::of,
        BFloat16::toFloat,
        Fp16Conversions::floatToBf16,
        Fp16Conversions::bf16ToFloat);

    final int quiet;
    final int infinity;
    final double beyond;
    final double max;
    private final DoubleFunction<Short> of;
    private final Function<Short, Float> toFloat;
    private final Function<Float, Short> runtimeOf;
    private final Function<Short, Float> runtimeToFloat;

    Format(
        int quiet,
        int infinity,
        double beyond,
        double max,
        DoubleFunction<Short> of,
        Function<Short, Float> toFloat,
        Function<Float, Short> runtimeOf,
        Function<Short, Float> runtimeToFloat) {
      this.quiet = quiet;
      this.infinity = infinity;
      this.beyond = beyond;
      this.max = max;
      this.of = of;
      this.toFloat = toFloat;
      this.runtimeOf = runtimeOf;
      this.runtimeToFloat = runtimeToFloat;
    }

    short of(double value) {
      return of.apply(value);
    }

    float toFloat(int bits) {
      return toFloat.apply((short) bits);
    }

    short runtimeOf(float value) {
      return runtimeOf.apply(value);
    }

    float runtimeToFloat(int bits) {
      return runtimeToFloat.apply((short) bits);
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsAllBits(Format format) {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float expected = format.runtimeToFloat(bits);
      float actual = format.toFloat(bits);
      assertThat(actual).as("%04x", bits).isEqualTo(Float.valueOf(expected));
      assertThat(Float.isNaN(actual)).as("%04x", bits).isEqualTo((bits & 0x7fff) > format.infinity);
      assertThat(actual < 0 || 1 / actual < 0)
          .as("%04x is negative", bits)
          .isEqualTo(bits >= 0x8000 && bits <= 0x8000 + format.infinity);
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsBackWhatItWrites(Format format) {
    for (int bits = 0; bits < 1 << 16; bits++) {
      boolean isNan = (bits & 0x7fff) > format.infinity;
      int expected = isNan ? bits | format.quiet : bits;
      short actual = format.of(format.toFloat(bits));
      assertThat(Short.toUnsignedInt(actual)).as("%04x", bits).isEqualTo(expected);
    }
  }

  /** Between each two neighbours: up to halfway down, from there up, halfway to the even one. */
  @ParameterizedTest
  @EnumSource
  void roundsToTheNearestAndHalfwayToTheEven(Format format) {
    for (int below = 0; below < format.infinity; below++) {
      int above = below + 1;
      double low = format.toFloat(below);
      double high = above == format.infinity ? format.beyond : format.toFloat(above);
      double halfway = (low + high) / 2;
      assertRounds(format, low, below);
      assertRounds(format, Math.nextDown(halfway), below);
      assertRounds(format, halfway, (below & 1) == 0 ? below : above);
      assertRounds(format, Math.nextUp(halfway), above);
    }
    for (double value : new double[] {format.beyond, Double.MAX_VALUE, Double.POSITIVE_INFINITY}) {
      assertRounds(format, value, format.infinity);
    }
    assertRounds(format, Double.MIN_VALUE, 0);
  }

  private static void assertRounds(Format format, double value, int expected) {
    assertThat(Short.toUnsignedInt(format.of(value))).as("%s", value).isEqualTo(expected);
    assertThat(Short.toUnsignedInt(format.of(-value)))
        .as("-%s", value)
        .isEqualTo(0x8000 | expected);
  }

  @ParameterizedTest
  @EnumSource
  void roundsFloatsAsTheRuntimeDoes(Format format) {
    Random random = new Random(16);
    for (int i = 0; i < 1_000_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (!Float.isNaN(value)) {
        assertThat(format.of(value)).as("%s", value).isEqualTo(format.runtimeOf(value));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void knowsItsLargestNumber(Format format) {
    assertThat(format.max).isEqualTo(format.toFloat((format.infinity - 1)));
  }
}
