package dev.sluice.infer;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.NanOutput;
import dev.sluice.config.OutputOptions;
import dev.sluice.infer.output.OutputProcessor;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.PredictionBatch;

/** From a batch of features to the outputs that are written: bisection, then post-processing. */
public final class Scorer {
  private final Bisection bisection;
  private final NanOutputs nan;
  private final OutputProcessor processor;
  private final PredictionBatch scored = new PredictionBatch();
  private int flagged;

  /**
   * @param model the model; stays the caller's to close
   * @param nanOutput what becomes of rows that it answers with NaN
   * @param outputs what becomes of its outputs
   */
  public Scorer(Model model, NanOutput nanOutput, OutputOptions outputs) {
    this.bisection = new Bisection(requireNonNull(model, "model is null"), nanOutput);
    this.nan = new NanOutputs(nanOutput);
    this.processor = outputs.isIdentity() ? null : new OutputProcessor(outputs);
  }

  /**
   * Starts the answer to the batch and completes it: every row is either predicted or failed. NaN
   * is looked for before and after post-processing, which may hide it or make it.
   *
   * @return the number of failed rows
   */
  public int score(FeatureBatch batch, PredictionBatch result) {
    if (batch.size() == 0) { // tombstones alone
      result.reset(batch);
      flagged = 0;
      return 0;
    }
    if (processor == null) {
      int failed = bisection.score(batch, result);
      flagged = bisection.flagged();
      return failed;
    }
    int failed = bisection.score(batch, scored);
    int unfit = processor.process(scored, result); // all that were predicted, or none
    int marked = nan.mark(result);
    int kept = nan.isKept() ? marked : 0;
    flagged = (unfit > 0 ? 0 : bisection.flagged()) + kept;
    return failed + unfit + marked - kept;
  }

  /** Returns how many rows of the last batch were predicted, but with a warning about NaN. */
  public int flagged() {
    return flagged;
  }
}
