package dev.sluice.infer.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sluice.infer.ModelException;
import dev.sluice.model.TensorInfo;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.PredictionBatch;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs of a session over rows just as they lie in a batch. Owns the tensors, not the session. */
final class SessionRuns implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SessionRuns.class);

  private final GuardedSession session;
  private final InputTensors inputs;
  private final OutputTensors outputs;

  SessionRuns(GuardedSession session, FeatureLayout layout, List<TensorInfo> outputs) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    this.session = session;
    this.inputs = new InputTensors(environment, layout.inputs());
    this.outputs = new OutputTensors(environment, outputs);
  }

  /** Directs the outputs to a result; see {@link OutputTensors#attach}. */
  void attach(PredictionBatch result, int capacity, int fromRow) {
    outputs.attach(result, capacity, fromRow);
  }

  /**
   * Scores the rows {@code [from, to)} in one run.
   *
   * @param indivisible whether a refusal of these rows is final: then a model that does not answer
   *     the shapes it declares gets a second chance with outputs that are not pinned, and they stay
   *     so where it takes that
   */
  void run(FeatureBatch batch, int from, int to, boolean indivisible)
      throws ModelException, MemoryExhaustedException {
    try {
      run(batch, from, to);
    } catch (OrtException e) {
      ModelException refusal = RunFailure.of(e);
      if (!indivisible || !outputs.isPinning()) {
        throw refusal;
      }
      runUnpinned(batch, from, to, refusal);
    }
  }

  private void runUnpinned(FeatureBatch batch, int from, int to, ModelException refusal)
      throws ModelException, MemoryExhaustedException {
    boolean answered = false;
    outputs.setPinning(false);
    try {
      run(batch, from, to);
      answered = true;
      LOG.warn("The model does not answer the shapes it declares; outputs are copied", refusal);
    } catch (OrtException e) {
      refusal.addSuppressed(RunFailure.of(e));
      throw refusal;
    } finally {
      if (!answered) {
        outputs.setPinning(true);
      }
    }
  }

  private void run(FeatureBatch batch, int from, int to)
      throws OrtException, ModelException, MemoryExhaustedException {
    Map<String, OnnxTensor> given = inputs.of(batch, from, to);
    Map<String, OnnxTensor> pinned = outputs.pinned(from, to);
    try (OrtSession.Result answer = session.run(given, outputs.copied(), pinned)) {
      outputs.copy(answer, from, to);
    }
  }

  /** Takes the answers of other runs over to the rows from {@code from} on. */
  void take(List<OutputTensor> answers, int rows, int from)
      throws ModelException, MemoryExhaustedException {
    outputs.take(answers, rows, from);
  }

  /** Returns whether outputs are pinned. */
  boolean isPinning() {
    return outputs.isPinning();
  }

  /** Has outputs pinned or not, as other runs of the session have found out. */
  void setPinning(boolean pinning) {
    if (pinning != outputs.isPinning()) {
      outputs.setPinning(pinning);
    }
  }

  @Override
  public void close() {
    try (inputs) {
      outputs.close();
    }
  }
}
