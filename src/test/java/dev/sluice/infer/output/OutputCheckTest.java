package dev.sluice.infer.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.OutputOptions;
import dev.sluice.model.ModelSignature;
import dev.sluice.model.TensorInfo;
import dev.sluice.record.ElementType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class OutputCheckTest {
  private static final ModelSignature SIGNATURE =
      new ModelSignature(
          List.of(new TensorInfo("x", ElementType.FLOAT, List.of(-1L, 3L))),
          List.of(
              new TensorInfo("label", ElementType.INT64, List.of(-1L)),
              new TensorInfo("p", ElementType.FLOAT, List.of(-1L, 2L)),
              new TensorInfo("open", ElementType.FLOAT, List.of(-1L, -1L)),
              new TensorInfo("text", ElementType.STRING, List.of(-1L)),
              new TensorInfo("score", ElementType.FLOAT, List.of(-1L, 1L)),
              new TensorInfo("q", ElementType.FLOAT, List.of(-1L, 2L)),
              new TensorInfo("q_label", ElementType.INT64, List.of(-1L)),
              new TensorInfo("image", ElementType.FLOAT, List.of(-1L, 2L, 2L)),
              new TensorInfo("map", ElementType.SCORES, List.of(-1L))));

  @Test
  void takesWhatFits() {
    assertThat(
            problems(
                "outputs.activation.p", "Softmax",
                "outputs.argmax.p", "healthy, unhealthy",
                "outputs.argmax.open", "a,b,c",
                "outputs.argmax.map", "label",
                "outputs.threshold.p[1]", "0.5",
                "outputs.threshold.map[1]", "0.5",
                "outputs.threshold.label", "1",
                "outputs.threshold.image[3]", "1",
                "outputs.select", "p_label, p[1]_decision, map",
                "outputs.rename.p_label", "verdict"))
        .isEmpty();
  }

  @Test
  void namesEveryProblem() {
    assertThat(
            problems(
                "outputs.activation.label", "sigmoid",
                "outputs.activation.absent", "sigmoid",
                "outputs.argmax.p", "one,two,three",
                "outputs.argmax.map", "index",
                "outputs.argmax.text", "index",
                "outputs.argmax.image", "index",
                "outputs.threshold.p", "0.5",
                "outputs.threshold.p[2]", "0.5",
                "outputs.threshold.map", "0.5",
                "outputs.threshold.text", "0.5",
                "outputs.select", "p, nothing",
                "outputs.rename.nothing", "something"))
        .satisfiesExactly(
            line -> assertThat(line).contains("outputs.activation.absent: the model has no output"),
            line ->
                assertThat(line)
                    .contains("outputs.activation.label is sigmoid, but label int64[?] has no"),
            line ->
                assertThat(line).contains("outputs.argmax.image: image float[?,2,2] has no class"),
            line ->
                assertThat(line)
                    .contains("outputs.argmax.map is index")
                    .contains("has labels of its own, expected label"),
            line ->
                assertThat(line)
                    .contains("outputs.argmax.p has 3 labels, but p float[?,2] has 2 values"),
            line -> assertThat(line).contains("outputs.argmax.text: text string[?] has no numbers"),
            line -> assertThat(line).contains("outputs.threshold.map: ").contains("map[label]"),
            line ->
                assertThat(line)
                    .contains("outputs.threshold.p: p float[?,2] has 2 values per row")
                    .contains("expected p[0] to p[1]"),
            line -> assertThat(line).contains("outputs.threshold.p[2]: ").contains("p[0] to p[1]"),
            line -> assertThat(line).contains("outputs.threshold.text: text string[?] has no"),
            line -> assertThat(line).contains("outputs.select names nothing, expected some of ["),
            line -> assertThat(line).contains("outputs.rename.nothing: there is no such output"));
  }

  @Test
  void softmaxTakesSeveralClasses() {
    assertThat(problems("outputs.activation.score", "softmax"))
        .containsExactly(
            "outputs.activation.score is softmax, but score float[?,1] has one value per row,"
                + " expected several classes; sigmoid is for one");
    assertThat(problems("outputs.activation.score", "sigmoid")).isEmpty();
  }

  @Test
  void anOutputOfTheModelIsNotReplacedByAStep() {
    assertThat(problems("outputs.argmax.q", "index"))
        .containsExactly(
            "outputs: argmax and threshold add q_label, which the model has already,"
                + " expected a model without it");
  }

  @Test
  void writtenNamesHaveToBeDistinct() {
    assertThat(problems("outputs.rename.p", "label"))
        .singleElement()
        .asString()
        .contains("outputs are written as [label, label, ")
        .contains("expected distinct names");
    assertThat(problems("outputs.select", "p,p")).singleElement();
    assertThat(problems("outputs.argmax.p", "label"))
        .singleElement()
        .asString()
        .contains("has no labels, expected class labels or index");
  }

  private static List<String> problems(String... pairs) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      values.put(pairs[i], pairs[i + 1]);
    }
    return OutputCheck.problems(OutputOptions.from(Configuration.fromMap(values)), SIGNATURE);
  }
}
