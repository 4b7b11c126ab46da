package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.PaddedLength;
import dev.sluice.model.ModelPackage;
import dev.sluice.model.OnnxBytes;
import dev.sluice.model.TensorInfo;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.Padding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

  /**
   * A value to pad with has no say where the types do not fit: it would be one of the wrong kind.
   */
  @Test
  void namesWhatDoesNotFitBesideAValueToPadWith(@TempDir Path directory) throws IOException {
    OnnxBytes graph =
        new OnnxBytes()
            .message(11, OnnxBytes.tensor("numbers", 7, -1, -1))
            .message(11, OnnxBytes.tensor("words", 8, -1, -1))
            .message(12, OnnxBytes.tensor("y", 1));
    Path file = Files.write(directory.resolve("m.onnx"), OnnxBytes.model(graph).bytes());
    Schema schema =
        SchemaBuilder.record("R")
            .fields()
            .name("numbers")
            .type(SchemaBuilder.array().items().doubleType())
            .noDefault()
            .name("words")
            .type(SchemaBuilder.array().items().longType())
            .noDefault()
            .endRecord();
    List<String> problems = new ArrayList<>();
    new LayoutPlanner(schema, problems)
        .inputs(
            ModelPackage.open(file),
            Map.of(),
            Map.of("numbers", EIGHT, "words", new PaddedLength(8, "0")));
    assertThat(problems)
        .containsExactly(
            "model input numbers takes INT64, but field numbers is DOUBLE, expected an int, long or"
                + " boolean",
            "model input words takes STRING, but field words is INT64, expected a string or enum");
  }

  private static TensorInfo tensor(ElementType type, long... shape) {
    return new TensorInfo("x", type, Arrays.stream(shape).boxed().toList());
  }
}
