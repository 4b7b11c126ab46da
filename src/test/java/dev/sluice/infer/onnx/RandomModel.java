package dev.sluice.infer.onnx;

import dev.sluice.model.OnnxBytes;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.InputTensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A random model of up to three inputs and as many outputs, and what it answers to one row. */
final class RandomModel {
  private static final Map<ElementType, Integer> CODES = new EnumMap<>(ElementType.class);

  static {
    CODES.put(ElementType.FLOAT, 1);
    CODES.put(ElementType.UINT8, 2);
    CODES.put(ElementType.INT8, 3);
    CODES.put(ElementType.INT16, 5);
    CODES.put(ElementType.INT32, 6);
    CODES.put(ElementType.INT64, 7);
    CODES.put(ElementType.STRING, 8);
    CODES.put(ElementType.BOOL, 9);
    CODES.put(ElementType.FLOAT16, 10);
    CODES.put(ElementType.DOUBLE, 11);
    CODES.put(ElementType.BFLOAT16, 16);
  }

  private enum Operator {
    IDENTITY,
    CAST,
    DOUBLE_IT,
    SUM
  }

  /** One input, what is done with it, and the output that comes of it. */
  private record Branch(
      ElementType type,
      List<Integer> rowShape,
      Operator operator,
      ElementType answer,
      boolean keepsDimensions) {
    int width() {
      return rowShape.stream().reduce(1, (a, b) -> a * b);
    }

    List<Integer> answeredShape() {
      if (operator != Operator.SUM) {
        return rowShape;
      }
      return keepsDimensions ? Collections.nCopies(rowShape.size(), 1) : List.of();
    }
  }

  private final Random random;
  private final List<Branch> branches = new ArrayList<>();
  private final List<FeatureColumn> columns = new ArrayList<>();
  private final List<InputTensor> inputs = new ArrayList<>();

  RandomModel(Random random) {
    this.random = random;
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      Branch branch = branch();
      branches.add(branch);
      inputs.add(
          new InputTensor("x" + branches.size(), branch.type, branch.rowShape, columns(branch)));
    }
  }

  private Branch branch() {
    List<ElementType> types = List.copyOf(CODES.keySet());
    ElementType type = types.get(random.nextInt(types.size()));
    List<Integer> rowShape = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      rowShape.add(1 + random.nextInt(4));
    }
    boolean calculates =
        switch (type) {
          case FLOAT, DOUBLE, INT64, INT32 -> true;
          default -> false;
        };
    Operator operator = Operator.values()[random.nextInt(4)];
    if (operator == Operator.SUM && (rowShape.isEmpty() || !calculates)
        || operator == Operator.DOUBLE_IT && !calculates
        || operator == Operator.CAST && type == ElementType.STRING) {
      operator = Operator.IDENTITY;
    }
    ElementType answer = type;
    if (operator == Operator.CAST) {
      List<ElementType> wider = types.stream().filter(t -> t.holds(type)).toList();
      answer = wider.get(random.nextInt(wider.size()));
    }
    return new Branch(type, rowShape, operator, answer, random.nextBoolean());
  }

  /** One array of all elements, or a field for each of them. */
  private List<Integer> columns(Branch branch) {
    boolean array = random.nextBoolean();
    List<Integer> taken = new ArrayList<>();
    for (int i = array ? 1 : branch.width(); i > 0; i--) {
      taken.add(columns.size());
      String name = "f" + columns.size();
      columns.add(new FeatureColumn(name, fieldType(branch.type), array ? branch.width() : 1));
    }
    return taken;
  }

  private ElementType fieldType(ElementType input) {
    if (input.isFloating()) {
      return random.nextBoolean() ? ElementType.FLOAT : ElementType.DOUBLE;
    }
    if (input == ElementType.STRING || input == ElementType.BOOL) {
      return input;
    }
    return input != ElementType.INT64 && random.nextBoolean()
        ? ElementType.INT32
        : ElementType.INT64;
  }

  FeatureLayout layout() {
    return new FeatureLayout(columns, inputs);
  }

  /** Returns the model as a file's bytes; outputs declare all, some or none of their dimensions. */
  byte[] bytes() {
    OnnxBytes graph = new OnnxBytes().text(2, "random");
    for (int i = 0; i < branches.size(); i++) {
      Branch branch = branches.get(i);
      String in = "x" + (i + 1);
      String out = "y" + (i + 1);
      addNode(graph, branch, in, out);
      graph.message(11, OnnxBytes.tensor(in, CODES.get(branch.type), shape(branch.rowShape)));
      long[] answered = shape(branch.answeredShape());
      int declared = random.nextInt(3);
      for (int d = 1; d < answered.length && declared > 0; d++) {
        answered[d] = declared == 1 || random.nextBoolean() ? -1 : answered[d];
      }
      graph.message(12, OnnxBytes.tensor(out, CODES.get(branch.answer), answered));
    }
    return OnnxBytes.model(graph).bytes();
  }

  private static void addNode(OnnxBytes graph, Branch branch, String in, String out) {
    OnnxBytes node = new OnnxBytes().text(1, in);
    switch (branch.operator) {
      case IDENTITY -> node.text(2, out).text(4, "Identity");
      case CAST ->
          node.text(2, out).text(4, "Cast").message(5, flag("to", CODES.get(branch.answer)));
      case DOUBLE_IT -> node.text(1, in).text(2, out).text(4, "Add");
      case SUM -> {
        int rank = branch.rowShape.size();
        OnnxBytes axes = new OnnxBytes().number(1, rank).number(2, 7).text(8, in + "_axes");
        for (int axis = 1; axis <= rank; axis++) {
          axes.number(7, axis);
        }
        graph.message(5, axes);
        node.text(1, in + "_axes").text(2, out).text(4, "ReduceSum");
        node.message(5, flag("keepdims", branch.keepsDimensions ? 1 : 0));
      }
    }
    graph.message(1, node);
  }

  private static OnnxBytes flag(String name, int value) {
    return new OnnxBytes().text(1, name).number(3, value).number(20, 2);
  }

  private static long[] shape(List<Integer> rowShape) {
    long[] shape = new long[rowShape.size() + 1];
    shape[0] = -1;
    for (int i = 0; i < rowShape.size(); i++) {
      shape[i + 1] = rowShape.get(i);
    }
    return shape;
  }

  /** Returns a value for each element of a row: numbers that every type on their way holds. */
  Object[] row() {
    List<Object> values = new ArrayList<>();
    for (Branch branch : branches) {
      boolean small = branch.operator == Operator.SUM || branch.operator == Operator.DOUBLE_IT;
      for (int i = 0; i < branch.width(); i++) {
        values.add(small ? (Object) (random.nextInt(2001) - 1000) : value(branch.type));
      }
    }
    return values.toArray();
  }

  private Object value(ElementType type) {
    if (type == ElementType.STRING) {
      return List.of("", "a", "北京 Ä", "x".repeat(100)).get(random.nextInt(4));
    }
    if (type.isIntegral()) {
      return switch (random.nextInt(4)) {
        case 0 -> type.min();
        case 1 -> type.max();
        default -> type.bytes() == 8 ? random.nextLong() : random.nextLong(type.min(), type.max());
      };
    }
    double[] special = {0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, type.maxFinite(), 0x1p-14};
    double number = random.nextInt(-128, 129) * (random.nextBoolean() ? 1 : 0x1p-7);
    return random.nextInt(3) == 0 ? special[random.nextInt(special.length)] : number;
  }

  /** Returns the answers to a row, output by output. */
  List<List<Object>> answers(Object[] row) {
    List<List<Object>> answers = new ArrayList<>();
    int from = 0;
    for (Branch branch : branches) {
      List<Object> values = List.of(row).subList(from, from + branch.width());
      from += branch.width();
      answers.add(
          switch (branch.operator) {
            case IDENTITY, CAST -> values;
            case DOUBLE_IT -> values.stream().map(v -> (Object) (2 * (Integer) v)).toList();
            case SUM -> List.of(values.stream().mapToInt(v -> (Integer) v).sum());
          });
    }
    return answers;
  }

  /** Returns the shapes of an answer to show: none for one value, be it [N] or [N,1]. */
  List<List<Integer>> answeredShapes() {
    return branches.stream()
        .map(Branch::answeredShape)
        .map(shape -> shape.equals(List.of(1)) ? List.<Integer>of() : shape)
        .toList();
  }

  @Override
  public String toString() {
    return branches.toString();
  }
}
