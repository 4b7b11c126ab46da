package dev.sluice.infer.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.config.Activation;
import dev.sluice.config.OutputOptions;
import dev.sluice.infer.TestBatches;
import dev.sluice.model.ModelSignature;
import dev.sluice.model.TensorInfo;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.Reason;
import dev.sluice.record.TensorBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The values of softmax and sigmoid are PyTorch's, in double precision. */
class OutputProcessorTest {
  private static final double[][] LOGITS = {{1.5, -2.0, 0.25}, {1000, 1001, -1000}, {-3, -3, -3}};

  private final FeatureBatch features =
      new FeatureBatch(TestBatches.layout(TestBatches.input("x", ElementType.DOUBLE, 1)), 4);
  private final PredictionBatch scored = new PredictionBatch();
  private final PredictionBatch result = new PredictionBatch();

  @Test
  void softmaxReplacesTheOutput() {
    scored("logits", ElementType.DOUBLE, LOGITS);

    process(activation("logits", Activation.SOFTMAX));

    assertThat(names()).containsExactly("logits");
    double[][] expected = {
      {0.75947318609698222, 0.02293410299954042, 0.21759271090347723},
      {0.26894142136999516, 0.73105857863000490, 0},
      {1.0 / 3, 1.0 / 3, 1.0 / 3}
    };
    for (int row = 0; row < 3; row++) {
      for (int i = 0; i < 3; i++) {
        assertThat(output("logits").values().numberAt(3 * row + i))
            .isCloseTo(expected[row][i], within(1e-15));
      }
    }
    // The model's own values stay as they are.
    assertThat(scored.outputs().get(0).values().numberAt(0)).isEqualTo(1.5);
  }

  @Test
  void sigmoidOfSingleValues() {
    scored("logit", ElementType.DOUBLE, new double[][] {{0.3}, {-40}, {800}});

    process(activation("logit", Activation.SIGMOID));

    TensorBuffer values = output("logit").values();
    assertThat(output("logit").rowShape()).isEmpty();
    assertThat(values.numberAt(0)).isCloseTo(0.574442516811659, within(1e-15));
    assertThat(values.numberAt(1)).isCloseTo(4.248354255291589e-18, within(1e-32));
    assertThat(values.numberAt(2)).isEqualTo(1);
  }

  @Test
  void argmaxAddsTheLabelAfterItsSource() {
    scored("logits", ElementType.FLOAT, LOGITS);
    add("other", ElementType.FLOAT, new double[][] {{1}, {2}, {3}});

    process(argmax("logits", "low", "mid", "high"));

    assertThat(names()).containsExactly("logits", "logits_label", "other");
    assertThat(texts("logits_label")).containsExactly("low", "mid", "low");
    assertThat(output("logits")).isSameAs(scored.outputs().get(0));
  }

  @Test
  void argmaxByPositionAndNanNeverWins() {
    scored("p", ElementType.FLOAT, new double[][] {{Double.NaN, 0.1, 0.2}, {0.9, Double.NaN, 0.1}});

    process(argmax("p", "index"));

    assertThat(output("p_label").values().type()).isEqualTo(ElementType.INT64);
    assertThat(output("p_label").values().longAt(0)).isEqualTo(2);
    assertThat(output("p_label").values().longAt(1)).isZero();
  }

  @Test
  void scoresCarryTheirLabels() {
    scored("map", ElementType.SCORES, new double[][] {{0}, {0}});
    scored.outputs().get(0).values().setScores(0, new TreeMap<>(Map.of("a", 0.2, "b", 0.8)));
    scored.outputs().get(0).values().setScores(1, new TreeMap<>(Map.of("a", Double.NaN, "b", 0.1)));

    process(
        new OutputOptions(
            List.of(),
            Map.of(),
            Map.of(),
            Map.of("map", List.of("label")),
            Map.of("map[b]", 0.5, "map[absent]", 0.5)));

    assertThat(names())
        .containsExactly("map", "map_label", "map[absent]_decision", "map[b]_decision");
    assertThat(texts("map_label")).containsExactly("b", "b");
    assertThat(decisions("map[b]_decision")).containsExactly(true, false);
    assertThat(decisions("map[absent]_decision")).containsExactly(false, false);
  }

  @Test
  void thresholdsAreInThePrecisionOfTheOutput() {
    scored("p", ElementType.FLOAT, new double[][] {{0.7f}, {0.69f}, {Double.NaN}});

    process(threshold("p", 0.7));

    assertThat(decisions("p_decision")).containsExactly(true, false, false);
  }

  @Test
  void thresholdsOfAMapAreInThePrecisionOfItsFloats() {
    scored("map", ElementType.SCORES, new double[][] {{0}, {0}});
    scored.outputs().get(0).values().setScores(0, new TreeMap<>(Map.of("b", (double) 0.7f)));
    scored.outputs().get(0).values().setScores(1, new TreeMap<>(Map.of("b", (double) 0.69999f)));

    process(threshold("map[b]", 0.7));

    assertThat(decisions("map[b]_decision")).containsExactly(true, false);
  }

  @Test
  void thresholdTakesOneValueAfterTheActivation() {
    scored("logits", ElementType.FLOAT, LOGITS);

    process(
        new OutputOptions(
            List.of(),
            Map.of(),
            Map.of("logits", Activation.SOFTMAX),
            Map.of(),
            Map.of("logits[1]", 0.7)));

    assertThat(decisions("logits[1]_decision")).containsExactly(false, true, false);
  }

  @Test
  void saysWhatItsBuffersTake() {
    scored("p", ElementType.FLOAT, LOGITS);
    add("h", ElementType.FLOAT16, LOGITS);
    add("d", ElementType.DOUBLE, LOGITS);
    OutputOptions options =
        new OutputOptions(
            List.of(),
            Map.of(),
            Map.of("h", Activation.SOFTMAX, "d", Activation.SIGMOID),
            Map.of("p", List.of("index"), "d", List.of("low", "mid", "high")),
            Map.of("p[0]", 0.5, "h[1]", 0.5));
    ModelSignature signature =
        new ModelSignature(
            List.of(),
            List.of(
                new TensorInfo("p", ElementType.FLOAT, List.of(-1L, 3L)),
                new TensorInfo("h", ElementType.FLOAT16, List.of(-1L, 3L)),
                new TensorInfo("d", ElementType.DOUBLE, List.of(-1L, 3L))));
    process(options);

    long made = 0;
    for (OutputTensor output : result.outputs()) {
      if (!scored.outputs().contains(output)) {
        made += (long) output.values().rowWidth() * output.values().type().bytes();
      }
    }
    assertThat(OutputProcessor.bytesPerRow(options, signature))
        .isEqualTo(made)
        .isEqualTo(3 * 4 + 3 * 8 + 8 + 2);
    assertThat(OutputProcessor.bytesPerRow(OutputOptions.NONE, signature)).isZero();
  }

  @Test
  void picksOrdersAndRenames() {
    scored("a", ElementType.FLOAT, new double[][] {{0.2, 0.8}});
    add("b", ElementType.FLOAT, new double[][] {{5}});

    process(
        new OutputOptions(
            List.of("b", "a_label"),
            Map.of("a_label", "verdict"),
            Map.of(),
            Map.of("a", List.of("no", "yes")),
            Map.of()));

    assertThat(names()).containsExactly("b", "verdict");
    assertThat(texts("verdict")).containsExactly("yes");
  }

  @Test
  void failedRowsKeepTheirReason() {
    scored("p", ElementType.FLOAT, new double[][] {{0.9}, {0.1}});
    scored.fail(0, Reason.MODEL_ERROR, "no");

    process(threshold("p", 0.5));

    assertThat(result.size()).isEqualTo(2);
    assertThat(result.failure(0)).isEqualTo(Reason.MODEL_ERROR);
    assertThat(result.message(0)).isEqualTo("no");
    assertThat(result.isPredicted(1)).isTrue();
  }

  @Test
  void plansAnewWhereTheShapeChanges() {
    OutputProcessor processor = new OutputProcessor(argmax("p", "index"));
    scored("p", ElementType.FLOAT, new double[][] {{0.1, 0.9}});
    processor.process(scored, result);
    assertThat(output("p_label").values().longAt(0)).isEqualTo(1);
    OutputTensor kept = output("p_label");
    processor.process(scored, result);
    assertThat(output("p_label")).isSameAs(kept);

    scored("p", ElementType.FLOAT, new double[][] {{0.1, 0.2, 0.3}});
    processor.process(scored, result);
    assertThat(output("p_label").values().longAt(0)).isEqualTo(2);
  }

  @Test
  void refusesShapesThatTheOptionsDoNotFit() {
    scored("p", ElementType.FLOAT, LOGITS);
    assertThatThrownBy(() -> process(argmax("p", "no", "yes")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("model output p has rows of shape [3]")
        .hasMessageContaining("[no, yes]");
    assertThatThrownBy(() -> process(threshold("p[3]", 0.5)))
        .hasMessageContaining("expected a value p[3] as in outputs.threshold.p[3]");
    assertThatThrownBy(() -> process(threshold("p", 0.5))).hasMessageContaining("shape [3]");
    scored("q", ElementType.FLOAT, new double[][] {{1}});
    assertThatThrownBy(() -> process(activation("q", Activation.SOFTMAX)))
        .hasMessageContaining("expected several classes for softmax");
  }

  /** A job that stopped would stop at the same batch again. */
  @Test
  void aLaterShapeThatTheyDoNotFitFailsItsRowsAlone() {
    OutputProcessor processor = new OutputProcessor(threshold("p[2]", 0.5));
    scored("p", ElementType.FLOAT, new double[][] {{0.1, 0.2, 0.7}});
    assertThat(processor.process(scored, result)).isZero();

    scored("p", ElementType.FLOAT, new double[][] {{0.1, 0.2}, {0.3, 0.4}, {0.5, 0.6}});
    scored.fail(1, Reason.MODEL_TIMEOUT, "slow");
    assertThat(processor.process(scored, result)).isEqualTo(2);
    assertThat(result.outputs()).isEmpty();
    assertThat(result.failure(0)).isEqualTo(Reason.MODEL_ERROR);
    assertThat(result.message(0)).contains("model output p has rows of shape [2]");
    assertThat(result.failure(1)).isEqualTo(Reason.MODEL_TIMEOUT);
    assertThat(result.failure(2)).isEqualTo(Reason.MODEL_ERROR);

    scored("p", ElementType.FLOAT, new double[][] {{0.1, 0.2, 0.7}});
    assertThat(processor.process(scored, result)).isZero();
    assertThat(decisions("p[2]_decision")).containsExactly(true);
  }

  private void process(OutputOptions options) {
    new OutputProcessor(options).process(scored, result);
  }

  private static OutputOptions activation(String name, Activation activation) {
    return new OutputOptions(List.of(), Map.of(), Map.of(name, activation), Map.of(), Map.of());
  }

  private static OutputOptions argmax(String name, String... labels) {
    return new OutputOptions(
        List.of(), Map.of(), Map.of(), Map.of(name, List.of(labels)), Map.of());
  }

  private static OutputOptions threshold(String name, double threshold) {
    return new OutputOptions(List.of(), Map.of(), Map.of(), Map.of(), Map.of(name, threshold));
  }

  private void scored(String name, ElementType type, double[][] rows) {
    features.clear();
    for (int row = 0; row < rows.length; row++) {
      TestBatches.append(features, row);
    }
    scored.reset(features);
    scored.outputs().clear();
    add(name, type, rows);
  }

  private void add(String name, ElementType type, double[][] rows) {
    int width = rows[0].length;
    TensorBuffer values = new TensorBuffer(type, width, 4);
    if (type != ElementType.SCORES) {
      for (int i = 0; i < rows.length * width; i++) {
        values.setNumber(i, rows[i / width][i % width]);
      }
    }
    scored.outputs().add(new OutputTensor(name, width == 1 ? List.of() : List.of(width), values));
  }

  private List<String> names() {
    return result.outputs().stream().map(OutputTensor::name).toList();
  }

  private OutputTensor output(String name) {
    return result.outputs().stream().filter(o -> o.name().equals(name)).findFirst().orElseThrow();
  }

  private List<String> texts(String name) {
    return Arrays.asList(output(name).values().texts()).subList(0, result.size());
  }

  private List<Boolean> decisions(String name) {
    return IntStream.range(0, result.size())
        .mapToObj(row -> output(name).values().longAt(row) == 1)
        .toList();
  }
}
