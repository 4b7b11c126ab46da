package dev.sluice.model;

import dev.sluice.model.format.ProtoReader.BoundException;
import dev.sluice.record.ElementType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An input or output as an ONNX file declares it.
 *
 * @param name its name
 * @param type ONNX's notation, {@code tensor(float)} or {@code seq(map(int64,tensor(float)))}
 * @param shape dimensions of a tensor, -1 for one without a number; empty where there is no shape
 */
record OnnxValueInfo(String name, String type, List<Long> shape) {
  private static final Map<String, ElementType> ELEMENT_TYPES =
      Map.ofEntries(
          Map.entry("tensor(float)", ElementType.FLOAT),
          Map.entry("tensor(double)", ElementType.DOUBLE),
          Map.entry("tensor(float16)", ElementType.FLOAT16),
          Map.entry("tensor(bfloat16)", ElementType.BFLOAT16),
          Map.entry("tensor(int64)", ElementType.INT64),
          Map.entry("tensor(int32)", ElementType.INT32),
          Map.entry("tensor(int16)", ElementType.INT16),
          Map.entry("tensor(int8)", ElementType.INT8),
          Map.entry("tensor(uint8)", ElementType.UINT8),
          Map.entry("tensor(bool)", ElementType.BOOL),
          Map.entry("tensor(string)", ElementType.STRING),
          Map.entry("seq(map(int64,tensor(float)))", ElementType.SCORES),
          Map.entry("seq(map(string,tensor(float)))", ElementType.SCORES));

  /** Names of TensorProto.DataType by number. */
  private static final List<String> DATA_TYPES =
      List.of(
          "undefined",
          "float",
          "uint8",
          "int8",
          "uint16",
          "int16",
          "int32",
          "int64",
          "string",
          "bool",
          "float16",
          "double",
          "uint32",
          "uint64",
          "complex64",
          "complex128",
          "bfloat16",
          "float8e4m3fn",
          "float8e4m3fnuz",
          "float8e5m2",
          "float8e5m2fnuz",
          "uint4",
          "int4",
          "float4e2m1");

  /** More than any operator takes. */
  private static final int MAX_RANK = 64;

  // ValueInfoProto
  private static final int NAME = 1 << 3 | 2;
  private static final int TYPE = 2 << 3 | 2;
  // TypeProto
  private static final int TENSOR = 1 << 3 | 2;
  private static final int SEQUENCE = 4 << 3 | 2;
  private static final int MAP = 5 << 3 | 2;
  private static final int OPTIONAL = 9 << 3 | 2;
  // TypeProto.Tensor, .Sequence, .Map
  private static final int ELEMENT_TYPE = 1 << 3;
  private static final int SHAPE = 2 << 3 | 2;
  private static final int SEQUENCE_ELEMENT = 1 << 3 | 2;
  private static final int MAP_KEY = 1 << 3;
  private static final int MAP_VALUE = 2 << 3 | 2;
  // TensorShapeProto
  private static final int DIMENSION = 1 << 3 | 2;
  private static final int DIMENSION_VALUE = 1 << 3;

  /**
   * Returns it with a type that a batch can hold.
   *
   * @throws ModelPackageException if there is none
   */
  TensorInfo resolve(Path file, String role) {
    ElementType elementType = ELEMENT_TYPES.get(type);
    if (elementType == null || (elementType == ElementType.SCORES && role.equals("input"))) {
      throw new ModelPackageException(
          file
              + ": "
              + role
              + " "
              + name
              + " has type "
              + type
              + ", expected a tensor of float, double, float16, bfloat16, int64, int32, int16, int8,"
              + " uint8, bool or string"
              + (role.equals("output") ? ", or seq(map) of int64 or string to float" : "")
              + hint());
    }
    List<Long> dimensions = elementType == ElementType.SCORES ? List.of(TensorInfo.DYNAMIC) : shape;
    return new TensorInfo(name, elementType, dimensions);
  }

  /** Says what the author of the model can do about a type that is not supported. */
  private String hint() {
    if (type.startsWith("tensor(")) {
      return "; cast it to one of these in the graph";
    }
    return type.startsWith("seq(tensor(") ? "; stack it to one tensor in the graph" : "";
  }

  /** Reads one; the parser stands before its length. */
  static OnnxValueInfo read(OnnxParser parser) throws IOException {
    String[] name = {""};
    String[] type = {"undefined"};
    List<Long> shape = new ArrayList<>();
    parser.message(
        tag -> {
          switch (tag) {
            case NAME -> name[0] = parser.text();
            case TYPE -> type[0] = readType(parser, shape);
            default -> {
              return false;
            }
          }
          return true;
        });
    return new OnnxValueInfo(name[0], type[0], shape);
  }

  private static String readType(OnnxParser parser, List<Long> shape) throws IOException {
    String[] type = {"undefined"};
    parser.message(
        tag -> {
          switch (tag) {
            case TENSOR -> type[0] = readTensorType(parser, shape);
            case SEQUENCE -> type[0] = "seq(" + readElement(parser) + ")";
            case OPTIONAL -> type[0] = "optional(" + readElement(parser) + ")";
            case MAP -> type[0] = readMapType(parser);
            default -> {
              return false;
            }
          }
          return true;
        });
    return type[0];
  }

  private static String readTensorType(OnnxParser parser, List<Long> shape) throws IOException {
    String[] element = {"undefined"};
    parser.message(
        tag -> {
          switch (tag) {
            case ELEMENT_TYPE -> element[0] = dataType(parser.number());
            case SHAPE -> readShape(parser, shape);
            default -> {
              return false;
            }
          }
          return true;
        });
    return "tensor(" + element[0] + ")";
  }

  private static String readElement(OnnxParser parser) throws IOException {
    String[] type = {"undefined"};
    parser.message(
        tag -> {
          if (tag == SEQUENCE_ELEMENT) {
            type[0] = readType(parser, new ArrayList<>());
          }
          return tag == SEQUENCE_ELEMENT;
        });
    return type[0];
  }

  private static String readMapType(OnnxParser parser) throws IOException {
    String[] types = {"undefined", "undefined"};
    parser.message(
        tag -> {
          switch (tag) {
            case MAP_KEY -> types[0] = dataType(parser.number());
            case MAP_VALUE -> types[1] = readType(parser, new ArrayList<>());
            default -> {
              return false;
            }
          }
          return true;
        });
    return "map(" + types[0] + "," + types[1] + ")";
  }

  private static void readShape(OnnxParser parser, List<Long> shape) throws IOException {
    parser.message(
        tag -> {
          if (tag == DIMENSION) {
            if (shape.size() == MAX_RANK) {
              throw new BoundException(
                  "an input or output has more than " + MAX_RANK + " dimensions");
            }
            shape.add(readDimension(parser));
          }
          return tag == DIMENSION;
        });
  }

  private static long readDimension(OnnxParser parser) throws IOException {
    long[] dimension = {TensorInfo.DYNAMIC};
    parser.message(
        tag -> {
          if (tag == DIMENSION_VALUE) {
            dimension[0] = parser.number();
          }
          return tag == DIMENSION_VALUE;
        });
    return Math.max(dimension[0], TensorInfo.DYNAMIC);
  }

  private static String dataType(long number) {
    return number >= 0 && number < DATA_TYPES.size()
        ? DATA_TYPES.get((int) number)
        : "type " + number;
  }
}
