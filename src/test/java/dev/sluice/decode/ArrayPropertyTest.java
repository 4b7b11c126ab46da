package dev.sluice.decode;

import static dev.sluice.decode.ArrayReaderTest.array;
import static dev.sluice.decode.RowDecoderTest.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.record.FeatureRow;
import dev.sluice.record.Padding;
import dev.sluice.record.Reason;
import dev.sluice.record.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random shapes, nestings, paddings and lengths: what comes out is the array, row-major. */
class ArrayPropertyTest {
  private static final double FILL = -5;

  private Random random;
  private List<Integer> shape;
  private int depth;
  private int axis;
  private boolean single;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void readsWhatWasWritten(long seed) throws Exception {
    random = new Random(seed);
    int right = 0;
    int wrong = 0;
    for (int i = 0; i < 2000; i++) {
      chooseShape();
      boolean nullable = random.nextInt(3) == 0;
      single = random.nextBoolean();
      String type = single ? "\"float\"" : "\"double\"";
      type = nullable ? "[\"null\"," + type + "]" : type;
      for (int level = 0; level < depth; level++) {
        type = array(type);
      }
      Schema schema = AvroRecords.schema(field("v", type));
      Padding padding = axis < 0 ? Padding.NONE : new Padding(axis, 1, Double.toString(FILL));
      boolean spoil = random.nextInt(4) == 0;
      List<Double> flat = new ArrayList<>();
      Object value = value(0, nullable, spoil, flat);
      FeatureRow row = ArrayReaderTest.decode(schema, shape, padding, value);
      String what =
          "seed %d, run %d: %s of shape %s, axis %d".formatted(seed, i, value, shape, axis);
      if (!spoil) {
        right++;
        assertRow(what, row, flat);
      } else if (!row.violations().isEmpty()) {
        wrong++;
        assertThat(row.isMissing(0)).as(what).isTrue();
        assertThat(row.violations())
            .as(what)
            .extracting(Violation::reason)
            .containsExactly(Reason.WRONG_LENGTH);
      } else {
        assertRow(what, row, flat);
      }
    }
    assertThat(right).isGreaterThan(1000);
    assertThat(wrong).isGreaterThan(100);
  }

  private static void assertRow(String what, FeatureRow row, List<Double> flat) {
    assertThat(row.violations()).as(what).isEmpty();
    assertThat(row.isMissing(0)).as(what).isFalse();
    assertThat(row.length(0)).as(what).isEqualTo(flat.size());
    for (int element = 0; element < row.elements(); element++) {
      Double expected = element < flat.size() ? flat.get(element) : Double.valueOf(FILL);
      assertThat(row.doubleAt(element)).as(what).isEqualTo(expected);
    }
  }

  private void chooseShape() {
    int rank = 1 + random.nextInt(3);
    shape = new ArrayList<>();
    axis = random.nextInt(rank + 1) - 1;
    for (int i = 0; i < rank; i++) {
      shape.add(i < axis ? 1 : 1 + random.nextInt(4));
    }
    depth = 1 + random.nextInt(rank);
  }

  /** Returns the arrays from a level on; the innermost ones take the dimensions that are left. */
  private Object value(int level, boolean nullable, boolean spoil, List<Double> flat) {
    if (level == depth) {
      boolean isNull = nullable && random.nextInt(3) == 0;
      float item = (float) random.nextGaussian();
      flat.add(isNull ? Double.NaN : item);
      return isNull ? null : single ? (Object) item : (Object) (double) item;
    }
    boolean innermost = level == depth - 1;
    List<Integer> dimensions =
        innermost ? shape.subList(level, shape.size()) : List.of(shape.get(level));
    int length = 1;
    for (int i = 0; i < dimensions.size(); i++) {
      length *= level + i == axis ? random.nextInt(dimensions.get(i) + 1) : dimensions.get(i);
    }
    if (spoil && random.nextInt(2) == 0) {
      length = random.nextInt(3 * length + 3);
    }
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      items.add(value(level + 1, nullable, spoil, flat));
    }
    return items;
  }
}
