package dev.sluice.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A model that takes each column by itself, one of them twice, and every way to be missing. */
class FloatScalarsTest {
  private static final List<FeatureColumn> COLUMNS =
      List.of(
          new FeatureColumn("a", ElementType.FLOAT, 1),
          new FeatureColumn("b", ElementType.DOUBLE, 1),
          new FeatureColumn("count", ElementType.INT32, 1),
          new FeatureColumn("pair", ElementType.FLOAT, 2),
          new FeatureColumn("c", ElementType.FLOAT, 1));

  private static final List<Integer> ORDER = List.of(4, 1, 2, 3, 0, 1);

  @Test
  void copiesWhatIsThereAndNaNWhereItIsNot() {
    List<InputTensor> inputs =
        IntStream.range(0, ORDER.size())
            .mapToObj(
                i ->
                    new InputTensor(
                        "input-" + i,
                        ElementType.FLOAT,
                        List.of(COLUMNS.get(ORDER.get(i)).width()),
                        List.of(ORDER.get(i))))
            .toList();
    FeatureLayout layout = new FeatureLayout(COLUMNS, inputs);
    FeatureBatch batch = new FeatureBatch(layout, 1 << COLUMNS.size());
    for (int missing = 0; missing < batch.capacity(); missing++) {
      batch.append(row(layout, missing));
    }

    for (int missing = 0; missing < batch.capacity(); missing++) {
      for (int input = 0; input < inputs.size(); input++) {
        int column = ORDER.get(input);
        int width = COLUMNS.get(column).width();
        for (int i = 0; i < width; i++) {
          float expected =
              (missing & 1 << column) != 0 ? Float.NaN : 10 * column + i + missing / 1000f;
          if (COLUMNS.get(column).type().isIntegral() && expected == expected) {
            expected = 10 * column;
          }
          assertThat(batch.tensor(input).floatAt(missing * width + i))
              .as("input %d, missing %s", input, Integer.toBinaryString(missing))
              .isEqualTo(Float.valueOf(expected));
        }
      }
    }
  }

  @Test
  void takesNoIntegersNorWholeRows() {
    FeatureLayout layout = new FeatureLayout(COLUMNS, List.of());
    assertThat(FloatScalars.fits(layout, input(ElementType.FLOAT, 1, 0))).isTrue();
    assertThat(FloatScalars.fits(layout, input(ElementType.FLOAT, 1, 2))).isFalse();
    assertThat(FloatScalars.fits(layout, input(ElementType.FLOAT, 2, 3))).isFalse();
    assertThat(FloatScalars.fits(layout, input(ElementType.FLOAT, 2, 0, 1))).isFalse();
    assertThat(FloatScalars.fits(layout, input(ElementType.DOUBLE, 1, 0))).isFalse();
  }

  private static InputTensor input(ElementType type, int width, Integer... columns) {
    return new InputTensor("x", type, List.of(width), List.of(columns));
  }

  /** Elements that are missing hold a number, as of a record before this one. */
  private static FeatureRow row(FeatureLayout layout, int missing) {
    FeatureRow row = new FeatureRow(layout);
    row.reset(new EncodedRecord("features", 0, missing, 5, null, new byte[0], Header.NONE));
    for (int column = 0; column < COLUMNS.size(); column++) {
      for (int i = 0; i < COLUMNS.get(column).width(); i++) {
        int element = layout.elementOffset(column) + i;
        if (COLUMNS.get(column).type().isIntegral()) {
          row.setLong(element, 10L * column);
        } else {
          row.setDouble(element, 10 * column + i + missing / 1000f);
        }
      }
      row.setMissing(column, (missing & 1 << column) != 0);
    }
    return row;
  }
}
