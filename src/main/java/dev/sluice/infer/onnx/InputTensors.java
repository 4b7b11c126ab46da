package dev.sluice.infer.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.sluice.infer.ModelException;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.InputTensor;
import dev.sluice.record.TensorBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a batch as ONNX tensors. Numbers are not copied: a tensor lies over the batch's own
 * direct buffer, and is kept for the next batch if that has the same rows in the same buffers.
 * Texts are copied into the runtime every time.
 */
final class InputTensors implements AutoCloseable {
  private final OrtEnvironment environment;
  private final List<InputTensor> inputs;
  private final Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
  private FeatureBatch batch;
  private int from;
  private int to;

  InputTensors(OrtEnvironment environment, List<InputTensor> inputs) {
    this.environment = environment;
    this.inputs = inputs;
  }

  /**
   * Returns the rows {@code [newFrom, newTo)} by input name; valid until the next call.
   *
   * @throws ModelException if a text has characters that the runtime cannot be given
   */
  Map<String, OnnxTensor> of(FeatureBatch newBatch, int newFrom, int newTo)
      throws OrtException, ModelException {
    boolean same = newBatch == batch && newFrom == from && newTo == to;
    if (!same) {
      close();
    }
    batch = newBatch;
    from = newFrom;
    to = newTo;
    try {
      for (int i = 0; i < inputs.size(); i++) {
        InputTensor input = inputs.get(i);
        if (input.type() == ElementType.STRING || !tensors.containsKey(input.name())) {
          close(tensors.put(input.name(), create(input, batch.tensor(i))));
        }
      }
      return tensors;
    } catch (OrtException | ModelException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private OnnxTensor create(InputTensor input, TensorBuffer values)
      throws OrtException, ModelException {
    long[] shape = Shapes.ofBatch(to - from, input.rowShape());
    if (input.type() == ElementType.STRING) {
      int width = values.rowWidth();
      String[] texts = Arrays.copyOfRange(values.texts(), from * width, to * width);
      for (String text : texts) {
        requirePassable(input, text);
      }
      return OnnxTensor.createTensor(environment, texts, shape);
    }
    OnnxJavaType type = Shapes.javaType(input.type());
    return OnnxTensor.createTensor(environment, values.slice(from, to), shape, type);
  }

  /**
   * Refuses what the runtime's Java API garbles in silence: it passes texts on in Java's modified
   * UTF-8, so that a model would see another text than the one it was trained with.
   */
  private static void requirePassable(InputTensor input, String text) throws ModelException {
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == 0 || Character.isSurrogate(character)) {
        throw new ModelException(
            "model input %s: text has the character U+%04X at position %d; ONNX Runtime's Java API takes U+0001 to U+FFFF only"
                .formatted(input.name(), text.codePointAt(i), i));
      }
    }
  }

  private static void close(OnnxTensor tensor) {
    if (tensor != null) {
      tensor.close();
    }
  }

  /** Releases the tensors; the batch's buffers stay the batch's. */
  @Override
  public void close() {
    tensors.values().forEach(OnnxTensor::close);
    tensors.clear();
    batch = null;
  }
}
