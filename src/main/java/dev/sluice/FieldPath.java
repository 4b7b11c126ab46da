package dev.sluice;

import java.util.List;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;

/**
 * What the schema says of the field at a path, besides its type.
 *
 * @param isNullable whether a record may lack it: it, a record around it or, in an array, an item
 *     may be null
 * @param hasNullItems whether it is an array whose items may be null
 * @param unit its unit, empty where none is stated
 */
record FieldPath(boolean isNullable, boolean hasNullItems, String unit) {
  private static final String UNIT = "unit";

  /**
   * Walks to a field.
   *
   * @param path names joined by dots, which the schema has
   */
  static FieldPath of(Schema record, String path) {
    boolean nullable = false;
    String unit = "";
    Schema at = record;
    for (String name : path.split("\\.")) {
      Schema.Field field = at.getField(name);
      nullable |= field.schema().isNullable();
      at = nonNull(field.schema());
      unit = unit(field, at);
    }
    boolean nullItems = false;
    while (at.getType() == Schema.Type.ARRAY) {
      nullItems |= at.getElementType().isNullable();
      at = nonNull(at.getElementType());
    }
    return new FieldPath(nullable || nullItems, nullItems, unit);
  }

  /**
   * Returns the type of the field at a path, without null.
   *
   * @param path names joined by dots, which the schema has
   */
  static Schema type(Schema record, String path) {
    Schema at = record;
    for (String name : path.split("\\.")) {
      at = nonNull(at.getField(name).schema());
    }
    return at;
  }

  private static Schema nonNull(Schema schema) {
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    List<Schema> types =
        schema.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
    return types.isEmpty() ? schema : types.get(0);
  }

  private static String unit(JsonProperties field, JsonProperties type) {
    Object unit =
        field.getObjectProp(UNIT) == null ? type.getObjectProp(UNIT) : field.getObjectProp(UNIT);
    return unit instanceof String text ? text : "";
  }
}
