package dev.sluice.model.format;

import dev.sluice.model.format.TopLevel.End;
import dev.sluice.model.format.TopLevel.Field;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells apart the formats that are protocol buffers, by the numbers and types of their fields: ONNX
 * (onnx.proto3), TensorFlow (saved_model.proto, graph.proto) and Core ML (Model.proto).
 */
final class ProtobufFormats {
  private static final int VARINT = 0;
  private static final int LENGTH = 2;
  private static final int MAX_VERSION = 1000;
  private static final List<Integer> ONNX_FIELDS = List.of(1, 2, 3, 4, 5, 6, 7, 8, 14, 20, 25, 26);

  private ProtobufFormats() {}

  static Optional<DetectedFormat> detect(Head head) throws IOException {
    TopLevel top = TopLevel.read(head);
    if (top.fields().isEmpty() || top.end() == End.BROKEN) {
      return Optional.empty();
    }
    if (isOnnx(head, top)) {
      if (!head.isPlain()) {
        return Optional.of(
            DetectedFormat.of(
                head.path(),
                ModelFormat.COMPRESSED_ONNX,
                head.packing(),
                Map.of("PACKING", head.packing())));
      }
      return Optional.of(missing(top))
          .filter(missing -> !missing.isEmpty())
          .flatMap(
              missing ->
                  found(
                      head,
                      ModelFormat.TRUNCATED_ONNX,
                      "it has " + head.size() + " bytes and " + missing));
    }
    if (top.fields().get(0).is(1, VARINT)) {
      return isCoreMl(top)
          ? found(head, ModelFormat.CORE_ML, "version " + top.fields().get(0).value())
          : savedModel(head, top);
    }
    return top.fields().get(0).is(1, LENGTH) ? graphDef(head, top) : Optional.empty();
  }

  /** Whether the file begins as ONNX does; it may be cut off after that. */
  static boolean isOnnx(Head head) {
    TopLevel top = TopLevel.read(head);
    return !top.fields().isEmpty() && top.end() != End.BROKEN && isOnnx(head, top);
  }

  private static boolean isOnnx(Head head, TopLevel top) {
    Field version = top.fields().get(0);
    if (!version.is(1, VARINT) || version.value() < 1 || version.value() > MAX_VERSION) {
      return false;
    }
    for (Field field : top.fields()) {
      boolean number = field.number() == 1 || field.number() == 5;
      if (!ONNX_FIELDS.contains(field.number()) || field.wire() != (number ? VARINT : LENGTH)) {
        return false;
      }
    }
    return top.has(7, LENGTH)
        || top.has(8, LENGTH)
        || top.fields().stream().anyMatch(field -> field.is(2, LENGTH) && isText(head, field));
  }

  /** A producer's name is text; the second field of a SavedModel and of Core ML is a message. */
  private static boolean isText(Head head, Field field) {
    int end = (int) Math.min(head.bytes().length, field.start() + field.length());
    for (int i = (int) field.start(); i < end; i++) {
      if (head.bytes()[i] < ' ') {
        return false;
      }
    }
    return end > field.start() && field.length() < 256;
  }

  /** Returns what an ONNX model lacks, or the empty string. */
  private static String missing(TopLevel top) {
    Field last = top.fields().get(top.fields().size() - 1);
    if (top.end() == End.CUT) {
      String what = last.is(7, LENGTH) ? "graph" : "field " + last.number();
      return "ends %d bytes before the end of its %s".formatted(top.missing(), what);
    }
    if (top.end() != End.WHOLE || top.has(7, LENGTH) && top.has(8, LENGTH)) {
      return "";
    }
    return top.has(7, LENGTH) ? "lacks its operator sets" : "lacks its graph";
  }

  private static boolean isCoreMl(TopLevel top) {
    return top.has(2, LENGTH)
        && top.fields().get(0).value() <= MAX_VERSION
        && top.fields().stream()
            .allMatch(
                field -> field.number() <= 10 || field.number() >= 200 && field.wire() == LENGTH)
        && top.fields().stream().anyMatch(field -> field.number() >= 200);
  }

  private static Optional<DetectedFormat> savedModel(Head head, TopLevel top) throws IOException {
    if (!top.has(2, LENGTH) || top.fields().stream().anyMatch(field -> field.number() > 2)) {
      return Optional.empty();
    }
    try (InputStream stream = open(head)) {
      SavedModel model = SavedModel.read(stream);
      return model.isEmpty() ? Optional.empty() : Optional.of(model.found(directory(head)));
    }
  }

  private static Path directory(Head head) {
    Path parent = head.path().getParent();
    return parent == null ? Path.of(".") : parent;
  }

  private static Optional<DetectedFormat> graphDef(Head head, TopLevel top) throws IOException {
    if (top.fields().stream().anyMatch(field -> field.number() > 5)) {
      return Optional.empty();
    }
    try (InputStream stream = open(head)) {
      GraphDef graph = GraphDef.read(stream);
      if (graph.nodes() == 0) {
        return Optional.empty();
      }
      return Optional.of(
          DetectedFormat.of(
              head.path(),
              ModelFormat.GRAPH_DEF,
              graph.details(),
              Map.of(
                  "INPUTS", graph.ports(graph.inputs()), "OUTPUTS", graph.ports(graph.outputs()))));
    }
  }

  private static InputStream open(Head head) throws IOException {
    return head.isPlain()
        ? Files.newInputStream(head.path())
        : new ByteArrayInputStream(head.bytes());
  }

  private static Optional<DetectedFormat> found(Head head, ModelFormat format, String details) {
    return Optional.of(DetectedFormat.of(head.path(), format, details));
  }

  /** Whether a file of this content is an ONNX model's, for files inside archives. */
  static boolean isOnnx(byte[] beginning, long size, Head archive) {
    return isOnnx(new Head(archive.path(), beginning, Math.max(size, beginning.length), "zip"));
  }
}
