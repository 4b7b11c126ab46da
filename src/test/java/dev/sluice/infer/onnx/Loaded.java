package dev.sluice.infer.onnx;

import dev.sluice.config.ScoringOptions;
import dev.sluice.infer.Bisection;
import dev.sluice.infer.Model;
import dev.sluice.infer.ModelPlace;
import dev.sluice.infer.OffHeapBudget;
import dev.sluice.infer.TestBatches;
import dev.sluice.model.ModelPackage;
import dev.sluice.model.TensorInfo;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.InputTensor;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.PredictionBatch;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A model file, loaded on the CPU with a layout of one column per input, and one batch for it. */
final class Loaded implements AutoCloseable {
  private static final Path MODELS = Path.of("src/test/resources/models");

  final FeatureLayout layout;
  final Model model;
  final FeatureBatch batch;
  final PredictionBatch result = new PredictionBatch();

  Loaded(Path file, FeatureLayout layout, int capacity) {
    this(file, layout, capacity, ScoringOptions.defaults(), problem -> {});
  }

  Loaded(
      Path file,
      FeatureLayout layout,
      int capacity,
      ScoringOptions scoring,
      Consumer<Throwable> onHung) {
    ModelPackage model = ModelPackage.open(file);
    this.layout = layout;
    this.model =
        OnnxModelLoader.create(model, SessionFactory.cpu(), scoring)
            .load(
                new ModelPlace(model.path(), List.of(), OffHeapBudget.unlimited(), onHung),
                layout,
                capacity);
    this.batch = new FeatureBatch(layout, capacity);
  }

  static Loaded testModel(String name, int capacity) {
    Path file = MODELS.resolve(name + ".onnx");
    return new Loaded(file, layoutOf(file), capacity);
  }

  static Loaded testModel(String name, int capacity, ScoringOptions scoring) {
    Path file = MODELS.resolve(name + ".onnx");
    return new Loaded(file, layoutOf(file), capacity, scoring, problem -> {});
  }

  /** The default scoring, but for the sizes of runs. */
  static ScoringOptions sizes(Integer... sizes) {
    ScoringOptions defaults = ScoringOptions.defaults();
    return new ScoringOptions(List.of(sizes), false, defaults.timeout(), defaults.nanOutput());
  }

  static FeatureLayout layoutOf(Path file) {
    return TestBatches.layout(
        ModelPackage.open(file).signature().inputs().stream()
            .map(Loaded::input)
            .toArray(InputTensor[]::new));
  }

  private static InputTensor input(TensorInfo info) {
    List<Integer> rowShape = info.rowShape().stream().map(Math::toIntExact).toList();
    return new InputTensor(info.name(), info.type(), rowShape, List.of());
  }

  /** Appends a row with one value per element. */
  Loaded row(Object... values) {
    TestBatches.append(batch, values);
    return this;
  }

  /** Scores the batch by bisection; returns the number of failed rows. */
  int score() {
    return new Bisection(model).score(batch, result);
  }

  OutputTensor output(String name) {
    return result.outputs().stream().filter(o -> o.name().equals(name)).findFirst().orElseThrow();
  }

  @Override
  public void close() {
    model.close();
  }
}
