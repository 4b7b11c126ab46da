package dev.sluice.infer;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.OutputOptions;
import dev.sluice.infer.output.OutputProcessor;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.PredictionBatch;

/** From a batch of features to the outputs that are written: bisection, then post-processing. */
public final class Scorer {
  private final Bisection bisection;
  private final OutputProcessor processor;
  private final PredictionBatch scored = new PredictionBatch();

  /**
   * @param model the model; stays the caller's to close
   * @param outputs what becomes of its outputs
   */
  public Scorer(Model model, OutputOptions outputs) {
    this.bisection = new Bisection(requireNonNull(model, "model is null"));
    this.processor = outputs.isIdentity() ? null : new OutputProcessor(outputs);
  }

  /**
   * Starts the answer to the batch and completes it: every row is either predicted or failed. NaN
   * is looked for before and after post-processing, which may hide it or make it.
   *
   * @return the number of failed rows
   */
  public int score(FeatureBatch batch, PredictionBatch result) {
    if (processor == null) {
      return bisection.score(batch, result);
    }
    int failed = bisection.score(batch, scored);
    processor.process(scored, result);
    return failed + NanOutputs.fail(result);
  }
}
