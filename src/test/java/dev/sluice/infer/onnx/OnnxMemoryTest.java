package dev.sluice.infer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.infer.ModelPlace;
import dev.sluice.infer.OffHeapBudget;
import dev.sluice.model.ModelPackage;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnnxMemoryTest {
  private static final Path MLP = Path.of("src/test/resources/models/bench-mlp-30/model.onnx");

  @Test
  void countsInputsOutputsOtherColumnsAndPadding() {
    FeatureLayout inputs = Loaded.layoutOf(MLP);
    List<FeatureColumn> columns = new ArrayList<>(inputs.columns());
    columns.add(new FeatureColumn("id", ElementType.INT64, 1));
    columns.add(new FeatureColumn("name", ElementType.STRING, 1));
    FeatureLayout layout = new FeatureLayout(columns, inputs.inputs());
    ModelPackage model = ModelPackage.open(MLP);

    assertThat(DirectMemory.perSlot(layout, model.signature(), new BatchSizes(List.of()), 100))
        .isEqualTo(100 * (120 + 4 + 8) + 120 + 4);
    assertThat(DirectMemory.perSlot(layout, model.signature(), new BatchSizes(List.of(16)), 100))
        .isEqualTo(100 * (120 + 4 + 8) + 16 * (120 + 4));
  }

  @Test
  void buffersBeyondTheBudgetStopTheJob() {
    ModelPlace tight = new ModelPlace(MLP, List.of(), new OffHeapBudget(1000, 1), problem -> {});

    assertThatThrownBy(
            () ->
                OnnxModelLoader.create(ModelPackage.open(MLP), SessionFactory.cpu())
                    .load(tight, Loaded.layoutOf(MLP), 256))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("set taskmanager.memory.task.off-heap.size to at least 1 mb");
  }

  @Test
  void tellsWhatItTakes() {
    try (Loaded loaded = Loaded.testModel("bench-mlp-30/model", 256)) {
      assertThat(loaded.model.status().directBytes()).isEqualTo(257 * 124);
      assertThat(loaded.model.status().runtimeBytes()).isPositive();
    }
  }
}
