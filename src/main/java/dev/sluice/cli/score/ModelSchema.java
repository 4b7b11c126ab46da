package dev.sluice.cli.score;

import dev.sluice.InputShape;
import dev.sluice.config.PaddedLength;
import dev.sluice.model.ModelPackage;
import dev.sluice.model.TensorInfo;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ElementColumns;
import dev.sluice.record.ElementName;
import dev.sluice.record.ElementType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * The schema of feature records that a model's signature asks for: a field per feature, typed as
 * the data profile has it, else as the input. An input takes the features that are named for it;
 * else, if it is the only one, those of the package's feature order; else the one of its own name,
 * an array where a row of the input has more than one element.
 */
public final class ModelSchema {
  private final DataProfile profile;
  private final Map<String, PaddedLength> padding;
  private final Map<String, Feature> features = new LinkedHashMap<>();
  private final Map<String, List<String>> inputs = new LinkedHashMap<>();
  private final Set<String> fieldNames = new HashSet<>();

  /**
   * A field to be; what the file calls it is its key.
   *
   * @param nullable whether the value, or each element of an array, may be missing
   */
  private record Feature(
      String fieldName, ElementType type, boolean nullable, List<Integer> shape) {}

  private ModelSchema(DataProfile profile, Map<String, PaddedLength> padding) {
    this.profile = profile;
    this.padding = padding;
  }

  /**
   * @param mapping features by model input, for inputs that take others than said above; a feature
   *     may have any name
   * @param padding lengths by model input, for those whose dimension of unknown size is padded:
   *     they take arrays of any length
   * @param profile its columns that no input takes become fields, too; empty for none
   * @throws IllegalArgumentException if the profile has a nested column: that needs a given schema
   */
  public static FileSchema of(
      ModelPackage model,
      Map<String, List<String>> mapping,
      Map<String, PaddedLength> padding,
      DataProfile profile) {
    ModelSchema schema = new ModelSchema(profile, padding);
    boolean alone = model.signature().inputs().size() == 1;
    for (TensorInfo input : model.signature().inputs()) {
      List<String> names = List.of(input.name());
      if (mapping.containsKey(input.name())) {
        names = mapping.get(input.name());
      } else if (alone && !model.featureOrder().isEmpty()) {
        names = model.featureOrder();
      }
      schema.input(input, names);
    }
    mapping.forEach(schema.inputs::putIfAbsent); // the planner says which the model does not have
    for (ColumnProfile column : profile.columns()) {
      schema.profiled(column);
    }
    return schema.build(model.name());
  }

  private void input(TensorInfo input, List<String> names) {
    List<Integer> shape = shape(input);
    boolean array = names.size() == 1 && shape.stream().anyMatch(size -> size != 1);
    List<String> fields = new ArrayList<>();
    for (String name : names) {
      Feature known = features.get(name);
      String fieldName = known == null ? fieldName(name) : known.fieldName;
      boolean nullable = input.type().canBeMissing() && (known == null || known.nullable);
      ElementType type =
          known != null ? known.type : array ? input.type() : type(fieldName, input.type());
      features.put(name, new Feature(fieldName, type, nullable, array ? shape : List.of()));
      fields.add(fieldName);
    }
    inputs.put(input.name(), fields);
  }

  /** Returns the shape of a row, with a padded dimension as it is declared. */
  private List<Integer> shape(TensorInfo input) {
    try {
      InputShape.of(input, padding.get(input.name()));
    } catch (IllegalArgumentException e) {
      return List.of(); // the planner says what is wrong with it
    }
    return input.rowShape().stream().map(Math::toIntExact).toList();
  }

  /** Returns the type that the profile says, where the input takes it without loss. */
  private ElementType type(String fieldName, ElementType input) {
    return ElementColumns.first(fieldName, profile)
        .map(ColumnProfile::valueType)
        .filter(type -> input.isFloating() && type != ElementType.STRING)
        .orElse(input);
  }

  private void profiled(ColumnProfile column) {
    String field = ElementName.parse(column.name()).map(ElementName::values).orElse(column.name());
    if (fieldNames.contains(field)) {
      return;
    }
    if (!column.name().equals(Names.legal(column.name()))) {
      throw new IllegalArgumentException(
          "data profile: column "
              + column.name()
              + " is a nested field, which the model's signature does not tell, expected --schema"
              + " to name the schema of the records");
    }
    fieldNames.add(column.name());
    features.put(column.name(), new Feature(column.name(), column.valueType(), true, List.of()));
  }

  /** Returns a name that Avro allows and no other feature has. */
  private String fieldName(String name) {
    return Names.legal(name, fieldNames);
  }

  private FileSchema build(String model) {
    List<Schema.Field> avroFields = new ArrayList<>();
    List<FileField> fields = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    inputs.values().forEach(taken::addAll);
    features.forEach(
        (name, feature) -> {
          Schema.Field field =
              new Schema.Field(feature.fieldName, schema(feature), "Called " + name + ".");
          avroFields.add(field);
          boolean required = taken.contains(feature.fieldName);
          fields.add(new FileField(name, field, feature.shape, required));
        });
    Schema schema = Schema.createRecord(Names.legal(model), null, "", false, avroFields);
    return new FileSchema(schema, fields, inputs);
  }

  private static Schema schema(Feature feature) {
    Schema value = Schema.create(avroType(feature.type));
    Schema single =
        feature.nullable ? Schema.createUnion(Schema.create(Schema.Type.NULL), value) : value;
    return feature.shape.isEmpty() ? single : Schema.createArray(single);
  }

  private static Schema.Type avroType(ElementType type) {
    if (type == ElementType.BOOL) {
      return Schema.Type.BOOLEAN;
    }
    if (type.isIntegral()) {
      return type.bytes() == Long.BYTES ? Schema.Type.LONG : Schema.Type.INT;
    }
    if (type.isFloating()) {
      return type == ElementType.DOUBLE ? Schema.Type.DOUBLE : Schema.Type.FLOAT;
    }
    return Schema.Type.STRING;
  }
}
