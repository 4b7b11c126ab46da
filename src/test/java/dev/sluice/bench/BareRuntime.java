package dev.sluice.bench;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sluice.model.ModelSignature;
import dev.sluice.model.TensorInfo;
import dev.sluice.record.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The least that ONNX Runtime needs to score batches: direct buffers made once, outputs written
 * into others, and nothing looked at.
 */
final class BareRuntime implements AutoCloseable {
  private final OrtSession.SessionOptions options = new OrtSession.SessionOptions();
  private final OrtSession session;
  private final Map<String, ByteBuffer> buffers = new LinkedHashMap<>();
  private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
  private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();

  BareRuntime(String file, ModelSignature signature, int rows) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    session = environment.createSession(file, options);
    for (TensorInfo input : signature.inputs()) {
      if (input.type() != ElementType.STRING) {
        inputs.put(input.name(), tensor(environment, input, rows));
      }
    }
    for (TensorInfo output : signature.outputs()) {
      outputs.put(output.name(), tensor(environment, output, rows));
    }
  }

  private OnnxTensor tensor(OrtEnvironment environment, TensorInfo info, int rows)
      throws OrtException {
    long[] shape = info.shape().stream().mapToLong(Long::longValue).toArray();
    shape[0] = rows;
    int elements = rows;
    for (int i = 1; i < shape.length; i++) {
      elements *= (int) shape[i];
    }
    ByteBuffer buffer =
        ByteBuffer.allocateDirect(elements * info.type().bytes()).order(ByteOrder.nativeOrder());
    buffers.put(info.name(), buffer);
    OnnxJavaType type = info.type() == ElementType.INT64 ? OnnxJavaType.INT64 : OnnxJavaType.FLOAT;
    return OnnxTensor.createTensor(environment, buffer, shape, type);
  }

  /** Returns the values of an input or output. */
  ByteBuffer buffer(String name) {
    return buffers.get(name);
  }

  /** Sets the values of an input of texts, which the runtime copies. */
  void texts(String name, String[] texts) throws OrtException {
    long[] shape = {texts.length, 1};
    OnnxTensor before =
        inputs.put(name, OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), texts, shape));
    if (before != null) {
      before.close();
    }
  }

  /** Scores what is in the input buffers. */
  void score() throws OrtException {
    session.run(inputs, Set.of(), outputs).close();
  }

  @Override
  public void close() throws OrtException {
    inputs.values().forEach(OnnxTensor::close);
    outputs.values().forEach(OnnxTensor::close);
    session.close();
    options.close();
  }
}
