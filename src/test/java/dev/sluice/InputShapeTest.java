package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.PaddedLength;
import dev.sluice.model.TensorInfo;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.Padding;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputShapeTest {
  private static final PaddedLength EIGHT = new PaddedLength(8, "");

  @Test
  void takesFixedShapesAsTheyAre() {
    assertThat(InputShape.of(tensor(ElementType.FLOAT, -1, 24, 4), null))
        .isEqualTo(new InputShape(List.of(24, 4), Padding.NONE));
    assertThat(InputShape.of(tensor(ElementType.FLOAT, -1), null).rowShape()).isEmpty();
  }

  @Test
  void fixesTheDimensionOfUnknownSize() {
    assertThat(InputShape.of(tensor(ElementType.INT64, -1, -1), new PaddedLength(8, "-1")))
        .isEqualTo(new InputShape(List.of(8), new Padding(0, 1, "-1")));
    assertThat(InputShape.of(tensor(ElementType.FLOAT, -1, 1, -1, 4), EIGHT))
        .isEqualTo(new InputShape(List.of(1, 8, 4), new Padding(1, 1, "0")));
    assertThat(InputShape.of(tensor(ElementType.STRING, -1, -1), EIGHT).padding().value())
        .isEmpty();
    assertThat(InputShape.of(tensor(ElementType.BOOL, -1, -1), EIGHT).padding().value())
        .isEqualTo("false");
  }

  @Test
  void refusesWhatItCannotFix() {
    assertRefused(
        null,
        "model input x float[?,?,4] has a dimension of unknown size besides the batch, expected a"
            + " fixed shape per record: set model.padding.x to the length that arrays are padded"
            + " to, such as 128",
        -1,
        -1,
        4);
    for (PaddedLength length : Arrays.asList(null, EIGHT)) {
      assertRefused(
          length,
          "model input x float[?,?,?] has 2 dimensions of unknown size besides the batch, expected"
              + " at most one, which model.padding.x fixes",
          -1,
          -1,
          -1);
    }
    assertRefused(
        EIGHT,
        "model.padding.x: model input x float[?,4] has no dimension of unknown size besides the"
            + " batch to fix",
        -1,
        4);
    assertRefused(
        EIGHT,
        "model input x float[?,4,?] has a dimension of unknown size after one of several elements,"
            + " expected it to be the first besides the batch",
        -1,
        4,
        -1);
    assertRefused(null, "model input x float has no shape, expected [batch, ...]");
  }

  @ParameterizedTest
  @CsvSource({"0, 3", "3, 0", "4097, 4097", "9223372036854775807, 9223372036854775807"})
  void refusesShapesOfNoOrTooManyElements(long rows, long columns) {
    assertThatThrownBy(() -> InputShape.of(tensor(ElementType.FLOAT, -1, rows, columns), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("too few or too many values per record, expected 1 to 16777216");
  }

  private static void assertRefused(PaddedLength length, String message, long... shape) {
    assertThatThrownBy(() -> InputShape.of(tensor(ElementType.FLOAT, shape), length))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "INT64, INT64, -9223372036854775808, true",
    "INT64, INT32, 4000000000, true",
    "UINT8, INT64, 255, true",
    "UINT8, INT64, 256, false",
    "UINT8, INT64, -1, false",
    "INT64, INT64, 1.5, false",
    "INT64, INT64, x, false",
    "BOOL, BOOL, true, true",
    "BOOL, BOOL, -1, false",
    "BOOL, BOOL, yes, false",
    "FLOAT, FLOAT, NaN, true",
    "FLOAT, DOUBLE, -Infinity, true",
    "FLOAT, DOUBLE, 1e300, false",
    "FLOAT16, FLOAT, 65504, true",
    "FLOAT16, FLOAT, 65520, false",
    "FLOAT16, INT64, 65520, false",
    "FLOAT, INT64, NaN, false",
    "FLOAT, INT64, -7, true",
    "STRING, STRING, [PAD], true",
  })
  void checksTheValueToPadWith(ElementType input, ElementType field, String value, boolean fits) {
    TensorInfo info = tensor(input, -1, -1);
    InputShape shape = InputShape.of(info, new PaddedLength(8, value));
    FeatureColumn column = new FeatureColumn("f", field, 8, List.of(8), shape.padding());
    if (fits) {
      shape.requireFill(info, column);
    } else {
      assertThatThrownBy(() -> shape.requireFill(info, column))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "model.padding.x pads with %s, expected a value of field f (%s) that fits into %s"
                  .formatted(value, field, input));
    }
  }

  private static TensorInfo tensor(ElementType type, long... shape) {
    return new TensorInfo("x", type, Arrays.stream(shape).boxed().toList());
  }
}
