package dev.sluice.model;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Writes small protocol buffers field by field, so that tests can make broken ONNX models. */
public final class OnnxBytes {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  public OnnxBytes number(int field, long value) {
    return write(() -> out.writeInt64(field, value));
  }

  public OnnxBytes text(int field, String value) {
    return write(() -> out.writeByteArray(field, value.getBytes(StandardCharsets.UTF_8)));
  }

  public OnnxBytes raw(int field, byte[] value) {
    return write(() -> out.writeByteArray(field, value));
  }

  public OnnxBytes message(int field, OnnxBytes value) {
    return write(() -> out.writeByteArray(field, value.bytes()));
  }

  public byte[] bytes() {
    write(out::flush);
    return bytes.toByteArray();
  }

  /** A ValueInfoProto of a tensor with shape [batch, 2]. */
  public static OnnxBytes tensor(String name, int elementType) {
    return tensor(name, elementType, -1, 2);
  }

  /** A ValueInfoProto of a tensor; a negative dimension has no number. */
  public static OnnxBytes tensor(String name, int elementType, long... dimensions) {
    OnnxBytes shape = new OnnxBytes();
    for (long dimension : dimensions) {
      shape.message(1, dimension < 0 ? new OnnxBytes() : new OnnxBytes().number(1, dimension));
    }
    OnnxBytes tensor = new OnnxBytes().number(1, elementType).message(2, shape);
    return new OnnxBytes().text(1, name).message(2, new OnnxBytes().message(1, tensor));
  }

  /** A TensorProto of one dimension, all of whose booleans are true. */
  public static OnnxBytes allTrue(String name, int length) {
    OnnxBytes tensor = new OnnxBytes().number(1, length).number(2, 9).text(8, name);
    return tensor.text(9, "\u0001".repeat(length));
  }

  /** A NodeProto that keeps elements of an axis. */
  public static OnnxBytes compress(String values, String keep, String output, int axis) {
    return new OnnxBytes()
        .text(1, values)
        .text(1, keep)
        .text(2, output)
        .text(4, "Compress")
        .message(5, new OnnxBytes().text(1, "axis").number(3, axis).number(20, 2));
  }

  /** A TensorProto whose values are elsewhere. */
  public static OnnxBytes external(String name, String location) {
    OnnxBytes entry = new OnnxBytes().text(1, "location").text(2, location);
    return new OnnxBytes().text(8, name).message(13, entry).number(14, 1);
  }

  /** A TensorProto whose values are a part of a file. */
  public static OnnxBytes external(String name, String location, long offset, long length) {
    return external(name, location)
        .message(13, new OnnxBytes().text(1, "offset").text(2, Long.toString(offset)))
        .message(13, new OnnxBytes().text(1, "length").text(2, Long.toString(length)));
  }

  /** A NodeProto; the empty domain is ai.onnx. */
  public static OnnxBytes node(String domain, String type, String input, String output) {
    return new OnnxBytes().text(1, input).text(2, output).text(4, type).text(7, domain);
  }

  /** An OperatorSetIdProto. */
  public static OnnxBytes opset(String domain, long version) {
    return new OnnxBytes().text(1, domain).number(2, version);
  }

  /** A FunctionProto with one node. */
  public static OnnxBytes function(String domain, String name, OnnxBytes node) {
    return new OnnxBytes()
        .text(1, name)
        .text(4, "a")
        .text(5, "b")
        .message(7, node)
        .message(9, opset("", 15))
        .text(10, domain);
  }

  /** A ModelProto around a graph. */
  public static OnnxBytes model(OnnxBytes graph) {
    return new OnnxBytes()
        .number(1, 8)
        .message(7, graph)
        .message(8, new OnnxBytes().text(1, "").number(2, 15));
  }

  /** A ModelProto that passes on an input of floats as its output y. */
  public static OnnxBytes identity(String input, long... dimensions) {
    return model(
        new OnnxBytes()
            .message(1, node("", "Identity", input, "y"))
            .text(2, "g")
            .message(11, tensor(input, 1, dimensions))
            .message(12, tensor("y", 1, dimensions)));
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
