package dev.sluice.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Floats between bounds that are no floats, against the same numbers as doubles. */
class RangesTest {
  private static final double[] BOUNDS = {
    0.1,
    -0.1,
    0.0,
    -0.0,
    1,
    1e300,
    -1e300,
    1e-300,
    -1e-300,
    Float.MAX_VALUE,
    Math.nextUp((double) Float.MAX_VALUE),
    Float.MIN_VALUE,
    Math.nextDown((double) Float.MIN_VALUE),
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN
  };

  private static final FeatureLayout FLOATS = layout(ElementType.FLOAT);
  private static final FeatureLayout DOUBLES = layout(ElementType.DOUBLE);

  private static FeatureLayout layout(ElementType last) {
    return new FeatureLayout(
        List.of(
            new FeatureColumn("number", ElementType.FLOAT, 1), new FeatureColumn("last", last, 1)),
        List.of());
  }

  @Test
  void floatsAreInTheRangesThatTheyAreInAsDoubles() {
    FeatureRow floats = new FeatureRow(FLOATS);
    FeatureRow doubles = new FeatureRow(DOUBLES);
    assertThat(floats.hasFloats()).isTrue();
    assertThat(doubles.hasFloats()).isFalse();
    SplittableRandom random = new SplittableRandom(3);
    for (double low : BOUNDS) {
      for (double high : BOUNDS) {
        Ranges ranges = new Ranges(new double[] {low}, new double[] {high});
        for (double near : BOUNDS) {
          float nearest = (float) near;
          for (float number :
              new float[] {
                nearest,
                Math.nextUp(nearest),
                Math.nextDown(nearest),
                Float.intBitsToFloat(random.nextInt())
              }) {
            boolean expected = number >= low && number <= high;
            byte[] bytes =
                ByteBuffer.allocate(Float.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(number)
                    .array();
            for (FeatureRow row : List.of(floats, doubles)) {
              row.setFloats(0, bytes, 0, 1);
              String what = "%s in %s to %s".formatted(number, low, high);
              assertThat(row.doubleAt(0)).isEqualTo(Double.valueOf(number));
              assertThat(row.areWithin(0, ranges)).as(what).isEqualTo(expected);
              assertThat(row.areWithin(0, 1, low, high)).as(what).isEqualTo(expected);
              assertThat(ranges.contains(0, row.doubleAt(0))).as(what).isEqualTo(expected);
            }
          }
        }
      }
    }
  }

  @Test
  void aRangeHasTwoBounds() {
    assertThatThrownBy(() -> new Ranges(new double[2], new double[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ranges have 2 lower and 1 upper bounds");
  }
}
