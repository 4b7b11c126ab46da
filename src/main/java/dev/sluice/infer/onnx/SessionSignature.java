package dev.sluice.infer.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.ValueInfo;
import dev.sluice.model.ModelSignature;
import dev.sluice.model.TensorInfo;
import dev.sluice.record.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Holds what a session says it takes and gives against what the model's file declares. */
final class SessionSignature {
  private final List<String> differences = new ArrayList<>();

  private SessionSignature() {}

  /** Returns one line per difference; a dimension that one of them leaves open is none. */
  static List<String> differences(OrtSession session, ModelSignature declared) {
    SessionSignature signature = new SessionSignature();
    try {
      signature.compare("input", declared.inputs(), session.getInputInfo());
      signature.compare("output", declared.outputs(), session.getOutputInfo());
    } catch (OrtException e) {
      signature.differences.add("the session does not tell its signature: " + RuntimeMessage.of(e));
    }
    return List.copyOf(signature.differences);
  }

  private void compare(String role, List<TensorInfo> declared, Map<String, NodeInfo> given) {
    List<String> names = declared.stream().map(TensorInfo::name).toList();
    if (!names.equals(List.copyOf(given.keySet()))) {
      differences.add(
          "the session has the %ss %s, expected %s as the file declares"
              .formatted(role, given.keySet(), names));
      return;
    }
    for (TensorInfo tensor : declared) {
      ValueInfo info = given.get(tensor.name()).getInfo();
      if (!agrees(tensor, info)) {
        differences.add(
            "the session has %s %s as %s, expected %s as the file declares"
                .formatted(role, tensor.name(), info, tensor));
      }
    }
  }

  private static boolean agrees(TensorInfo declared, ValueInfo info) {
    if (!(info instanceof ai.onnxruntime.TensorInfo tensor)) {
      return declared.type() == ElementType.SCORES;
    }
    return declared.type() != ElementType.SCORES
        && Shapes.javaType(declared.type()) == tensor.type
        && (declared.shape().isEmpty() || agrees(declared.shape(), tensor.getShape()));
  }

  private static boolean agrees(List<Long> declared, long[] shape) {
    if (declared.size() != shape.length) {
      return false;
    }
    for (int i = 0; i < shape.length; i++) {
      if (declared.get(i) >= 0 && shape[i] >= 0 && declared.get(i) != shape[i]) {
        return false;
      }
    }
    return true;
  }
}
