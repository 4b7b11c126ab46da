package dev.sluice.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which columns of a row can be missing, at inputs that take them in any order. */
class FloatBlockTest {
  private static final List<FeatureColumn> COLUMNS =
      List.of(
          new FeatureColumn("a", ElementType.FLOAT, 1),
          new FeatureColumn("b", ElementType.FLOAT, 1),
          new FeatureColumn("c", ElementType.DOUBLE, 1),
          new FeatureColumn("count", ElementType.INT32, 1),
          new FeatureColumn("vector", ElementType.FLOAT, 3),
          new FeatureColumn("d", ElementType.FLOAT, 1),
          new FeatureColumn("flag", ElementType.BOOL, 1),
          new FeatureColumn("e", ElementType.DOUBLE, 1));

  static List<List<Integer>> orders() {
    return List.of(
        List.of(0, 1, 2, 3, 4, 5, 6, 7),
        List.of(7, 6, 5, 4, 3, 2, 1, 0),
        List.of(1, 2),
        List.of(0, 2, 1),
        List.of(4),
        List.of(5, 4, 0, 1),
        List.of(3, 0, 3, 3));
  }

  static List<Arguments> ordersOfAnyAndOfNoDoubles() {
    List<FeatureColumn> noDoubles = COLUMNS.stream().map(FloatBlockTest::withoutDoubles).toList();
    return Stream.of(COLUMNS, noDoubles)
        .flatMap(columns -> orders().stream().map(order -> Arguments.of(columns, order)))
        .toList();
  }

  /** Rows of a layout without doubles are floats. */
  private static FeatureColumn withoutDoubles(FeatureColumn column) {
    return column.type() == ElementType.DOUBLE
        ? new FeatureColumn(column.name(), ElementType.FLOAT, 1)
        : column;
  }

  @ParameterizedTest
  @MethodSource("ordersOfAnyAndOfNoDoubles")
  void copiesWhatIsThereAndNaNWhereItIsNot(List<FeatureColumn> columns, List<Integer> order) {
    int width = order.stream().mapToInt(column -> COLUMNS.get(column).width()).sum();
    InputTensor input = new InputTensor("x", ElementType.FLOAT, List.of(width), order);
    FeatureLayout layout = new FeatureLayout(columns, List.of(input));
    assertThat(new FeatureRow(layout).hasFloats()).isEqualTo(columns != COLUMNS);
    TensorBuffer tensor = new TensorBuffer(ElementType.FLOAT, width, 2);
    FloatBlock block = new FloatBlock(layout, input, tensor);
    for (int missing = 0; missing < 1 << COLUMNS.size(); missing++) {
      FeatureRow row = row(layout, missing);

      int[] indexes = new int[COLUMNS.size()];
      block.put(row, 1, indexes, row.findMissing(indexes));

      int target = width;
      for (int column : order) {
        for (int i = 0; i < COLUMNS.get(column).width(); i++) {
          assertThat(tensor.floatAt(target++))
              .as("element %d of column %d, missing %s", i, column, Integer.toBinaryString(missing))
              .isEqualTo(
                  Float.valueOf((missing & 1 << column) != 0 ? Float.NaN : 10f * column + i));
        }
      }
    }
  }

  /** Elements that are missing hold what a record before this one had. */
  private static FeatureRow row(FeatureLayout layout, int missing) {
    FeatureRow row = new FeatureRow(layout);
    row.reset(new EncodedRecord("features", 0, 1, 5, null, new byte[0], Header.NONE));
    for (int column = 0; column < COLUMNS.size(); column++) {
      for (int i = 0; i < COLUMNS.get(column).width(); i++) {
        int element = layout.elementOffset(column) + i;
        if (COLUMNS.get(column).type().isIntegral()) {
          row.setLong(element, 10L * column + i);
        } else {
          row.setDouble(element, 10.0 * column + i);
        }
      }
      row.setMissing(column, (missing & 1 << column) != 0);
    }
    return row;
  }
}
