package dev.sluice.infer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.infer.ModelException;
import dev.sluice.infer.TestBatches;
import dev.sluice.model.ModelPackage;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.PredictionBatch;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionRunsTest {
  private static final Path WIDTHS = Path.of("src/test/resources/models/runtime/widths.onnx");

  /** One row's answer of another shape than it declares must not make all others be copied. */
  @Test
  void staysPinnedWhereTheSecondChanceIsRefusedToo() throws Exception {
    FeatureLayout layout = Loaded.layoutOf(WIDTHS);
    FeatureBatch batch = new FeatureBatch(layout, 3);
    for (int width : new int[] {2, 3, 2}) {
      TestBatches.append(batch, width);
    }
    PredictionBatch result = new PredictionBatch();
    result.reset(batch);
    try (GuardedSession session = new GuardedSession(SessionFactory.cpu().open(WIDTHS, List.of()));
        SessionRuns runs =
            new SessionRuns(session, layout, ModelPackage.open(WIDTHS).signature().outputs())) {
      runs.attach(result, batch.capacity(), 0);
      runs.run(batch, 0, 1, true);
      runs.attach(result, batch.capacity(), 1);

      assertThatThrownBy(() -> runs.run(batch, 1, 2, true))
          .isInstanceOf(ModelException.class)
          .hasMessage("model output y has rows of shape [3], expected [2] as in the rows before");

      assertThat(runs.isPinning()).isTrue();
      runs.run(batch, 2, 3, true);
      assertThat(result.outputs().get(0).values().floatAt(5)).isEqualTo(2);
    }
  }
}
