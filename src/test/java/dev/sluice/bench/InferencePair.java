package dev.sluice.bench;

import ai.onnxruntime.OrtException;
import dev.sluice.config.NanOutput;
import dev.sluice.config.OutputOptions;
import dev.sluice.infer.Model;
import dev.sluice.infer.ModelPlace;
import dev.sluice.infer.Scorer;
import dev.sluice.infer.TestBatches;
import dev.sluice.infer.onnx.OnnxModelLoader;
import dev.sluice.infer.onnx.SessionFactory;
import dev.sluice.model.ModelPackage;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.InputTensor;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.PredictionBatch;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The job's inference and bare ONNX Runtime side by side, over the same rows in batches of the same
 * size: each pass scores {@value #ROWS} rows of a model with one input of floats.
 */
final class InferencePair implements AutoCloseable {
  /** How many rows a pass scores; every batch size divides it. */
  static final int ROWS = 4096;

  private final int size;
  private final String input;
  private final FeatureBatch rows;
  private final FeatureBatch current;
  private final PredictionBatch result = new PredictionBatch();
  private final Model model;
  private final Scorer scorer;
  private final BareRuntime bare;

  /**
   * @param file the model's file
   * @param size rows of a batch
   * @throws IllegalStateException if the two answer differently
   */
  InferencePair(Path file, int size) throws Exception {
    this.size = size;
    ModelPackage opened = ModelPackage.open(file);
    FeatureLayout layout = layout(opened);
    input = layout.inputs().get(0).name();
    rows = new FeatureBatch(layout, ROWS);
    current = new FeatureBatch(layout, size);
    fill(layout);
    model = load(opened, layout, size);
    scorer = new Scorer(model, NanOutput.FAIL_RECORD, OutputOptions.NONE);
    bare = new BareRuntime(opened.onnxFile().toString(), opened.signature(), size);
    compare();
  }

  /** Returns a layout with one column, which is the whole input. */
  static FeatureLayout layout(ModelPackage model) {
    return TestBatches.layout(
        model.signature().inputs().stream()
            .map(
                info ->
                    new InputTensor(
                        info.name(),
                        info.type(),
                        info.rowShape().stream().map(Math::toIntExact).toList(),
                        List.of()))
            .toArray(InputTensor[]::new));
  }

  /** Loads a model as the job does. */
  static Model load(ModelPackage opened, FeatureLayout layout, int size) {
    return OnnxModelLoader.create(opened, SessionFactory.cpu())
        .load(new ModelPlace(opened.path()), layout, size);
  }

  private void fill(FeatureLayout layout) {
    SplittableRandom random = new SplittableRandom(14);
    Object[] values = new Object[layout.elements()];
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextDouble(-2, 2);
      }
      TestBatches.append(rows, values);
      if (row < size) {
        TestBatches.append(current, values);
      }
    }
  }

  /** The job's stage, without Flink around it. */
  void job() {
    for (int from = 0; from < ROWS; from += size) {
      current.copyInputs(rows, from, from + size, 0);
      scorer.score(current, result);
    }
  }

  /** ONNX Runtime alone, with direct buffers and pinned outputs. */
  void bare() throws Exception {
    for (int from = 0; from < ROWS; from += size) {
      bare.buffer(input).clear().put(rows.tensor(0).slice(from, from + size));
      bare.score();
    }
  }

  private void compare() throws Exception {
    job();
    bare();
    for (OutputTensor output : result.outputs()) {
      ByteBuffer ofBare = bare.buffer(output.name()).rewind();
      if (!output.values().slice(0, size).equals(ofBare)) {
        throw new IllegalStateException(
            "output " + output.name() + " of the job is not that of bare ONNX Runtime");
      }
    }
  }

  @Override
  public void close() throws OrtException {
    try (bare) {
      model.close();
    }
  }
}
