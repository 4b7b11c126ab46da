package dev.sluice.infer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.infer.Bisection;
import dev.sluice.infer.ModelException;
import dev.sluice.infer.TestBatches;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.Reason;
import dev.sluice.record.TensorBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxModelTest {
  private static final long BEYOND_DOUBLE = (1L << 53) + 1;

  @Test
  void carriesAllTypesUnchanged() {
    try (Loaded loaded = Loaded.testModel("identity-types", 4)) {
      loaded.row(1.5, 1e300, BEYOND_DOUBLE, Integer.MIN_VALUE, 1, "wind");
      loaded.row(null, null, Long.MIN_VALUE, 7, 0, null);
      loaded.row(-0.25, Double.MIN_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, 1, "北京 Ä");

      assertThat(loaded.score()).isEqualTo(1);

      assertThat(loaded.result.outputs())
          .extracting(OutputTensor::name)
          .containsExactly("y_float", "y_double", "y_int64", "y_int32", "y_bool", "y_string");
      assertThat(loaded.result.outputs()).allMatch(output -> output.rowShape().isEmpty());
      assertThat(loaded.output("y_float").values().floatAt(0)).isEqualTo(1.5f);
      assertThat(loaded.output("y_float").values().floatAt(1)).isNaN();
      assertThat(loaded.output("y_double").values().numberAt(0)).isEqualTo(1e300);
      assertThat(loaded.output("y_double").values().numberAt(2)).isEqualTo(Double.MIN_VALUE);
      assertThat(loaded.output("y_int64").values().longAt(0)).isEqualTo(BEYOND_DOUBLE);
      assertThat(loaded.output("y_int64").values().longAt(1)).isEqualTo(Long.MIN_VALUE);
      assertThat(loaded.output("y_int64").values().longAt(2)).isEqualTo(Long.MAX_VALUE);
      assertThat(loaded.output("y_int32").values().longAt(0)).isEqualTo(Integer.MIN_VALUE);
      assertThat(loaded.output("y_bool").values().longAt(0)).isEqualTo(1);
      assertThat(loaded.output("y_bool").values().longAt(1)).isZero();
      assertThat(loaded.output("y_string").values().textAt(0)).isEqualTo("wind");
      assertThat(loaded.output("y_string").values().textAt(1)).isEmpty();
      assertThat(loaded.output("y_string").values().textAt(2)).isEqualTo("北京 Ä");
      assertThat(loaded.result.failure(1)).isEqualTo(Reason.NAN_OUTPUT);
    }
  }

  @Test
  void carriesTypesOf16And8BitsUnchanged() {
    try (Loaded loaded = Loaded.testModel("identity-small-types", 4)) {
      loaded.row(65504, 0x1.fep127, Short.MIN_VALUE, Byte.MIN_VALUE, 255);
      loaded.row(0x1p-24, 0x1p-133, Short.MAX_VALUE, Byte.MAX_VALUE, 128);
      loaded.row(-0.1, -0.1, -1, -1, 0);

      assertThat(loaded.score()).isZero();

      assertThat(numbers(loaded, "y_float16")).containsExactly(65504, 0x1p-24, -0.0999755859375);
      assertThat(numbers(loaded, "y_bfloat16"))
          .containsExactly(0x1.fep127, 0x1p-133, -0.10009765625);
      assertThat(numbers(loaded, "y_int16")).containsExactly(-32768, 32767, -1);
      assertThat(numbers(loaded, "y_int8")).containsExactly(-128, 127, -1);
      assertThat(numbers(loaded, "y_uint8")).containsExactly(255, 128, 0);
    }
  }

  private static double[] numbers(Loaded loaded, String output) {
    double[] numbers = new double[loaded.batch.size()];
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = loaded.output(output).values().numberAt(row);
    }
    return numbers;
  }

  /** The runtime's Java API would pass on other bytes than the text's UTF-8. */
  @Test
  void textBeyondTheBasicPlaneFailsAlone() {
    try (Loaded loaded = Loaded.testModel("identity-types", 4)) {
      loaded.row(1, 1, 1, 1, 1, "smile 😀").row(2, 2, 2, 2, 1, "\uFFFD").row(3, 3, 3, 3, 1, "\0");

      assertThat(loaded.score()).isEqualTo(2);

      assertThat(loaded.result.failure(0)).isEqualTo(Reason.MODEL_ERROR);
      assertThat(loaded.result.message(0))
          .startsWith("model input x_string: text has the character U+1F600 at position 6");
      assertThat(loaded.output("y_string").values().textAt(1)).isEqualTo("\uFFFD");
      assertThat(loaded.output("y_float").values().floatAt(1)).isEqualTo(2);
      assertThat(loaded.result.isPredicted(2)).isFalse();
    }
  }

  @Test
  void guiltyRowsAloneFail() {
    Set<Integer> guilty = Set.of(0, 17, 18, 63, 99);
    try (Loaded loaded = Loaded.testModel("embedding-lookup", 128)) {
      for (int row = 0; row < 100; row++) {
        loaded.row(guilty.contains(row) ? 10 + row : row % 10);
      }

      assertThat(loaded.score()).isEqualTo(guilty.size());

      OutputTensor embedding = loaded.output("embedding");
      assertThat(embedding.rowShape()).containsExactly(4);
      for (int row = 0; row < 100; row++) {
        assertThat(loaded.result.isPredicted(row)).isEqualTo(!guilty.contains(row));
        if (guilty.contains(row)) {
          assertThat(loaded.result.failure(row)).isEqualTo(Reason.MODEL_ERROR);
          assertThat(loaded.result.message(row)).contains("idx=" + (10 + row));
        } else {
          for (int i = 0; i < 4; i++) {
            assertThat(embedding.values().floatAt(4 * row + i))
                .isEqualTo((float) (row % 10 + i / 10.0));
          }
        }
      }
    }
  }

  @Test
  void nanFailsAndInfinityDoesNot() {
    try (Loaded loaded = Loaded.testModel("log-label", 4)) {
      loaded.row(Math.E).row(-1).row(0);

      assertThat(loaded.score()).isEqualTo(1);

      assertThat(loaded.result.failure(1)).isEqualTo(Reason.NAN_OUTPUT);
      assertThat(loaded.result.message(1))
          .isEqualTo("model output score is NaN, expected a number");
      assertThat(loaded.output("score").values().numberAt(0)).isCloseTo(1, within(1e-6));
      assertThat(loaded.output("score").values().numberAt(2)).isEqualTo(Double.NEGATIVE_INFINITY);
      assertThat(loaded.output("label").values().longAt(0)).isEqualTo(1);
      assertThat(loaded.output("label").values().longAt(2)).isZero();
      assertThat(loaded.output("label").rowShape()).isEmpty();
      assertThat(loaded.output("score").rowShape()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"zipmap-int, 0, 1", "zipmap-string, healthy, unhealthy"})
  void readsScoresPerLabel(String model, String negative, String positive) {
    try (Loaded loaded = Loaded.testModel(model, 4)) {
      loaded.row(1.0, 0.0).row(0.0, 2.0);

      assertThat(loaded.score()).isZero();

      double likely = 1 / (1 + Math.exp(-1.5));
      double unlikely = 1 / (1 + Math.exp(3.5));
      TensorBuffer scores = loaded.output("output_probability").values();
      assertScores(scores.scoresAt(0), Map.of(negative, 1 - likely, positive, likely));
      assertScores(scores.scoresAt(1), Map.of(negative, 1 - unlikely, positive, unlikely));
      TensorBuffer label = loaded.output("output_label").values();
      if (label.type() == ElementType.STRING) {
        assertThat(label.textAt(0)).isEqualTo(positive);
        assertThat(label.textAt(1)).isEqualTo(negative);
      } else {
        assertThat(label.longAt(0)).isEqualTo(1);
        assertThat(label.longAt(1)).isZero();
      }
    }
  }

  private static void assertScores(Map<String, Double> actual, Map<String, Double> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (label, score) -> assertThat(actual.get(label)).isCloseTo(score, within(1e-6)));
  }

  @Test
  void slicesAndChangingSizes() throws ModelException {
    try (Loaded loaded = Loaded.testModel("reordered-rank", 8)) {
      for (int row = 0; row < 8; row++) {
        loaded.row(row, 1, 2, 3, 4, 5);
      }
      loaded.result.reset(loaded.batch);
      loaded.model.score(loaded.batch, 2, 5, loaded.result);
      TensorBuffer y = loaded.output("y").values();
      assertThat(List.of(y.floatAt(1), y.floatAt(2), y.floatAt(4), y.floatAt(5)))
          .containsExactly(0f, 17f, 19f, 0f);

      for (int size : new int[] {8, 1, 7, 7, 3}) {
        loaded.batch.clear();
        for (int row = 0; row < size; row++) {
          loaded.row(100 * size + row, 0, 0, 0, 0, 0);
        }
        assertThat(loaded.score()).isZero();
        for (int row = 0; row < size; row++) {
          assertThat(y.floatAt(row)).isEqualTo(100 * size + row);
        }
      }
    }
  }

  @Test
  void followsOtherBatchesAndResults() {
    try (Loaded loaded = Loaded.testModel("log-label", 2)) {
      loaded.row(1).score();
      FeatureBatch larger = new FeatureBatch(loaded.layout, 5);
      for (int i = 0; i < 5; i++) {
        TestBatches.append(larger, Math.E);
      }
      PredictionBatch other = new PredictionBatch();
      Bisection bisection = new Bisection(loaded.model);

      assertThat(bisection.score(larger, loaded.result)).isZero();
      assertThat(loaded.output("score").values().floatAt(4)).isCloseTo(1, within(1e-6f));
      assertThat(bisection.score(larger, other)).isZero();
      assertThat(other.outputs().get(0).values().floatAt(4)).isCloseTo(1, within(1e-6f));
    }
  }

  @Test
  void closedModelStopsTheJob() {
    Loaded loaded = Loaded.testModel("log-label", 2).row(1);
    loaded.close();

    assertThatThrownBy(loaded::score).isInstanceOf(IllegalStateException.class);
  }
}
