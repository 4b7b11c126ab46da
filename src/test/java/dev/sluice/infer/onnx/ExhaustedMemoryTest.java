package dev.sluice.infer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.ScoringOptions;
import dev.sluice.infer.Bisection;
import dev.sluice.infer.TestBatches;
import dev.sluice.model.ModelPackage;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that memory does not suffice for: too many rows, a row that takes it alone, none left. */
class ExhaustedMemoryTest {
  private static final Path MODELS = Path.of("src/test/resources/models/runtime");

  @Test
  void halvesTheRuns() {
    try (Loaded loaded = Loaded.testModel("runtime/exhaust", 8)) {
      assertThat(loaded.model.status().batchCap()).isEqualTo(2); // found out while warming up
      for (int row = 0; row < 7; row++) {
        loaded.row(row);
      }

      assertThat(loaded.score()).isZero();

      assertThat(loaded.output("y").values().floatAt(6)).isEqualTo(6);
      assertThat(loaded.model.status().batchCap()).isEqualTo(2);
    }
  }

  /** One record must neither stop the job, which would read it again, nor make it slow for good. */
  @ParameterizedTest
  @ValueSource(ints = {0, 3, 6})
  void aRowThatTakesItAloneFailsAlone(int guilty) {
    try (Loaded loaded = Loaded.testModel("runtime/exhaust", 8)) {
      for (int row = 0; row < 7; row++) {
        loaded.row(row == guilty ? -1 : row);
      }

      assertThat(loaded.score()).isEqualTo(1);

      assertThat(loaded.result.failure(guilty)).isEqualTo(Reason.MODEL_MEMORY);
      assertThat(loaded.result.message(guilty))
          .startsWith("memory is exhausted by a run of this record alone: ");
      for (int row = 0; row < 7; row++) {
        assertThat(loaded.result.isPredicted(row)).isEqualTo(row != guilty);
        if (row != guilty) {
          assertThat(loaded.output("y").values().floatAt(row)).isEqualTo(row);
        }
      }
      assertThat(loaded.model.status().batchCap()).isEqualTo(2);
    }
  }

  @Test
  void aRowThatTakesItAloneFailsAloneInPaddedRuns() {
    ScoringOptions pairs = Loaded.sizes(2);
    try (Loaded loaded = Loaded.testModel("runtime/exhaust", 8, pairs)) {
      loaded.row(1).row(-1).row(3).row(4).row(5);

      assertThat(loaded.score()).isEqualTo(1);

      assertThat(loaded.result.failure(1)).isEqualTo(Reason.MODEL_MEMORY);
      assertThat(loaded.output("y").values().floatAt(0)).isEqualTo(1);
      assertThat(loaded.output("y").values().floatAt(4)).isEqualTo(5);
    }
  }

  /** What a row makes the model answer may be too much for a batch, though not for the runtime. */
  @Test
  void aRowWhoseAnswerNoBufferTakesFailsAlone() {
    try (Loaded loaded = Loaded.testModel("runtime/widths", 4096)) {
      loaded.row(1 << 18).row(2).row(2);

      assertThat(loaded.score()).isEqualTo(1);

      assertThat(loaded.result.failure(0)).isEqualTo(Reason.MODEL_MEMORY);
      assertThat(loaded.result.message(0))
          .endsWith(
              "model output y has rows of shape [262144], expected at most 2147483647 bytes for 4096 of them");
      assertThat(loaded.output("y").values().floatAt(5)).isEqualTo(2);
      assertThat(loaded.model.status().batchCap()).isEqualTo(4096);
    }
  }

  /** As long as neutral rows get through, memory is there. */
  @Test
  void anyNumberOfSuchRowsStopsNothing() {
    try (Loaded loaded = Loaded.testModel("runtime/exhaust", 64)) {
      for (int row = 0; row < 50; row++) {
        loaded.row(-1);
      }

      assertThat(loaded.score()).isEqualTo(50);
      assertThat(loaded.model.status().batchCap()).isEqualTo(2);
    }
  }

  @Test
  void noMemoryForNeutralRowsStopsTheJobAtOnce() {
    try (Opened opened = new Opened("exhaust-neutral")) {
      assertThat(opened.score(1, 2)).isZero();
      assertThatThrownBy(() -> opened.score(1, -1, 1, 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith(
              "memory is exhausted by a run of 1 rows, and by one of 1 neutral rows as well; the model takes no fewer: ");
    }
  }

  @Test
  void noMemoryForNeutralRowsInTheWarmUpIsRefused() {
    assertThatThrownBy(() -> Loaded.testModel("runtime/exhaust-neutral", 8))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "memory is exhausted by a run of 1 neutral rows, and the model takes no fewer: ");
  }

  @Test
  void whereNeutralRowsProveNothingManyInSequenceStopTheJob() {
    try (Opened opened = new Opened("exhaust-unproven")) {
      Object[] guilty = new Object[MemoryVerdict.MOST_UNPROVEN - 1];
      Arrays.fill(guilty, -1);

      assertThat(opened.score(guilty)).isEqualTo(guilty.length);
      assertThat(opened.score(5)).isZero();
      assertThat(opened.score(guilty)).isEqualTo(guilty.length);
      assertThatThrownBy(() -> opened.score(-1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith(
              "memory is exhausted by a run of 1 rows, the 16th in sequence that did not get through; ");
    }
  }

  /** A model that counts as warmed up, but has not been: as if memory had gone since. */
  private static final class Opened implements AutoCloseable {
    private static final int CAPACITY = 16;

    private final OnnxModel model;
    private final FeatureBatch batch;

    Opened(String name) {
      Path file = MODELS.resolve(name + ".onnx");
      FeatureLayout layout = Loaded.layoutOf(file);
      model =
          OnnxModel.open(
              SessionFactory.cpu().open(file, List.of()),
              layout,
              ModelPackage.open(file).signature().outputs(),
              new BatchSizes(List.of()),
              CAPACITY);
      model.warmedUp(0, Duration.ZERO, problem -> {});
      batch = new FeatureBatch(layout, CAPACITY);
    }

    int score(Object... rows) {
      batch.clear();
      for (Object row : rows) {
        TestBatches.append(batch, row);
      }
      return new Bisection(model).score(batch, new PredictionBatch());
    }

    @Override
    public void close() {
      model.close();
    }
  }
}
