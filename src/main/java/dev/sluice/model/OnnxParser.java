package dev.sluice.model;

import dev.sluice.model.format.ProtoReader;
import dev.sluice.model.format.ProtoReader.BoundException;
import dev.sluice.model.format.ProtoReader.FieldTaker;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Walks the protocol buffer of an ONNX model once and collects what {@link OnnxGraph} needs. The
 * tags are {@code field number << 3 | wire type} of onnx.proto3. External data is looked for in
 * every tensor, also in those of attributes, subgraphs and functions.
 */
final class OnnxParser {
  private static final Consumer<String> UNNAMED = name -> {};
  private static final int MAX_TEXT = 1 << 16;
  private static final ProtoReader.Bounds BOUNDS =
      new ProtoReader.Bounds(Long.MAX_VALUE, 64, MAX_TEXT, 64 << 20);
  private static final int MAX_ATTRIBUTE_TEXT = 64;
  private static final int MAX_PROPERTY = 1 << 12;
  private static final int MAX_VALUES = 10_000;

  // ModelProto
  private static final int IR_VERSION = 1 << 3;
  private static final int PRODUCER = 2 << 3 | 2;
  private static final int PRODUCER_VERSION = 3 << 3 | 2;
  private static final int GRAPH = 7 << 3 | 2;
  private static final int OPSET_IMPORT = 8 << 3 | 2;
  private static final int PROPERTY = 14 << 3 | 2;
  private static final int FUNCTION = 25 << 3 | 2;
  // FunctionProto
  private static final int FUNCTION_NAME = 1 << 3 | 2;
  private static final int FUNCTION_NODE = 7 << 3 | 2;
  private static final int FUNCTION_DOMAIN = 10 << 3 | 2;
  private static final int FUNCTION_ATTRIBUTE = 11 << 3 | 2;
  // OperatorSetIdProto
  private static final int OPSET_DOMAIN = 1 << 3 | 2;
  private static final int OPSET_VERSION = 2 << 3;
  // GraphProto
  private static final int NODE = 1 << 3 | 2;
  private static final int INITIALIZER = 5 << 3 | 2;
  private static final int INPUT = 11 << 3 | 2;
  private static final int OUTPUT = 12 << 3 | 2;
  private static final int SPARSE_INITIALIZER = 15 << 3 | 2;
  // NodeProto, AttributeProto
  private static final int NODE_TYPE = 4 << 3 | 2;
  private static final int ATTRIBUTE = 5 << 3 | 2;
  private static final int NODE_DOMAIN = 7 << 3 | 2;
  private static final int ATTRIBUTE_NAME = 1 << 3 | 2;
  private static final int ATTRIBUTE_NUMBER = 3 << 3;
  private static final int ATTRIBUTE_TEXT = 4 << 3 | 2;
  private static final int ATTRIBUTE_TENSOR = 5 << 3 | 2;
  private static final int ATTRIBUTE_GRAPH = 6 << 3 | 2;
  private static final int ATTRIBUTE_TEXTS = 9 << 3 | 2;
  private static final int ATTRIBUTE_TENSORS = 10 << 3 | 2;
  private static final int ATTRIBUTE_GRAPHS = 11 << 3 | 2;
  private static final int ATTRIBUTE_SPARSE = 22 << 3 | 2;
  private static final int ATTRIBUTE_SPARSES = 23 << 3 | 2;
  // SparseTensorProto
  private static final int SPARSE_VALUES = 1 << 3 | 2;
  private static final int SPARSE_INDICES = 2 << 3 | 2;
  // TensorProto
  private static final int TENSOR_DIMENSION = 1 << 3;
  private static final int TENSOR_DIMENSIONS = 1 << 3 | 2;
  private static final int TENSOR_TYPE = 2 << 3;
  private static final int TENSOR_TEXT = 6 << 3 | 2;
  private static final int TENSOR_NAME = 8 << 3 | 2;
  private static final int EXTERNAL_DATA = 13 << 3 | 2;
  // StringStringEntryProto
  private static final int ENTRY_KEY = 1 << 3 | 2;
  private static final int ENTRY_VALUE = 2 << 3 | 2;

  private final ProtoReader reader;
  private final Map<String, Long> opsets = new HashMap<>();
  private final List<OnnxValueInfo> inputs = new ArrayList<>();
  private final List<OnnxValueInfo> outputs = new ArrayList<>();
  private final Set<String> initializers = new LinkedHashSet<>();
  private final Map<String, Long> externalData = new LinkedHashMap<>();
  private final OperatorCounts operators = new OperatorCounts();
  private final Map<String, String> properties = new LinkedHashMap<>();
  private String beyondBasicPlane = "";
  private boolean hasContextFile;
  private String producer = "";
  private String producerVersion = "";
  private long irVersion;

  OnnxParser(InputStream stream) {
    reader = new ProtoReader(stream, BOUNDS);
  }

  void parse() throws IOException {
    reader.fields(this::modelField);
  }

  private boolean modelField(int tag) throws IOException {
    switch (tag) {
      case IR_VERSION -> irVersion = reader.number();
      case PRODUCER -> producer = text();
      case PRODUCER_VERSION -> producerVersion = text();
      case PROPERTY -> readProperty();
      case OPSET_IMPORT -> readOpset();
      case GRAPH -> message(this::mainGraphField);
      case FUNCTION -> readFunction();
      default -> {
        return false;
      }
    }
    return true;
  }

  private void readFunction() throws IOException {
    String[] names = {"", ""};
    operators.beginFunction();
    message(
        tag -> {
          switch (tag) {
            case FUNCTION_NAME -> names[0] = text();
            case FUNCTION_DOMAIN -> names[1] = text();
            case FUNCTION_ATTRIBUTE -> readAttribute(new OnnxNode());
            default -> {
              return tag == FUNCTION_NODE && readNode();
            }
          }
          return true;
        });
    operators.endFunction(names[1], names[0]);
  }

  private void readProperty() throws IOException {
    String[] entry = readEntry(MAX_PROPERTY);
    if (properties.size() < MAX_VALUES) {
      properties.put(entry[0], entry[1]);
    }
  }

  private void readOpset() throws IOException {
    String[] domain = {""};
    long[] version = {0};
    message(
        tag -> {
          switch (tag) {
            case OPSET_DOMAIN -> domain[0] = text();
            case OPSET_VERSION -> version[0] = reader.number();
            default -> {
              return false;
            }
          }
          return true;
        });
    if (opsets.size() == MAX_VALUES) {
      throw new BoundException("more than " + MAX_VALUES + " operator sets");
    }
    opsets.put(OnnxOperator.canonicalDomain(domain[0]), version[0]);
  }

  private boolean mainGraphField(int tag) throws IOException {
    switch (tag) {
      case INPUT -> add(inputs);
      case OUTPUT -> add(outputs);
      case INITIALIZER -> readTensor(initializers::add);
      case SPARSE_INITIALIZER -> readSparseTensor(initializers::add);
      default -> {
        return graphField(tag);
      }
    }
    return true;
  }

  private void add(List<OnnxValueInfo> values) throws IOException {
    if (values.size() == MAX_VALUES) {
      throw new BoundException("more than " + MAX_VALUES + " inputs or outputs");
    }
    values.add(OnnxValueInfo.read(this));
  }

  /** Fields that a subgraph has too; its inputs and outputs are not the model's. */
  private boolean graphField(int tag) throws IOException {
    return switch (tag) {
      case NODE -> readNode();
      case INITIALIZER -> readTensor(UNNAMED);
      case SPARSE_INITIALIZER -> readSparseTensor(UNNAMED);
      default -> false;
    };
  }

  private boolean readNode() throws IOException {
    OnnxNode node = new OnnxNode();
    message(
        tag -> {
          switch (tag) {
            case NODE_TYPE -> node.setType(text());
            case NODE_DOMAIN -> node.setDomain(text());
            case ATTRIBUTE -> readAttribute(node);
            default -> {
              return false;
            }
          }
          return true;
        });
    operators.add(node);
    hasContextFile |= node.isInContextFile();
    return true;
  }

  private void readAttribute(OnnxNode node) throws IOException {
    String[] texts = {"", ""};
    long[] number = {0};
    boolean[] listsTexts = {false};
    message(
        tag -> {
          switch (tag) {
            case ATTRIBUTE_NAME -> texts[0] = text();
            case ATTRIBUTE_TEXT -> texts[1] = attributeText();
            case ATTRIBUTE_NUMBER -> number[0] = reader.number();
            case ATTRIBUTE_TEXTS -> {
              listsTexts[0] = true;
              attributeText();
            }
            default -> {
              return attributeField(tag);
            }
          }
          return true;
        });
    node.attribute(texts[0], texts[1], number[0], listsTexts[0]);
  }

  private boolean attributeField(int tag) throws IOException {
    return switch (tag) {
      case ATTRIBUTE_TENSOR, ATTRIBUTE_TENSORS -> readTensor(UNNAMED);
      case ATTRIBUTE_SPARSE, ATTRIBUTE_SPARSES -> readSparseTensor(UNNAMED);
      case ATTRIBUTE_GRAPH, ATTRIBUTE_GRAPHS -> {
        message(this::graphField);
        yield true;
      }
      default -> false;
    };
  }

  private boolean readSparseTensor(Consumer<String> name) throws IOException {
    message(tag -> (tag == SPARSE_VALUES || tag == SPARSE_INDICES) && readTensor(name));
    return true;
  }

  private boolean readTensor(Consumer<String> name) throws IOException {
    ExternalData external = new ExternalData();
    message(
        tag -> {
          switch (tag) {
            case TENSOR_NAME -> name.accept(text());
            case TENSOR_TEXT -> attributeText();
            case TENSOR_TYPE -> external.setType(reader.number());
            case TENSOR_DIMENSION -> external.addDimension(reader.number());
            case TENSOR_DIMENSIONS -> reader.numbers(external::addDimension);
            case EXTERNAL_DATA -> {
              String[] entry = readEntry(MAX_TEXT);
              external.set(entry[0], entry[1]);
            }
            default -> {
              return false;
            }
          }
          return true;
        });
    external.addTo(externalData);
    return true;
  }

  private String[] readEntry(int maxValue) throws IOException {
    String[] entry = {"", ""};
    message(
        tag -> {
          if (tag != ENTRY_KEY && tag != ENTRY_VALUE) {
            return false;
          }
          if (tag == ENTRY_KEY) {
            entry[0] = text();
          } else {
            entry[1] = maxValue == MAX_TEXT ? text() : reader.shortText(maxValue);
          }
          return true;
        });
    return entry;
  }

  /** Reads a message with its length before it; fields that are not taken are skipped. */
  void message(FieldTaker taker) throws IOException {
    reader.message(taker);
  }

  String text() throws IOException {
    return reader.text();
  }

  /** Reads a text that the model works with, such as a label; returns a short one. */
  private String attributeText() throws IOException {
    String text = reader.shortText(MAX_TEXT);
    if (beyondBasicPlane.isEmpty() && text.chars().anyMatch(c -> Character.isSurrogate((char) c))) {
      beyondBasicPlane = text;
    }
    return text.length() > MAX_ATTRIBUTE_TEXT ? "" : text;
  }

  long number() throws IOException {
    return reader.number();
  }

  /** Returns how many bytes of the file were read or skipped. */
  long position() {
    return reader.position();
  }

  long irVersion() {
    return irVersion;
  }

  Map<String, Long> opsets() {
    return opsets;
  }

  List<OnnxValueInfo> inputs() {
    return inputs;
  }

  List<OnnxValueInfo> outputs() {
    return outputs;
  }

  /** Names of the main graph's tensors with fixed values. */
  Set<String> initializers() {
    return initializers;
  }

  OperatorCounts operators() {
    return operators;
  }

  /** A text of attributes or constants with a character beyond U+FFFF, or the empty string. */
  String beyondBasicPlane() {
    return beyondBasicPlane;
  }

  /** Returns whether a node has its weights in a file that an execution provider has made. */
  boolean hasContextFile() {
    return hasContextFile;
  }

  OnnxOrigin origin() {
    return new OnnxOrigin(producer, producerVersion, properties);
  }

  /** Bytes that each file of external data has to have, by location as the file gives it. */
  Map<String, Long> externalData() {
    return externalData;
  }
}
