package dev.sluice;

import dev.sluice.decode.FeatureFields;
import dev.sluice.model.ModelPackage;
import dev.sluice.model.TensorInfo;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.InputTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Decides which field of the feature record goes to which input of the model. An input takes the
 * fields that the options name; else, if it is the only one, those of the package's feature order;
 * else the field of its own name.
 */
public final class LayoutPlanner {
  private final Schema schema;
  private final List<String> problems;
  private final Map<String, Integer> indexes = new LinkedHashMap<>();
  private final List<FeatureColumn> columns = new ArrayList<>();
  private final List<InputTensor> inputs = new ArrayList<>();

  /**
   * @param problems takes one line per thing that does not fit
   */
  public LayoutPlanner(Schema schema, List<String> problems) {
    this.schema = schema;
    this.problems = problems;
  }

  /**
   * Plans the model's inputs.
   *
   * @param mapping fields by model input, for inputs that take others than those of their own name
   */
  public LayoutPlanner inputs(ModelPackage model, Map<String, List<String>> mapping) {
    checkMapping(model, mapping);
    for (TensorInfo input : model.signature().inputs()) {
      planInput(model, input, mapping);
    }
    return this;
  }

  /**
   * Adds a scalar field that is to be decoded, whether or not an input takes it.
   *
   * @param what names in a message who wants it
   */
  public LayoutPlanner field(String field, String what) {
    int index = column(field, 1, what);
    boolean scalar = index < 0 || FeatureFields.isScalar(schema, field);
    if (!scalar) {
      problems.add(what + ": field " + field + " is an array, expected a single value");
    }
    return this;
  }

  /** Returns the layout, or null where there are problems. */
  public FeatureLayout layout() {
    return problems.isEmpty() ? new FeatureLayout(columns, inputs) : null;
  }

  private void checkMapping(ModelPackage model, Map<String, List<String>> mapping) {
    List<String> names = model.signature().inputs().stream().map(TensorInfo::name).toList();
    for (String name : mapping.keySet()) {
      if (!names.contains(name)) {
        problems.add(
            "model.inputs." + name + ": the model has no such input, expected one of " + names);
      }
    }
  }

  private void planInput(ModelPackage model, TensorInfo input, Map<String, List<String>> mapping) {
    if (!input.hasFixedRowShape()) {
      problems.add(
          "model input "
              + input
              + " has dimensions of unknown size besides the batch,"
              + " expected a fixed shape per record");
      return;
    }
    List<Integer> rowShape = input.rowShape().stream().map(Math::toIntExact).toList();
    int width = rowShape.stream().reduce(1, Math::multiplyExact);
    List<String> fields = fields(model, input, width, mapping);
    String what = "model input " + input.name();
    List<Integer> taken = new ArrayList<>();
    for (String field : fields) {
      int index = column(field, fields.size() == 1 ? width : 1, what);
      if (index >= 0) {
        taken.add(index);
        checkType(input, columns.get(index));
      }
    }
    if (fields.size() != 1 && fields.size() != width) {
      problems.add(
          what
              + " takes "
              + width
              + " values per record, but got "
              + fields.size()
              + " fields "
              + fields
              + ", expected as many (model.inputs."
              + input.name()
              + " names them)");
    } else if (taken.size() == fields.size()) {
      inputs.add(new InputTensor(input.name(), input.type(), rowShape, taken));
    }
  }

  private static List<String> fields(
      ModelPackage model, TensorInfo input, int width, Map<String, List<String>> mapping) {
    List<String> named = mapping.get(input.name());
    if (named != null) {
      return named;
    }
    boolean alone = model.signature().inputs().size() == 1;
    if (alone && !model.featureOrder().isEmpty()) {
      return model.featureOrder();
    }
    return List.of(input.name());
  }

  /** Returns the index of a field's column, adding it at its first use; -1 where it cannot be. */
  private int column(String field, int width, String what) {
    Integer known = indexes.get(field);
    if (known != null) {
      return known;
    }
    try {
      FeatureColumn column = FeatureFields.column(schema, field, width);
      columns.add(column);
      indexes.put(field, columns.size() - 1);
      return columns.size() - 1;
    } catch (IllegalArgumentException e) {
      problems.add(what + ": " + e.getMessage());
      return -1;
    }
  }

  /** Numbers may be too large for a narrower type: validate rejects those records. */
  private void checkType(TensorInfo input, FeatureColumn column) {
    ElementType to = input.type();
    ElementType from = column.type();
    boolean fits =
        from == to
            || (to.isFloating() && from != ElementType.STRING)
            || (to.isIntegral() && from.isIntegral() && to != ElementType.BOOL);
    if (!fits) {
      problems.add(
          "model input "
              + input.name()
              + " takes "
              + to
              + ", but field "
              + column.name()
              + " is "
              + from
              + ", expected "
              + expected(to));
    }
  }

  private static String expected(ElementType type) {
    if (type == ElementType.STRING) {
      return "a string or enum";
    }
    if (type == ElementType.BOOL) {
      return "a boolean";
    }
    return type.isFloating() ? "a number or boolean" : "an int, long or boolean";
  }
}
