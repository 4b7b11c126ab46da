package dev.sluice.infer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.Activation;
import dev.sluice.config.NanOutput;
import dev.sluice.config.OutputOptions;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.Reason;
import dev.sluice.record.TensorBuffer;
import dev.sluice.record.Violation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScorerTest {
  private static final OutputOptions RENAMED =
      new OutputOptions(List.of(), Map.of("y", "p"), Map.of(), Map.of(), Map.of());

  private final FeatureBatch batch =
      new FeatureBatch(TestBatches.layout(TestBatches.input("x", ElementType.DOUBLE, 1)), 10);
  private final PredictionBatch result = new PredictionBatch();

  @Test
  void flaggedRowsKeepTheirWarningsThroughPostProcessing() {
    Scorer scorer = new Scorer(new FakeModel(), NanOutput.FLAG, RENAMED);
    TestBatches.append(batch, 1);
    TestBatches.append(batch, Double.NaN);

    assertThat(scorer.score(batch, result)).isZero();

    assertThat(scorer.flagged()).isEqualTo(1);
    assertThat(result.isPredicted(1)).isTrue();
    assertThat(result.warnings(0)).isEmpty();
    assertThat(result.warnings(1)).extracting(Violation::column).containsExactly("y", "p");
  }

  @Test
  void flaggedOnceWithoutPostProcessing() {
    Scorer scorer = new Scorer(new FakeModel(), NanOutput.FLAG, OutputOptions.NONE);
    TestBatches.append(batch, Double.NaN);

    assertThat(scorer.score(batch, result)).isZero();

    assertThat(scorer.flagged()).isEqualTo(1);
    assertThat(result.warnings(0)).hasSize(1);
  }

  @Test
  void postProcessingMayMakeNan() {
    OutputOptions softmax =
        new OutputOptions(List.of(), Map.of(), Map.of("y", Activation.SOFTMAX), Map.of(), Map.of());
    TestBatches.append(batch, 1);
    TestBatches.append(batch, Double.POSITIVE_INFINITY);
    Scorer flagging = new Scorer(new Pair(), NanOutput.FLAG, softmax);
    Scorer failing = new Scorer(new Pair(), NanOutput.FAIL_RECORD, softmax);

    assertThat(flagging.score(batch, result)).isZero();
    assertThat(flagging.flagged()).isEqualTo(1);
    assertThat(failing.score(batch, new PredictionBatch())).isEqualTo(1);
    assertThat(failing.flagged()).isZero();
  }

  /** The model does not even know its outputs yet. */
  @Test
  void aBatchOfTombstonesAloneReachesNoModel() {
    OutputOptions softmax =
        new OutputOptions(List.of(), Map.of(), Map.of("y", Activation.SOFTMAX), Map.of(), Map.of());
    for (OutputOptions options : List.of(softmax, OutputOptions.NONE)) {
      Scorer scorer = new Scorer(new FakeModel(), NanOutput.FLAG, options);
      assertThat(scorer.score(batch, result)).isZero();
      assertThat(scorer.flagged()).isZero();
      assertThat(result.size()).isZero();
    }
  }

  /** What its outputs look like is not known before it has answered a row. */
  @Test
  void aFirstBatchOfRefusedRowsFailsThoseAlone() {
    OutputOptions labels =
        new OutputOptions(
            List.of(), Map.of(), Map.of(), Map.of("y", List.of("low", "high")), Map.of());
    Scorer scorer = new Scorer(new Undeclared(), NanOutput.FLAG, labels);
    TestBatches.append(batch, -1);

    assertThat(scorer.score(batch, result)).isEqualTo(1);
    assertThat(result.failure(0)).isEqualTo(Reason.MODEL_ERROR);

    TestBatches.append(batch, 7);
    assertThat(scorer.score(batch, result)).isEqualTo(1);
    assertThat(result.isPredicted(0)).isFalse();
    assertThat(result.isPredicted(1)).isTrue();
    OutputTensor label = result.outputs().get(1);
    assertThat(label.name()).isEqualTo("y_label");
    assertThat(label.values().textAt(1)).isEqualTo("high");
  }

  /** Answers {@code y = [0, x]}, and refuses what is negative; says before that y is one value. */
  private static final class Undeclared implements Model {
    @Override
    public void score(FeatureBatch rows, int from, int to, PredictionBatch answer)
        throws ModelException {
      if (answer.outputs().isEmpty()) {
        answer.outputs().add(output(1, List.of(), rows.capacity()));
      }
      for (int row = from; row < to; row++) {
        if (rows.column(0).numberAt(row, 0) < 0) {
          throw new ModelException("x is negative");
        }
      }
      if (answer.outputs().get(0).rowShape().isEmpty()) {
        answer.outputs().set(0, output(2, List.of(2), rows.capacity()));
      }
      for (int row = from; row < to; row++) {
        TensorBuffer values = answer.outputs().get(0).values();
        values.setNumber(2 * row + 1, rows.column(0).numberAt(row, 0));
      }
    }

    private static OutputTensor output(int width, List<Integer> rowShape, int capacity) {
      return new OutputTensor("y", rowShape, new TensorBuffer(ElementType.DOUBLE, width, capacity));
    }

    @Override
    public void close() {}
  }

  @Test
  void failedRowsAreNotFlagged() {
    Scorer scorer = new Scorer(new FakeModel(), NanOutput.FAIL_RECORD, RENAMED);
    TestBatches.append(batch, 1);
    TestBatches.append(batch, Double.NaN);

    assertThat(scorer.score(batch, result)).isEqualTo(1);

    assertThat(scorer.flagged()).isZero();
    assertThat(result.failure(1)).isEqualTo(Reason.NAN_OUTPUT);
  }

  /** Answers {@code y = [x, x]}. */
  private static final class Pair implements Model {
    @Override
    public void score(FeatureBatch rows, int from, int to, PredictionBatch answer) {
      if (answer.outputs().isEmpty()) {
        TensorBuffer values = new TensorBuffer(ElementType.DOUBLE, 2, rows.capacity());
        answer.outputs().add(new OutputTensor("y", List.of(2), values));
      }
      TensorBuffer values = answer.outputs().get(0).values();
      for (int row = from; row < to; row++) {
        values.setNumber(2 * row, rows.column(0).numberAt(row, 0));
        values.setNumber(2 * row + 1, rows.column(0).numberAt(row, 0));
      }
    }

    @Override
    public void close() {}
  }
}
