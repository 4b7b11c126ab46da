package dev.sluice.cli.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;

/** The fields of a row or struct → a JSON object. */
final class GroupValues extends GroupConverter {
  private final GroupType type;
  private final Converter[] fields;
  private final Consumer<JsonNode> target;
  private ObjectNode current;

  /**
   * @param wanted what a field is to become, by its name; null where nothing is known
   * @param kept which fields are; the others are read, and dropped
   * @param target takes each object
   */
  GroupValues(
      GroupType type,
      Function<String, Schema> wanted,
      Predicate<String> kept,
      Consumer<JsonNode> target) {
    this.type = type;
    this.target = target;
    this.fields = new Converter[type.getFieldCount()];
    for (int i = 0; i < fields.length; i++) {
      Type field = type.getType(i);
      String name = field.getName();
      Schema schema = wanted.apply(name);
      // A repeated field without a list around it is an array by itself.
      fields[i] =
          field.isRepetition(Type.Repetition.REPEATED)
              ? of(field, AvroTarget.items(schema), v -> ((ArrayNode) current.get(name)).add(v))
              : of(
                  field, schema, kept.test(name) ? value -> current.set(name, value) : value -> {});
    }
  }

  /** Returns what makes JSON of a field's values. */
  static Converter of(Type field, Schema wanted, Consumer<JsonNode> target) {
    if (field.isPrimitive()) {
      return new LeafValues(LeafDecoder.of(field.asPrimitiveType(), wanted), target);
    }
    GroupType group = field.asGroupType();
    LogicalTypeAnnotation meaning = group.getLogicalTypeAnnotation();
    if (meaning instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation
        && ListShape.isList(group)) {
      return new ListValues(group, wanted, target);
    }
    if (meaning instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation
        && ListShape.isMap(group)) {
      return new MapValues(group, wanted, target);
    }
    return new GroupValues(
        group,
        name -> AvroTarget.field(wanted, name),
        name -> !AvroTarget.lacks(wanted, name),
        target);
  }

  @Override
  public Converter getConverter(int field) {
    return fields[field];
  }

  @Override
  public void start() {
    current = JsonNodeFactory.instance.objectNode();
    for (Type field : type.getFields()) {
      if (field.isRepetition(Type.Repetition.REPEATED)) {
        current.putArray(field.getName());
      }
    }
  }

  @Override
  public void end() {
    target.accept(current);
  }
}
