package dev.sluice.encode;

import static dev.sluice.encode.EncodedRows.KEY;
import static dev.sluice.encode.EncodedRows.NO_COLUMNS;
import static dev.sluice.encode.EncodedRows.outputs;
import static dev.sluice.encode.EncodedRows.secondRow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.TensorBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;

/**
 * What stands in a prediction of each type and shape of output, read back with Avro's own reader.
 */
class PredictionOutputsTest {
  @Test
  void writesSingleValuesInTheOutputsOwnType() {
    TensorBuffer bool = new TensorBuffer(ElementType.BOOL, 1, 2);
    bool.setLong(1, 1);
    TensorBuffer int32 = new TensorBuffer(ElementType.INT32, 1, 2);
    int32.setLong(1, Integer.MIN_VALUE);
    TensorBuffer int64 = new TensorBuffer(ElementType.INT64, 1, 2);
    int64.setLong(1, Long.MAX_VALUE);
    TensorBuffer floats = new TensorBuffer(ElementType.FLOAT, 1, 2);
    floats.setFloat(1, Float.NaN);
    TensorBuffer doubles = new TensorBuffer(ElementType.DOUBLE, 1, 2);
    doubles.setNumber(1, -0.0);
    TensorBuffer texts = new TensorBuffer(ElementType.STRING, 1, 2);
    texts.setText(1, "gut: é北😀");
    TensorBuffer scores = new TensorBuffer(ElementType.SCORES, 1, 2);
    scores.setScores(1, new TreeMap<>(Map.of("0", 0.25, "1", 0.75)));
    List<GenericRecord> outputs =
        outputs(
            secondRow(
                new OutputTensor("bool", List.of(), bool),
                new OutputTensor("int32", List.of(), int32),
                new OutputTensor("int64", List.of(), int64),
                new OutputTensor("float", List.of(), floats),
                new OutputTensor("double", List.of(), doubles),
                new OutputTensor("text", List.of(), texts),
                new OutputTensor("scores", List.of(), scores)));
    assertThat(outputs)
        .extracting(output -> output.get("name").toString())
        .containsExactly("bool", "int32", "int64", "float", "double", "text", "scores");
    assertThat(outputs).allSatisfy(o -> assertThat((List<?>) o.get("shape")).isEmpty());
    assertThat(outputs.subList(0, 6))
        .extracting(output -> output.get("value"))
        .containsExactly(
            true, Integer.MIN_VALUE, Long.MAX_VALUE, Float.NaN, -0.0, new Utf8("gut: é北😀"));
    GenericRecord map = (GenericRecord) outputs.get(6).get("value");
    assertThat(map.getSchema().getName()).isEqualTo("Scores");
    assertThat(map.get("values")).isEqualTo(Map.of(new Utf8("0"), 0.25, new Utf8("1"), 0.75));
  }

  @Test
  void writesTypesOf16And8BitsInWiderOnes() {
    TensorBuffer unsigned = new TensorBuffer(ElementType.UINT8, 1, 2);
    unsigned.setLong(1, 255);
    TensorBuffer signed = new TensorBuffer(ElementType.INT8, 1, 2);
    signed.setLong(1, -128);
    TensorBuffer shorts = new TensorBuffer(ElementType.INT16, 1, 2);
    shorts.setLong(1, Short.MIN_VALUE);
    TensorBuffer half = new TensorBuffer(ElementType.FLOAT16, 1, 2);
    half.setNumber(1, 0.1);
    TensorBuffer brain = new TensorBuffer(ElementType.BFLOAT16, 1, 2);
    brain.setNumber(1, 0.1);
    assertThat(
            outputs(
                secondRow(
                    new OutputTensor("u", List.of(), unsigned),
                    new OutputTensor("i", List.of(), signed),
                    new OutputTensor("s", List.of(), shorts),
                    new OutputTensor("h", List.of(), half),
                    new OutputTensor("b", List.of(), brain))))
        .extracting(output -> output.get("value"))
        .containsExactly(255, -128, -32768, 0.099975586f, 0.100097656f);
  }

  @Test
  void writesSeveralValuesWithTheirShape() {
    assertSeveral(ElementType.BOOL, "Booleans", List.of(true, false, true, false, true, false));
    assertSeveral(ElementType.INT32, "Ints", List.of(1, 0, 1, 0, 1, 0));
    assertSeveral(ElementType.INT64, "Longs", List.of(1L, 0L, 1L, 0L, 1L, 0L));
    assertSeveral(ElementType.FLOAT, "Floats", List.of(1f, 0f, 1f, 0f, 1f, 0f));
    assertSeveral(ElementType.DOUBLE, "Doubles", List.of(1.0, 0.0, 1.0, 0.0, 1.0, 0.0));
    for (ElementType type : List.of(ElementType.INT16, ElementType.INT8, ElementType.UINT8)) {
      assertSeveral(type, "Ints", List.of(1, 0, 1, 0, 1, 0));
    }
    assertSeveral(ElementType.FLOAT16, "Floats", List.of(1f, 0f, 1f, 0f, 1f, 0f));
    assertSeveral(ElementType.BFLOAT16, "Floats", List.of(1f, 0f, 1f, 0f, 1f, 0f));
    List<?> texts = List.of("1", "0", "1", "0", "1", "0").stream().map(Utf8::new).toList();
    assertSeveral(ElementType.STRING, "Strings", texts);
  }

  private static void assertSeveral(ElementType type, String branch, List<?> expected) {
    TensorBuffer tensor = new TensorBuffer(type, 6, 2);
    for (int i = 0; i < 12; i++) {
      if (type == ElementType.STRING) {
        tensor.setText(i, i < 6 ? "first row" : Integer.toString((i + 1) % 2));
      } else {
        tensor.setLong(i, i < 6 ? 7 : (i + 1) % 2);
      }
    }
    GenericRecord output = outputs(secondRow(new OutputTensor("o", List.of(2, 3), tensor))).get(0);
    assertThat(output.get("shape")).isEqualTo(List.of(2, 3));
    GenericRecord value = (GenericRecord) output.get("value");
    assertThat(value.getSchema().getName()).isEqualTo(branch);
    assertThat(value.get("values")).isEqualTo(expected);
  }

  @Test
  void writesAnOutputWithoutValues() {
    OutputTensor none =
        new OutputTensor("o", List.of(0), new TensorBuffer(ElementType.FLOAT, 0, 2));
    GenericRecord output = outputs(secondRow(none)).get(0);
    assertThat(output.get("shape")).isEqualTo(List.of(0));
    assertThat((List<?>) ((GenericRecord) output.get("value")).get("values")).isEmpty();
  }

  @Test
  void followsOutputsThatChangeTheirShape() {
    FeatureBatch features = new FeatureBatch(NO_COLUMNS, 1);
    features.append(Batches.row(NO_COLUMNS, Batches.source(KEY, null)));
    TensorBuffer tensor = new TensorBuffer(ElementType.FLOAT, 2, 1);
    PredictionBatch batch = Batches.predicted(features, new OutputTensor("o", List.of(2), tensor));
    PredictionEncoder encoder = new PredictionEncoder(Batches.MODEL, List.of());
    assertThat(outputs(encoder.encode(batch, 0)).get(0).get("shape")).isEqualTo(List.of(2));
    tensor.reserve(3, 1);
    batch.outputs().set(0, new OutputTensor("o", List.of(3, 1), tensor));
    GenericRecord output = outputs(encoder.encode(batch, 0)).get(0);
    assertThat(output.get("shape")).isEqualTo(List.of(3, 1));
    assertThat((List<?>) ((GenericRecord) output.get("value")).get("values")).hasSize(3);
  }
}
