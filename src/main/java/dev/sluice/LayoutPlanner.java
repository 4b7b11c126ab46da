package dev.sluice;

import dev.sluice.config.PaddedLength;
import dev.sluice.decode.FeatureFields;
import dev.sluice.model.MlModelFile;
import dev.sluice.model.ModelPackage;
import dev.sluice.model.TensorInfo;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.record.ElementName;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.InputTensor;
import dev.sluice.record.Padding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Decides which field of the feature record goes to which input of the model. An input takes the
 * fields that the options name; else, if it is the only one, those of the package's feature order,
 * where that is more than another name of the tensor; else the field of its own name. Of the latter
 * two, what is no field is the one whose name a converter makes the same.
 */
public final class LayoutPlanner {
  /** The shape of a field that gives one value. */
  private static final InputShape SINGLE = new InputShape(List.of(), Padding.NONE);

  private final Schema schema;
  private final List<String> problems;
  private final FieldNames names;
  private final Map<String, Integer> indexes = new LinkedHashMap<>();
  private final List<FeatureColumn> columns = new ArrayList<>();
  private final List<InputTensor> inputs = new ArrayList<>();

  /**
   * @param problems takes one line per thing that does not fit
   */
  public LayoutPlanner(Schema schema, List<String> problems) {
    this.schema = schema;
    this.problems = problems;
    this.names = new FieldNames(schema);
  }

  /**
   * Plans the model's inputs, whose shapes per record are all fixed.
   *
   * @param mapping fields by model input, for inputs that take others than those of their own name
   */
  public LayoutPlanner inputs(ModelPackage model, Map<String, List<String>> mapping) {
    return inputs(model, mapping, Map.of());
  }

  /**
   * Plans the model's inputs.
   *
   * @param mapping fields by model input, for inputs that take others than those of their own name
   * @param padding lengths by model input, for inputs with a dimension of unknown size
   */
  public LayoutPlanner inputs(
      ModelPackage model, Map<String, List<String>> mapping, Map<String, PaddedLength> padding) {
    checkNames(model, mapping.keySet(), padding.keySet(), problems);
    for (TensorInfo input : model.signature().inputs()) {
      try {
        planInput(model, input, mapping, InputShape.of(input, padding.get(input.name())));
      } catch (IllegalArgumentException e) {
        problems.add(e.getMessage());
      }
    }
    return this;
  }

  /**
   * Has a field decoded that a data profile describes: an input takes it, or it is a single value.
   */
  public LayoutPlanner profiled(String field) {
    return indexes.containsKey(field) ? this : field(field, "data profile: column " + field);
  }

  /**
   * Has all fields decoded that a data profile describes, or expects something of. What it has of
   * single elements of arrays is held against the arrays that inputs take.
   */
  public LayoutPlanner profile(DataProfile profile) {
    for (ColumnProfile column : profile.columns()) {
      if (ElementName.parse(column.name()).isEmpty()) {
        profiled(column.name());
      }
    }
    problems.addAll(ElementCheck.problems(columns, profile));
    for (String field : ExpectationCheck.fields(profile)) {
      if (!indexes.containsKey(field) && FeatureFields.has(schema, field)) {
        field(field, "data profile: expectations of " + field);
      }
    }
    return this;
  }

  /**
   * Adds a scalar field that is to be decoded, whether or not an input takes it.
   *
   * @param what names in a message who wants it
   */
  public LayoutPlanner field(String field, String what) {
    int index = indexes.containsKey(field) ? indexes.get(field) : column(field, SINGLE, what);
    boolean scalar = index < 0 || FeatureFields.isScalar(schema, field);
    if (!scalar) {
      problems.add(what + ": field " + field + " is an array, expected a single value");
    }
    return this;
  }

  /** Returns the columns that could be planned, also where there are problems. */
  public List<FeatureColumn> columns() {
    return List.copyOf(columns);
  }

  /** Returns the layout, or null where there are problems. */
  public FeatureLayout layout() {
    return problems.isEmpty() ? new FeatureLayout(columns, inputs) : null;
  }

  /** Returns what is worth knowing: which names of the model mean fields of another name. */
  public List<String> notes() {
    return names.notes();
  }

  /**
   * Checks that the model has the inputs that options name.
   *
   * @param problems takes one line per input that it does not have
   */
  public static void checkNames(
      ModelPackage model, Set<String> mapped, Set<String> padded, List<String> problems) {
    checkNames(model, "model.inputs.", mapped, problems);
    checkNames(model, "model.padding.", padded, problems);
  }

  private static void checkNames(
      ModelPackage model, String option, Set<String> inputs, List<String> problems) {
    List<String> names = model.signature().inputs().stream().map(TensorInfo::name).toList();
    for (String name : inputs) {
      if (!names.contains(name)) {
        problems.add(option + name + ": the model has no such input, expected one of " + names);
      }
    }
  }

  private void planInput(
      ModelPackage model, TensorInfo input, Map<String, List<String>> mapping, InputShape shape) {
    int width = shape.rowShape().stream().reduce(1, Math::multiplyExact);
    List<String> fields = fields(model, input, mapping);
    String what = "model input " + input.name();
    List<Integer> taken = new ArrayList<>();
    for (String field : fields) {
      int index = column(field, fields.size() == 1 ? shape : SINGLE, what);
      if (index >= 0) {
        taken.add(index);
        if (checkType(input, columns.get(index))) {
          shape.requireFill(input, columns.get(index));
        }
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
      inputs.add(new InputTensor(input.name(), input.type(), shape.rowShape(), taken));
    }
  }

  private List<String> fields(
      ModelPackage model, TensorInfo input, Map<String, List<String>> mapping) {
    List<String> named = mapping.get(input.name());
    if (named != null) {
      return named;
    }
    boolean alone = model.signature().inputs().size() == 1;
    boolean ordered = alone && !model.featureOrder().isEmpty() && !isRenamedTensor(model, input);
    List<String> wanted = ordered ? model.featureOrder() : List.of(input.name());
    return names.resolve(wanted, "model input " + input.name(), problems);
  }

  /** Returns whether the signature has another name for the input, and only its own is a field. */
  private boolean isRenamedTensor(ModelPackage model, TensorInfo input) {
    return model.mlModel().filter(MlModelFile::namesTensor).isPresent()
        && !names.has(model.featureOrder().get(0))
        && names.has(input.name());
  }

  /** Returns the index of a field's column, adding it at its first use; -1 where it cannot be. */
  private int column(String field, InputShape shape, String what) {
    FeatureColumn column;
    try {
      column = FeatureFields.column(schema, field, shape.rowShape(), shape.padding());
    } catch (IllegalArgumentException e) {
      problems.add(what + ": " + e.getMessage());
      return -1;
    }
    Integer known = indexes.get(field);
    if (known == null) {
      columns.add(column);
      indexes.put(field, columns.size() - 1);
      return columns.size() - 1;
    }
    if (!columns.get(known).equals(column)) {
      problems.add(
          what
              + ": field "
              + field
              + " has the shape "
              + described(column)
              + " here, but "
              + described(columns.get(known))
              + " in another input, expected the same shape and padding");
      return -1;
    }
    return known;
  }

  private static String described(FeatureColumn column) {
    return column.shape()
        + (column.isPadded() ? " padded with '" + column.padding().value() + "'" : "");
  }

  /**
   * Returns whether an input takes a column's type. Numbers may be too large for a narrower one:
   * validate rejects those records.
   */
  private boolean checkType(TensorInfo input, FeatureColumn column) {
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
    return fits;
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
