package dev.sluice.infer.onnx;

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

/** A model in a session of ONNX Runtime. Owns the session and its tensors. */
final class OnnxModel implements Model {
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
      if (!outputs.isShapeMismatch(e)) {
        throw RunFailure.of(e);
      }
      outputs.unpin(e);
      rerun(batch, from, to);
    }
  }

  private void rerun(FeatureBatch batch, int from, int to) throws ModelException {
    try {
      run(batch, from, to);
    } catch (OrtException e) {
      throw RunFailure.of(e);
    }
  }

  private void run(FeatureBatch batch, int from, int to) throws OrtException, ModelException {
    try (OrtSession.Result answer =
        session
            .session()
            .run(inputs.of(batch, from, to), outputs.copied(), outputs.pinned(from, to))) {
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
