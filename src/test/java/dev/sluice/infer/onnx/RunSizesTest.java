package dev.sluice.infer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.config.ScoringOptions;
import dev.sluice.infer.ModelException;
import dev.sluice.infer.ModelStatus;
import dev.sluice.record.OutputTensor;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches that a model gets in runs of other sizes. */
class RunSizesTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 9, 10})
  void fixedBatchIsPaddedAndCut(int rows) {
    try (Loaded loaded = Loaded.testModel("runtime/fixed-types", 10)) {
      for (int batch = 0; batch < 2; batch++) {
        for (int row = 0; row < rows; row++) {
          loaded.row(10 * batch + row + 0.5, "text " + batch + row);
        }

        assertThat(loaded.score()).isZero();

        for (int row = 0; row < rows; row++) {
          assertThat(loaded.output("y_float").values().floatAt(row))
              .isEqualTo(10 * batch + row + 0.5f);
          assertThat(loaded.output("y_string").values().textAt(row))
              .isEqualTo("text " + batch + row);
        }
        loaded.batch.clear();
      }
      assertThat(loaded.model.status().batchCap()).isEqualTo(3);
    }
  }

  @Test
  void fixedBatchWithScoresPerLabel() {
    try (Loaded loaded = Loaded.testModel("runtime/fixed-zipmap", 8)) {
      for (int row = 0; row < 5; row++) {
        loaded.row(row, 1.0);
      }

      assertThat(loaded.score()).isZero();

      for (int row = 0; row < 5; row++) {
        assertThat(loaded.output("output_probability").values().scoresAt(row).get("1"))
            .isCloseTo(1 / (1 + Math.exp(-(0.5 + row - 2))), within(1e-6));
        assertThat(loaded.output("output_label").values().longAt(row)).isEqualTo(row < 2 ? 0 : 1);
      }
    }
  }

  @Test
  void guiltyRowsAloneFailInPaddedRuns() {
    Set<Integer> guilty = Set.of(0, 17, 18, 63, 99);
    try (Loaded loaded = Loaded.testModel("embedding-lookup", 128, Loaded.sizes(4, 16))) {
      for (int row = 0; row < 100; row++) {
        loaded.row(guilty.contains(row) ? 10 + row : row % 10);
      }

      assertThat(loaded.score()).isEqualTo(guilty.size());

      OutputTensor embedding = loaded.output("embedding");
      for (int row = 0; row < 100; row++) {
        assertThat(loaded.result.isPredicted(row)).isEqualTo(!guilty.contains(row));
        for (int i = 0; i < 4 && !guilty.contains(row); i++) {
          assertThat(embedding.values().floatAt(4 * row + i))
              .isEqualTo((float) (row % 10 + i / 10.0));
        }
      }
    }
  }

  /** Padding neither reads the rows beside those that are scored nor writes over their answers. */
  @Test
  void paddingLeavesNeighboursAlone() throws ModelException {
    try (Loaded loaded = Loaded.testModel("embedding-lookup", 8, Loaded.sizes(4))) {
      loaded.row(1).row(2).row(3).row(77).row(5).row(6);
      loaded.result.reset(loaded.batch);
      loaded.model.score(loaded.batch, 4, 6, loaded.result);
      loaded.model.score(loaded.batch, 0, 3, loaded.result);

      OutputTensor embedding = loaded.output("embedding");
      assertThat(embedding.values().floatAt(0)).isEqualTo(1);
      assertThat(embedding.values().floatAt(8)).isEqualTo(3);
      assertThat(embedding.values().floatAt(12)).isZero();
      assertThat(embedding.values().floatAt(16)).isEqualTo(5);
      assertThat(embedding.values().floatAt(20)).isEqualTo(6);
    }
  }

  @Test
  void rowByRowDoesNotDependOnTheBatch() {
    ScoringOptions rowByRow =
        new ScoringOptions(List.of(), true, Duration.ZERO, ScoringOptions.defaults().nanOutput());
    try (Loaded together = Loaded.testModel("runtime/quantised", 2);
        Loaded alone = Loaded.testModel("runtime/quantised", 2, rowByRow)) {
      together.row(0.5, 1).row(100, 200).score();
      alone.row(0.5, 1).row(100, 200).score();

      assertThat(alone.output("y").values().floatAt(0)).isCloseTo(0.5f, within(0.01f));
      assertThat(together.output("y").values().floatAt(0)).isNotCloseTo(0.5f, within(0.01f));
    }
  }

  @Test
  void tellsAboutItself() {
    try (Loaded loaded = Loaded.testModel("log-label", 7)) {
      ModelStatus status = loaded.model.status();

      assertThat(status.executionProvider()).isEqualTo("cpu");
      assertThat(status.device()).isEqualTo(-1);
      assertThat(status.batchCap()).isEqualTo(7);
      assertThat(status.runsTimedOut()).isZero();
      assertThat(status.warmUpMillis()).isGreaterThanOrEqualTo(0);
      assertThat(status.providerShare()).isEmpty();
    }
  }
}
