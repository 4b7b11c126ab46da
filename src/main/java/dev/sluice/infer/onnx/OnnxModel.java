package dev.sluice.infer.onnx;

import dev.sluice.infer.Cancellation;
import dev.sluice.infer.Model;
import dev.sluice.infer.ModelException;
import dev.sluice.model.TensorInfo;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.PredictionBatch;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * A model in a session of ONNX Runtime: splits and pads rows into runs of the sizes that it takes.
 * Owns the session and its tensors.
 */
final class OnnxModel implements Model {
  private final GuardedSession session;
  private final BatchSizes sizes;
  private final RunLimit limit;
  private final OnnxStatus status;
  private final SessionRuns exact;
  private final SessionRuns filled;
  private final PaddedRows padded;
  private final MemoryVerdict verdict;
  private boolean warm;

  private OnnxModel(
      OpenSession session,
      FeatureLayout layout,
      List<TensorInfo> outputs,
      BatchSizes sizes,
      int maxRows) {
    this.session = new GuardedSession(session);
    this.sizes = sizes;
    this.limit = new RunLimit(sizes, maxRows);
    this.status = new OnnxStatus(this.session, limit);
    this.exact = new SessionRuns(this.session, layout, outputs);
    this.filled = new SessionRuns(this.session, layout, outputs);
    this.padded = new PaddedRows(layout, sizes.paddedRows());
    this.verdict = new MemoryVerdict(filled, padded, sizes.padded(1));
  }

  /**
   * Returns the model of a session.
   *
   * @param session closed with the model, and if there will be none
   * @param maxRows the largest capacity of a batch
   */
  static OnnxModel open(
      OpenSession session,
      FeatureLayout layout,
      List<TensorInfo> outputs,
      BatchSizes sizes,
      int maxRows) {
    try {
      return new OnnxModel(session, layout, outputs, sizes, maxRows);
    } catch (RuntimeException | Error e) {
      session.close();
      throw e;
    }
  }

  /** Has all runs end where the task is cancelled. */
  void endWith(Cancellation cancellation) {
    session.endWith(cancellation);
  }

  /** Has the first runs, which may take longer than others, terminated by their own limit. */
  void warmingUp(Duration limit, Consumer<Throwable> onHung) {
    session.watch(limit, onHung);
  }

  /** Notes that the first runs are over: from now on, runs that take too long are terminated. */
  void warmedUp(long millis, Duration timeout, Consumer<Throwable> onHung) {
    warm = true;
    // Not kept until the first batch: another one of their size is made before.
    exact.close();
    filled.close();
    status.warmedUp(millis, session.endProfile());
    session.watch(timeout, onHung);
  }

  @Override
  public void score(FeatureBatch batch, int from, int to, PredictionBatch result)
      throws ModelException {
    try {
      scoreInRuns(batch, from, to, result);
      limit.keep(to - from);
    } catch (ModelException e) {
      limit.restore();
      throw e;
    }
  }

  private void scoreInRuns(FeatureBatch batch, int from, int to, PredictionBatch result)
      throws ModelException {
    int start = from;
    while (start < to) {
      int rows = Math.min(to - start, limit.rows());
      int size = sizes.padded(rows);
      try {
        run(batch, start, rows, size, result);
        start += rows;
        verdict.gotThrough();
      } catch (MemoryExhaustedException e) {
        if (!limit.halve(size)) {
          throw refusal(to - from, size, e);
        }
      }
    }
  }

  /** Returns why rows do not even get through in a run of the smallest size. */
  private ModelException refusal(int rows, int size, MemoryExhaustedException exhausted) {
    if (!warm) {
      throw MemoryVerdict.ofWarmUp(size, exhausted);
    }
    return rows == 1 ? verdict.ofRow(exhausted) : MemoryVerdict.ofRows(exhausted);
  }

  private void run(FeatureBatch batch, int from, int rows, int size, PredictionBatch result)
      throws ModelException, MemoryExhaustedException {
    boolean indivisible = rows == 1 || !warm;
    exact.attach(result, batch.capacity(), from);
    if (size == rows) {
      exact.run(batch, from, from + rows, indivisible);
      filled.setPinning(exact.isPinning());
    } else {
      padded.fill(batch, from, from + rows, size);
      filled.attach(padded.result(), padded.capacity(), 0);
      filled.run(padded.batch(), 0, size, indivisible);
      exact.setPinning(filled.isPinning());
      exact.take(padded.result().outputs(), rows, from);
    }
  }

  @Override
  public OnnxStatus status() {
    return status;
  }

  @Override
  public void close() {
    try (session;
        exact;
        filled) {
      // Closed in reverse: the tensors first, then the session.
    }
  }
}
