package dev.sluice.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.NanOutput;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import dev.sluice.record.TensorBuffer;
import dev.sluice.record.Violation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BisectionTest {
  private final FakeModel model = new FakeModel();
  private final Bisection bisection = new Bisection(model);
  private final PredictionBatch result = new PredictionBatch();
  private final FeatureBatch batch =
      new FeatureBatch(TestBatches.layout(TestBatches.input("x", ElementType.DOUBLE, 1)), 100);

  @Test
  void batchWithoutGuiltyRowsIsOneRun() {
    fill(1, 2, 3);

    assertThat(bisection.score(batch, result)).isZero();
    assertThat(model.calls).containsExactly("0-3");
    assertThat(outputs()).containsExactly(10, 20, 30);
  }

  @Test
  void guiltyRowTakesNoNeighbourWithIt() {
    fill(1, 2, 3, -4, 5);

    assertThat(bisection.score(batch, result)).isEqualTo(1);
    assertThat(result.failure(3)).isEqualTo(Reason.MODEL_ERROR);
    assertThat(result.message(3)).isEqualTo("x is -4.0");
    assertThat(predicted()).containsExactly(0, 1, 2, 4);
    assertThat(outputs()).containsExactly(10, 20, 30, 50);
    assertThat(model.calls).containsExactly("0-5", "0-2", "2-5", "2-3", "3-5", "3-4", "4-5");
  }

  /** Each run with it takes all of the time that a run may take. */
  @Test
  void aRowThatTakesTooLongIsRunThreeTimes() {
    fill(1, 2, FakeModel.SLOW, 4, 5);

    assertThat(bisection.score(batch, result)).isEqualTo(1);
    assertThat(result.failure(2)).isEqualTo(Reason.MODEL_TIMEOUT);
    assertThat(predicted()).containsExactly(0, 1, 3, 4);
    assertThat(model.calls).containsExactly("0-5", "0-2", "2-5", "2-3", "3-4", "4-5");
  }

  @Test
  void aCancelledTaskRunsNoMore() {
    fill(1, -2, 3);
    model.interrupting = true;
    try {
      assertThatThrownBy(() -> bisection.score(batch, result))
          .isInstanceOf(CancellationException.class);
      assertThat(model.calls).containsExactly("0-3");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void everyRowMayBeGuilty() {
    fill(-1, -2, -3);

    assertThat(bisection.score(batch, result)).isEqualTo(3);
    assertThat(predicted()).isEmpty();
  }

  @Test
  void nextBatchForgetsFailures() {
    fill(-1, 2);
    bisection.score(batch, result);
    batch.clear();
    fill(1);

    assertThat(bisection.score(batch, result)).isZero();
    assertThat(predicted()).containsExactly(0);
  }

  @Test
  void emptyBatchIsNotRun() {
    assertThat(bisection.score(batch, result)).isZero();
    assertThat(model.calls).isEmpty();
  }

  @Test
  void nanIsNoPrediction() {
    fill(1, Double.NaN, 3);

    assertThat(bisection.score(batch, result)).isEqualTo(1);
    assertThat(result.failure(1)).isEqualTo(Reason.NAN_OUTPUT);
    assertThat(result.message(1)).isEqualTo("model output y is NaN, expected a number");
    assertThat(predicted()).containsExactly(0, 2);
  }

  @Test
  void nanIsNamedInWideOutputsAndScores() {
    fill(1, 2);
    result.reset(batch);
    TensorBuffer wide = new TensorBuffer(ElementType.FLOAT, 2, 2);
    wide.setFloat(1, Float.NaN);
    TensorBuffer scores = new TensorBuffer(ElementType.SCORES, 1, 2);
    scores.setScores(0, Map.of("a", 1.0));
    scores.setScores(1, Map.of("b", Double.NaN));
    result.outputs().add(new OutputTensor("wide", List.of(2), wide));
    result.outputs().add(new OutputTensor("scores", List.of(), scores));

    assertThat(new NanOutputs(NanOutput.FAIL_RECORD).mark(result)).isEqualTo(2);
    assertThat(result.message(0)).startsWith("model output wide[1] is NaN");
    assertThat(result.message(1)).startsWith("model output scores[b] is NaN");
  }

  @Test
  void whatIsNoPropertyOfRowsIsThrown() {
    Model broken =
        new Model() {
          @Override
          public void score(FeatureBatch rows, int from, int to, PredictionBatch answer) {
            throw new IllegalStateException("session is closed");
          }

          @Override
          public void close() {}
        };
    fill(1, 2);

    assertThatThrownBy(() -> new Bisection(broken).score(batch, result))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("session is closed");
  }

  private void fill(double... values) {
    for (double value : values) {
      TestBatches.append(batch, value);
    }
  }

  private List<Integer> predicted() {
    return IntStream.range(0, result.size()).filter(result::isPredicted).boxed().toList();
  }

  private List<Integer> outputs() {
    return predicted().stream()
        .map(row -> (int) result.outputs().get(0).values().numberAt(row))
        .toList();
  }

  @Test
  void nanIsFlaggedWhereAskedFor() {
    Bisection flagging = new Bisection(model, NanOutput.FLAG);
    fill(1, Double.NaN, -3, Double.NaN);

    assertThat(flagging.score(batch, result)).isEqualTo(1);

    assertThat(flagging.flagged()).isEqualTo(2);
    assertThat(predicted()).containsExactly(0, 1, 3);
    assertThat(result.warnings(0)).isEmpty();
    assertThat(result.warnings(1))
        .containsExactly(
            new Violation("y", Reason.NAN_OUTPUT, Severity.WARNING, "NaN", "a number"));
    assertThat(result.warnings(3)).hasSize(1);
    batch.clear();
    fill(1, 2);
    assertThat(flagging.score(batch, result)).isZero();
    assertThat(flagging.flagged()).isZero();
    assertThat(result.warnings(1)).isEmpty();
  }

  @Test
  void firstNanOfEachOutputIsNamed() {
    Model wide =
        new Model() {
          @Override
          public void score(FeatureBatch rows, int from, int to, PredictionBatch answer) {
            TensorBuffer values = new TensorBuffer(ElementType.FLOAT, 3, rows.capacity());
            values.setNumber(1, Double.NaN);
            values.setNumber(2, Double.NaN);
            TensorBuffer scores = new TensorBuffer(ElementType.SCORES, 1, rows.capacity());
            scores.setScores(0, Map.of("bad", Double.NaN));
            answer.outputs().add(new OutputTensor("wide", List.of(3), values));
            answer.outputs().add(new OutputTensor("scores", List.of(), scores));
          }

          @Override
          public void close() {}
        };
    Bisection flagging = new Bisection(wide, NanOutput.FLAG);
    fill(1);

    assertThat(flagging.score(batch, result)).isZero();

    assertThat(flagging.flagged()).isEqualTo(1);
    assertThat(result.warnings(0))
        .extracting(Violation::column)
        .containsExactly("wide[1]", "scores[bad]");
  }
}
