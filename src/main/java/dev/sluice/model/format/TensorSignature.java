package dev.sluice.model.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A signature of a TensorFlow SavedModel.
 *
 * @param name its key, such as {@code serving_default}
 * @param inputs name and type of each input
 * @param outputs name and type of each output
 */
record TensorSignature(String name, List<String> inputs, List<String> outputs) {
  // an entry of a map
  private static final int KEY = 1 << 3 | 2;
  private static final int VALUE = 2 << 3 | 2;
  // SignatureDef
  private static final int INPUT = 1 << 3 | 2;
  private static final int OUTPUT = 2 << 3 | 2;
  // TensorInfo
  private static final int DTYPE = 2 << 3;

  private static final int MAX_TENSORS = 1000;

  /** Names of tensorflow.DataType by number (types.proto). */
  private static final List<String> TYPES =
      List.of(
          "?",
          "float32",
          "float64",
          "int32",
          "uint8",
          "int16",
          "int8",
          "string",
          "complex64",
          "int64",
          "bool",
          "qint8",
          "quint8",
          "qint32",
          "bfloat16",
          "qint16",
          "quint16",
          "uint16",
          "complex128",
          "float16",
          "resource",
          "variant",
          "uint32",
          "uint64");

  /** Reads an entry of a graph's signatures. */
  static TensorSignature read(ProtoReader reader) throws IOException {
    String[] name = {""};
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    reader.message(
        tag -> {
          switch (tag) {
            case KEY -> name[0] = reader.shortText(ProtoReader.MAX_NAME);
            case VALUE ->
                reader.message(
                    field ->
                        field == INPUT && readTensor(reader, inputs)
                            || field == OUTPUT && readTensor(reader, outputs));
            default -> {
              return false;
            }
          }
          return true;
        });
    return new TensorSignature(name[0], inputs, outputs);
  }

  private static boolean readTensor(ProtoReader reader, List<String> tensors) throws IOException {
    String[] name = {""};
    long[] type = {0};
    reader.message(
        tag -> {
          switch (tag) {
            case KEY -> name[0] = reader.shortText(ProtoReader.MAX_NAME);
            case VALUE ->
                reader.message(
                    field -> {
                      if (field == DTYPE) {
                        type[0] = reader.number();
                      }
                      return field == DTYPE;
                    });
            default -> {
              return false;
            }
          }
          return true;
        });
    if (tensors.size() < MAX_TENSORS) {
      tensors.add(Printable.name(name[0]) + " " + typeName(type[0]));
    }
    return true;
  }

  private static String typeName(long type) {
    return type >= 0 && type < TYPES.size() ? TYPES.get((int) type) : "type " + type;
  }

  /** Whether it serves the loading of the model, not its use. */
  boolean isInternal() {
    return name.startsWith("__saved_model_");
  }

  /** Returns {@code serving_default(x float32) -> (score float32)}. */
  @Override
  public String toString() {
    return "%s(%s) -> (%s)"
        .formatted(Printable.name(name), Printable.list(inputs), Printable.list(outputs));
  }
}
