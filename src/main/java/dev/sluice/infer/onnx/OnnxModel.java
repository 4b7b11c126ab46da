package dev.sluice.infer.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sluice.infer.Model;
import dev.sluice.infer.ModelException;
import dev.sluice.model.TensorInfo;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.PredictionBatch;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A model in a session of ONNX Runtime. Owns the session and its tensors. */
final class OnnxModel implements Model {
  private static final Logger LOG = LoggerFactory.getLogger(OnnxModel.class);

  private final OpenSession session;
  private final InputTensors inputs;
  private final OutputTensors outputs;

  OnnxModel(OpenSession session, FeatureLayout layout, List<TensorInfo> outputs) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    this.session = session;
    this.inputs = new InputTensors(environment, layout.inputs());
    this.outputs = new OutputTensors(environment, outputs);
  }

  @Override
  public void score(FeatureBatch batch, int from, int to, PredictionBatch result)
      throws ModelException {
    outputs.attach(result, batch.capacity(), from);
    try {
      run(batch, from, to);
    } catch (OrtException e) {
      ModelException refusal = RunFailure.of(e);
      if (to - from > 1 || !outputs.isPinning()) {
        throw refusal;
      }
      runUnpinned(batch, from, to, refusal);
    }
  }

  /**
   * Gives a single refused row a second chance: a model that does not answer the shapes it declares
   * runs if its outputs are not pinned, and they stay so then.
   */
  private void runUnpinned(FeatureBatch batch, int from, int to, ModelException refusal)
      throws ModelException {
    outputs.setPinning(false);
    try {
      run(batch, from, to);
      LOG.warn("The model does not answer the shapes it declares; outputs are copied", refusal);
    } catch (OrtException e) {
      outputs.setPinning(true);
      refusal.addSuppressed(e);
      throw refusal;
    }
  }

  private void run(FeatureBatch batch, int from, int to) throws OrtException, ModelException {
    Map<String, OnnxTensor> given = inputs.of(batch, from, to);
    Map<String, OnnxTensor> pinned = outputs.pinned(from, to);
    try (OrtSession.Result answer =
        session.session().run(given, outputs.copied(), pinned, session.runOptions())) {
      outputs.copy(answer, from, to);
    }
  }

  @Override
  public void close() {
    try (session;
        inputs;
        outputs) {
      // Closed in reverse: the tensors first, then the session.
    }
  }
}
