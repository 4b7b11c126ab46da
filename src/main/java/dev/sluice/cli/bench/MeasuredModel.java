package dev.sluice.cli.bench;

import dev.sluice.config.AnswerOptions;
import dev.sluice.infer.Model;
import dev.sluice.infer.ModelPlace;
import dev.sluice.infer.ModelStatus;
import dev.sluice.infer.Scorer;
import dev.sluice.infer.onnx.OnnxModelLoader;
import dev.sluice.infer.onnx.SessionFactory;
import dev.sluice.model.ModelPackage;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.PredictionBatch;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A model on one device, scored as the job does it. Owns the model; used by one thread. */
final class MeasuredModel implements AutoCloseable {
  private static final int REPEATS = 5;

  private final AnswerOptions answers;
  private final Model model;

  /**
   * Loads the model.
   *
   * @throws IllegalArgumentException if it does not load
   * @throws IllegalStateException if the device is not to be had
   */
  MeasuredModel(ModelPackage model, AnswerOptions answers, FeatureLayout layout, int maxRows) {
    this.answers = answers;
    this.model =
        OnnxModelLoader.create(
                model, SessionFactory.of(answers.execution()).withProfile(), answers.scoring())
            .forCommand()
            .load(new ModelPlace(model.path()), layout, maxRows);
  }

  ModelStatus status() {
    return model.status();
  }

  /**
   * Scores a batch once.
   *
   * @throws IllegalArgumentException if the model does not answer every row
   */
  PredictionBatch score(FeatureBatch batch) {
    PredictionBatch result = new PredictionBatch();
    int failed = scorer().score(batch, result);
    if (failed > 0) {
      int row =
          IntStream.range(0, batch.size())
              .filter(i -> !result.isPredicted(i))
              .findFirst()
              .orElse(0);
      throw new IllegalArgumentException(
          "on %s the model fails on %d of %d random rows, the first: %s; expected ranges that it answers, by a data profile in the model package"
              .formatted(status().executionProvider(), failed, batch.size(), result.message(row)));
    }
    return result;
  }

  /**
   * Returns the median of {@value #REPEATS} measurements in rows per second.
   *
   * @param batches of one size, scored in turn
   * @param nanos how long to measure in all; a run that takes longer is counted once per repeat
   */
  double rowsPerSecond(List<FeatureBatch> batches, long nanos) {
    Scorer scorer = scorer();
    PredictionBatch result = new PredictionBatch();
    long repeat = Math.max(1, nanos / REPEATS);
    measure(scorer, batches, result, repeat); // code is compiled, kernels are chosen
    double[] rates = new double[REPEATS];
    for (int i = 0; i < REPEATS; i++) {
      rates[i] = measure(scorer, batches, result, repeat);
    }
    Arrays.sort(rates);
    return rates[REPEATS / 2];
  }

  private static double measure(
      Scorer scorer, List<FeatureBatch> batches, PredictionBatch result, long nanos) {
    long rows = 0;
    int next = 0;
    long start = System.nanoTime();
    long passed;
    do {
      FeatureBatch batch = batches.get(next);
      next = next + 1 == batches.size() ? 0 : next + 1;
      rows += batch.size() - scorer.score(batch, result);
      passed = System.nanoTime() - start;
    } while (passed < nanos);
    return rows * 1e9 / Math.max(1, passed);
  }

  private Scorer scorer() {
    return new Scorer(model, answers.scoring().nanOutput(), answers.outputs());
  }

  @Override
  public void close() {
    model.close();
  }
}
