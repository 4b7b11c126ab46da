package dev.sluice.infer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.infer.Model;
import dev.sluice.infer.ModelPlace;
import dev.sluice.infer.OffHeapBudget;
import dev.sluice.model.ModelPackage;
import dev.sluice.model.ModelSignature;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.InputTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class OnnxMemoryTest {
  private static final Path MLP = Path.of("src/test/resources/models/bench-mlp-30/model.onnx");

  private static final ModelSignature NO_OUTPUTS = new ModelSignature(List.of(), List.of());

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

  /** A double in a tensor of floats is kept beside it as well, for the input profile. */
  @Test
  void countsColumnsThatInputsTakeWithLoss() {
    List<FeatureColumn> columns =
        List.of(
            new FeatureColumn("d", ElementType.DOUBLE, 3),
            new FeatureColumn("id", ElementType.INT64, 1));
    FeatureLayout layout =
        new FeatureLayout(
            columns,
            List.of(
                new InputTensor("x", ElementType.FLOAT, List.of(4), List.of(0, 1)),
                new InputTensor("i", ElementType.INT64, List.of(), List.of(1))));

    assertThat(DirectMemory.perSlot(layout, NO_OUTPUTS, new BatchSizes(List.of()), 100))
        .isEqualTo(100 * (16 + 8 + 24) + (16 + 8 + 24 + 8));
  }

  @RepeatedTest(100)
  void countsWhatBatchesReallyTake(RepetitionInfo repetition) throws Exception {
    FeatureLayout layout = randomLayout(new Random(repetition.getCurrentRepetition()));
    long batch = DirectBytes.of(new FeatureBatch(layout, 100));
    long padded = DirectBytes.of(new PaddedRows(layout, 7));

    assertThat(padded).isPositive();
    assertThat(DirectMemory.perSlot(layout, NO_OUTPUTS, new BatchSizes(List.of(7)), 100))
        .isEqualTo(batch + padded);
  }

  /** Numbers of all types that records have, for inputs of all types that take them. */
  private static FeatureLayout randomLayout(Random random) {
    List<ElementType> fields =
        List.of(
            ElementType.DOUBLE,
            ElementType.FLOAT,
            ElementType.INT64,
            ElementType.INT32,
            ElementType.BOOL);
    List<FeatureColumn> columns = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      ElementType type = fields.get(random.nextInt(fields.size()));
      columns.add(new FeatureColumn("f" + i, type, 1 + random.nextInt(3)));
    }
    columns.add(new FeatureColumn("text", ElementType.STRING, 1));
    List<ElementType> types =
        Stream.of(ElementType.values()).filter(type -> type.bytes() > 0).toList();
    List<InputTensor> inputs = new ArrayList<>();
    inputs.add(new InputTensor("text", ElementType.STRING, List.of(), List.of(8)));
    for (int i = 0; i < 4; i++) {
      ElementType type = types.get(random.nextInt(types.size()));
      List<Integer> taken =
          random
              .ints(1 + random.nextInt(4), 0, 8)
              .filter(column -> type.isFloating() || columns.get(column).type().isIntegral())
              .boxed()
              .toList();
      int width = taken.stream().mapToInt(column -> columns.get(column).width()).sum();
      if (width > 0) {
        inputs.add(new InputTensor("i" + i, type, List.of(width), taken));
      }
    }
    if (inputs.size() == 1) {
      int width = columns.get(0).width();
      inputs.add(new InputTensor("x", ElementType.FLOAT, List.of(width), List.of(0)));
    }
    return new FeatureLayout(columns, inputs);
  }

  @Test
  void countsWhatOthersTakePerRow() {
    OnnxModelLoader loader =
        OnnxModelLoader.create(ModelPackage.open(MLP), SessionFactory.cpu())
            .beside(10)
            .forCommand();
    try (Model model = loader.load(new ModelPlace(MLP), Loaded.layoutOf(MLP), 256)) {
      assertThat(model.status().directBytes()).isEqualTo(257 * 124 + 256 * 10);
    }
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
