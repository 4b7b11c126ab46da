package dev.sluice.model.format;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The ends of a TensorFlow graph (graph.proto, node_def.proto): nothing in the file says which they
 * are, so inputs are its placeholders and outputs the nodes that no other takes.
 *
 * @param nodes how many nodes were read
 * @param inputs names of the placeholders
 * @param outputs names of the nodes that no node takes
 * @param frozen whether the weights are in the graph
 * @param whole whether all nodes were read
 */
record GraphDef(
    int nodes, List<String> inputs, List<String> outputs, boolean frozen, boolean whole) {
  // GraphDef
  private static final int NODE = 1 << 3 | 2;
  // NodeDef
  private static final int NAME = 1 << 3 | 2;
  private static final int OPERATION = 2 << 3 | 2;
  private static final int INPUT = 3 << 3 | 2;

  private static final int MAX_NODES = 50_000;
  private static final int MAX_INPUTS = 200_000;
  private static final Pattern NODE_NAME = Pattern.compile("[A-Za-z0-9.][\\w>./\\\\-]*");
  private static final Pattern OPERATION_NAME = Pattern.compile("[A-Z_][\\w>.:]*");
  private static final Set<String> NO_RESULT = Set.of("Const", "NoOp", "Assert", "SaveV2");
  private static final Set<String> VARIABLES =
      Set.of("Variable", "VariableV2", "VarHandleOp", "VarIsInitializedOp");

  /** Reads a graph; one without nodes is none. Damage ends the reading, not the recognition. */
  static GraphDef read(InputStream stream) throws IOException {
    Collector nodes = new Collector(ProtoReader.ofForeign(stream));
    boolean whole = true;
    try {
      nodes.reader.fields(tag -> tag == NODE && nodes.read());
    } catch (InvalidProtocolBufferException | ProtoReader.BoundException e) {
      whole = false;
    }
    nodes.ends.removeIf(nodes.taken::contains);
    return new GraphDef(
        nodes.count, List.copyOf(nodes.placeholders), List.copyOf(nodes.ends), nodes.frozen, whole);
  }

  /** Returns the first tensor of each node as the converter takes it: {@code x:0,y:0}. */
  String ports(List<String> names) {
    return names.stream()
        .limit(Printable.MAX_LIST)
        .map(name -> name + ":0")
        .collect(Collectors.joining(","));
  }

  String details() {
    return "%d nodes; likely inputs %s, outputs %s%s%s"
        .formatted(
            nodes,
            inputs.isEmpty() ? "none" : Printable.list(inputs),
            outputs.isEmpty() ? "none" : Printable.list(outputs),
            frozen ? "" : "; it is not frozen, its weights lie elsewhere",
            whole ? "" : "; it is cut off or damaged");
  }

  private static final class Collector {
    private final ProtoReader reader;
    private final List<String> placeholders = new ArrayList<>();
    private final List<String> ends = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();
    private boolean frozen = true;
    private int count;

    Collector(ProtoReader reader) {
      this.reader = reader;
    }

    boolean read() throws IOException {
      String[] node = {"", ""};
      reader.message(
          tag -> {
            switch (tag) {
              case NAME -> node[0] = reader.shortText(ProtoReader.MAX_NAME);
              case OPERATION -> node[1] = reader.shortText(ProtoReader.MAX_NAME);
              case INPUT -> take(reader.shortText(ProtoReader.MAX_NAME));
              default -> {
                return false;
              }
            }
            return true;
          });
      if (!NODE_NAME.matcher(node[0]).matches()
          || !OPERATION_NAME.matcher(node[1]).matches()
          || count == MAX_NODES) {
        throw new InvalidProtocolBufferException("no node, or too many");
      }
      add(node[0], node[1]);
      return true;
    }

    private void add(String name, String operation) {
      count++;
      frozen &= !VARIABLES.contains(operation);
      if (operation.startsWith("Placeholder")) {
        placeholders.add(name);
      } else if (!NO_RESULT.contains(operation)) {
        ends.add(name);
      }
    }

    /** An input is {@code node}, {@code node:1}, or {@code ^node} where only the order matters. */
    private void take(String input) {
      if (taken.size() < MAX_INPUTS && !input.startsWith("^")) {
        int colon = input.indexOf(':');
        taken.add(colon < 0 ? input : input.substring(0, colon));
      }
    }
  }
}
