package dev.sluice.model;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts operators while a model is read: of the main graph and, apart, of the body of each of the
 * model's own functions. A function that nothing calls is left out of the result, as ONNX Runtime
 * never looks at it.
 */
final class OperatorCounts {
  private static final int MAX_NAMES = 10_000;

  /** The name of an operator or function. */
  private record Name(String domain, String type) {}

  private final Map<Name, Long> graph = new LinkedHashMap<>();
  private final Map<Name, Map<Name, Long>> functions = new LinkedHashMap<>();
  private final Set<String> locales = new HashSet<>();
  private Map<Name, Long> scope = graph;
  private int names;

  /** Counts a node of the function that was begun last, else of the main graph. */
  void add(OnnxNode node) throws InvalidProtocolBufferException {
    Name name = new Name(node.domain(), node.type());
    if (scope.merge(name, 1L, Long::sum) == 1) {
      countName();
    }
    node.neededLocale().ifPresent(locales::add);
    if (locales.size() > MAX_NAMES) {
      throw new InvalidProtocolBufferException("more than " + MAX_NAMES + " locales");
    }
  }

  /** Begins the body of a function, whose name is known only at its end. */
  void beginFunction() {
    scope = new LinkedHashMap<>();
  }

  void endFunction(String domain, String name) throws InvalidProtocolBufferException {
    functions.put(new Name(OnnxOperator.canonicalDomain(domain), name), scope);
    countName();
    scope = graph;
  }

  private void countName() throws InvalidProtocolBufferException {
    if (++names > MAX_NAMES) {
      throw new InvalidProtocolBufferException(
          "more than " + MAX_NAMES + " different operators and functions");
    }
  }

  /** Returns the locales that nodes need; those of functions that nothing calls among them. */
  Set<String> locales() {
    return locales;
  }

  /** Returns the operators in the order of their first use; calls of functions are none. */
  List<OnnxOperator> operators() {
    Map<Name, Long> inFunctions = new LinkedHashMap<>();
    Set<Name> seen = new HashSet<>();
    Deque<Map<Name, Long>> bodies = new ArrayDeque<>(List.of(graph));
    while (!bodies.isEmpty()) {
      Map<Name, Long> body = bodies.remove();
      body.forEach(
          (name, count) -> {
            if (functions.containsKey(name)) {
              if (seen.add(name)) {
                bodies.add(functions.get(name));
              }
            } else if (body != graph) {
              inFunctions.merge(name, count, Long::sum);
            }
          });
    }
    List<OnnxOperator> operators = new ArrayList<>();
    graph.forEach(
        (name, count) -> {
          if (!functions.containsKey(name)) {
            Long more = inFunctions.remove(name);
            long total = count + (more == null ? 0 : more);
            operators.add(new OnnxOperator(name.domain, name.type, total, false));
          }
        });
    inFunctions.forEach(
        (name, count) -> operators.add(new OnnxOperator(name.domain, name.type, count, true)));
    return operators;
  }
}
