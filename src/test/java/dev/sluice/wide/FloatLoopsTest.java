package dev.sluice.wide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What wide instructions do against what is done number by number; skipped without them. */
class FloatLoopsTest {
  private static final float[] SPECIAL = {
    Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0.0f, Float.MIN_VALUE, 3e38f
  };

  private final FloatLoops plain = new FloatLoops();
  private final FloatLoops wide = FloatLoops.BEST;
  private final Random random = new Random(5);

  @BeforeEach
  void needsWideInstructions() {
    assumeThat(wide.isWide()).as("AVX-512, and --add-modules " + WideInstructions.MODULE).isTrue();
  }

  @Test
  void findsANumberThatIsAboveTheBoundOfAll() {
    double[] values = new double[30];
    assertThat(wide.areWithin(values, 2, 30, -1, 0)).isTrue();
    for (int i = 2; i < 30; i++) {
      values[i] = Double.MIN_VALUE;
      assertThat(wide.areWithin(values, 2, 30, -1, 0)).as("at %d", i).isFalse();
      values[i] = -0.0;
    }
  }

  private float number() {
    return random.nextInt(5) == 0
        ? SPECIAL[random.nextInt(SPECIAL.length)]
        : (float) random.nextGaussian();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 30, 64, 129})
  void convertsAlikeBothWays(int count) {
    int at = random.nextInt(9);
    int to = random.nextInt(9);
    byte[] bytes = new byte[at + count * Float.BYTES];
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = number();
      ByteBuffer.wrap(bytes)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putFloat(at + i * Float.BYTES, floats[i]);
    }
    double[] doubles = new double[to + count + 1];
    for (int i = 0; i < count; i++) {
      doubles[to + i] = floats[i];
    }

    double[] ofBytes = new double[doubles.length];
    wide.toDoubles(bytes, at, ofBytes, to, count);
    double[] ofFloats = new double[doubles.length];
    wide.toDoubles(floats, ofFloats, to, count);
    assertThat(ofBytes).isEqualTo(doubles);
    assertThat(ofFloats).isEqualTo(doubles);
    float[] copied = new float[to + count + 1];
    wide.toFloats(bytes, at, copied, to, count);
    assertThat(Arrays.copyOfRange(copied, to, to + count)).isEqualTo(floats);
    assertThat(copied[to + count]).isZero();

    for (int i = 0; i < count; i++) {
      doubles[to + i] *= 1 + random.nextDouble(); // has to be rounded, and may be too large
    }
    float[] rounded = new float[count + 2];
    float[] same = new float[count + 2];
    wide.toFloats(doubles, to, rounded, 1, count);
    plain.toFloats(doubles, to, same, 1, count);
    assertThat(rounded).isEqualTo(same);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 15, 16, 17, 24, 30, 129})
  void findsTheFloatThatIsBeyondItsBounds(int count) {
    float[] low = new float[count];
    float[] high = new float[count];
    float[] values = new float[count + 4];
    for (int i = 0; i < count; i++) {
      low[i] = i;
      high[i] = random.nextBoolean() ? i : Float.POSITIVE_INFINITY;
      values[3 + i] = random.nextBoolean() ? low[i] : high[i];
    }
    values[2] = Float.NaN;
    values[3 + count] = Float.NaN;
    assertThat(wide.areWithin(values, 3, low, high)).isTrue();
    assertThat(wide.areWithin(values, 3, 3 + count, 0, Float.POSITIVE_INFINITY)).isTrue();

    for (int i = 0; i < count; i++) {
      float good = values[3 + i];
      for (float bad : new float[] {Math.nextDown(low[i]), Float.NaN}) {
        values[3 + i] = bad;
        assertThat(wide.areWithin(values, 3, low, high)).as("%s at %d", bad, i).isFalse();
      }
      values[3 + i] = Math.nextUp(high[i]);
      assertThat(wide.areWithin(values, 3, low, high))
          .as("%s at %d", values[3 + i], i)
          .isEqualTo(high[i] == Float.POSITIVE_INFINITY);
      values[3 + i] = -Float.MIN_VALUE;
      assertThat(wide.areWithin(values, 3, 3 + count, 0, Float.POSITIVE_INFINITY)).isFalse();
      values[3 + i] = good;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 30, 129})
  void findsTheOneThatIsBeyondItsBounds(int count) {
    double[] low = new double[count];
    double[] high = new double[count];
    double[] values = new double[count + 4];
    for (int i = 0; i < count; i++) {
      low[i] = i;
      high[i] = random.nextBoolean() ? i : Double.POSITIVE_INFINITY;
      values[3 + i] = random.nextBoolean() ? low[i] : high[i];
    }
    values[2] = Double.NaN;
    values[3 + count] = Double.NaN;
    assertThat(wide.areWithin(values, 3, low, high)).isTrue();
    assertThat(wide.areWithin(values, 3, 3 + count, 0, Double.POSITIVE_INFINITY)).isTrue();

    for (int i = 0; i < count; i++) {
      double good = values[3 + i];
      for (double bad : new double[] {Math.nextDown(low[i]), Double.NaN}) {
        values[3 + i] = bad;
        assertThat(wide.areWithin(values, 3, low, high)).as("%s at %d", bad, i).isFalse();
      }
      values[3 + i] = Math.nextUp(high[i]);
      assertThat(wide.areWithin(values, 3, low, high))
          .as("%s at %d", values[3 + i], i)
          .isEqualTo(high[i] == Double.POSITIVE_INFINITY);
      values[3 + i] = -Double.MIN_VALUE;
      assertThat(wide.areWithin(values, 3, 3 + count, 0, Double.POSITIVE_INFINITY)).isFalse();
      values[3 + i] = good;
    }
  }
}
