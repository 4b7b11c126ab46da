package dev.sluice.infer;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.NanOutput;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.Reason;
import java.util.concurrent.CancellationException;

/**
 * Scores a batch so that a guilty row takes no other with it: where the model refuses rows, each
 * half is scored on its own, down to single rows. A batch without guilty rows is one run; k guilty
 * rows among n cost at most about {@code 2 k log2(n)} more. Where a run takes too long, and a half
 * of it again, each row of that half is scored on its own at once: that takes more runs, but fewer
 * that take so long, {@code 2 + k} as a rule.
 */
public final class Bisection {
  private static final int MAX_MESSAGE = 1000;

  private final Model model;
  private final NanOutputs nan;
  private int flagged;

  /**
   * @param model the model; stays the caller's to close
   * @param nanOutput what becomes of rows that it answers with NaN
   */
  public Bisection(Model model, NanOutput nanOutput) {
    this.model = requireNonNull(model, "model is null");
    this.nan = new NanOutputs(nanOutput);
  }

  /** Bisection that fails the rows answered with NaN; the model stays the caller's to close. */
  public Bisection(Model model) {
    this(model, NanOutput.FAIL_RECORD);
  }

  /**
   * Starts the answer to the batch and completes it: every row is either predicted or failed, by
   * {@link Reason#MODEL_ERROR}, {@link Reason#MODEL_TIMEOUT}, {@link Reason#MODEL_MEMORY} or {@link
   * Reason#NAN_OUTPUT}.
   *
   * @return the number of failed rows
   * @throws CancellationException if the thread is interrupted; the answer is not complete then
   */
  public int score(FeatureBatch batch, PredictionBatch result) {
    result.reset(batch);
    int failed = 0;
    if (batch.size() > 0) {
      failed = score(batch, 0, batch.size(), false, result);
    }
    int marked = nan.mark(result);
    flagged = nan.isKept() ? marked : 0;
    return failed + marked - flagged;
  }

  /** Returns how many rows of the last batch were predicted, but with a warning about NaN. */
  public int flagged() {
    return flagged;
  }

  /**
   * @param late whether a run with these rows has taken too long before
   */
  private int score(FeatureBatch batch, int from, int to, boolean late, PredictionBatch result) {
    requireWanted();
    try {
      model.score(batch, from, to, result);
      return 0;
    } catch (ModelException e) {
      if (to - from == 1) {
        result.fail(from, reason(e), message(e));
        return 1;
      }
      boolean tooLong = e instanceof ModelTimeoutException;
      int parts = tooLong && late ? to - from : 2;
      int failed = 0;
      for (int part = 0; part < parts; part++) {
        int begin = begin(from, to, part, parts);
        int end = begin(from, to, part + 1, parts);
        failed += score(batch, begin, end, tooLong || late, result);
      }
      return failed;
    }
  }

  private static int begin(int from, int to, int part, int parts) {
    return from + (int) ((long) (to - from) * part / parts);
  }

  /** A task that is cancelled has not the time for the rows that are left: they are read again. */
  private static void requireWanted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted between two runs of the model");
    }
  }

  private static Reason reason(ModelException e) {
    if (e instanceof ModelTimeoutException) {
      return Reason.MODEL_TIMEOUT;
    }
    return e instanceof ModelMemoryException ? Reason.MODEL_MEMORY : Reason.MODEL_ERROR;
  }

  private static String message(ModelException e) {
    String message = String.valueOf(e.getMessage());
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…";
  }
}
