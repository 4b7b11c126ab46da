package dev.sluice.cli.parquet;

import java.util.List;
import org.apache.avro.Schema;

/** Walks the schema that values are to become, as far as it is known; null where it is not. */
final class AvroTarget {
  private AvroTarget() {}

  /** Returns the schema of a value that is not null, where there is one alone. */
  static Schema value(Schema schema) {
    if (schema == null || schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    List<Schema> values =
        schema.getTypes().stream().filter(s -> s.getType() != Schema.Type.NULL).toList();
    return values.size() == 1 ? values.get(0) : null;
  }

  static Schema items(Schema schema) {
    Schema array = value(schema);
    return array != null && array.getType() == Schema.Type.ARRAY ? array.getElementType() : null;
  }

  static Schema values(Schema schema) {
    Schema map = value(schema);
    return map != null && map.getType() == Schema.Type.MAP ? map.getValueType() : null;
  }

  static Schema field(Schema schema, String name) {
    Schema record = value(schema);
    boolean has =
        record != null && record.getType() == Schema.Type.RECORD && record.getField(name) != null;
    return has ? record.getField(name).schema() : null;
  }

  /** Returns whether a schema is a record without such a field. */
  static boolean lacks(Schema schema, String name) {
    Schema record = value(schema);
    return record != null
        && record.getType() == Schema.Type.RECORD
        && record.getField(name) == null;
  }
}
