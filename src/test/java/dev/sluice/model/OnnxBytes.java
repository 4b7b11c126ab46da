package dev.sluice.model;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Writes small protocol buffers field by field, so that tests can make broken ONNX models. */
final class OnnxBytes {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  OnnxBytes number(int field, long value) {
    return write(() -> out.writeInt64(field, value));
  }

  OnnxBytes text(int field, String value) {
    return write(() -> out.writeByteArray(field, value.getBytes(StandardCharsets.UTF_8)));
  }

  OnnxBytes message(int field, OnnxBytes value) {
    return write(() -> out.writeByteArray(field, value.bytes()));
  }

  byte[] bytes() {
    write(out::flush);
    return bytes.toByteArray();
  }

  /** A ValueInfoProto of a tensor with shape [batch, 2]. */
  static OnnxBytes tensor(String name, int elementType) {
    OnnxBytes shape =
        new OnnxBytes()
            .message(1, new OnnxBytes().text(2, "batch"))
            .message(1, new OnnxBytes().number(1, 2));
    OnnxBytes tensor = new OnnxBytes().number(1, elementType).message(2, shape);
    return new OnnxBytes().text(1, name).message(2, new OnnxBytes().message(1, tensor));
  }

  /** A TensorProto whose values are elsewhere. */
  static OnnxBytes external(String name, String location) {
    OnnxBytes entry = new OnnxBytes().text(1, "location").text(2, location);
    return new OnnxBytes().text(8, name).message(13, entry).number(14, 1);
  }

  /** A ModelProto around a graph. */
  static OnnxBytes model(OnnxBytes graph) {
    return new OnnxBytes()
        .number(1, 8)
        .message(7, graph)
        .message(8, new OnnxBytes().text(1, "").number(2, 15));
  }

  private interface Write {
    void run() throws IOException;
  }

  private OnnxBytes write(Write write) {
    try {
      write.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }
}
