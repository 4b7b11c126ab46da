package dev.sluice.cli.produce;

import org.apache.avro.Schema;

/** Finds a field that an option names. */
final class RecordField {
  private RecordField() {}

  /**
   * Returns the field.
   *
   * @throws IllegalArgumentException if the schema has none of that name
   */
  static Schema.Field of(String option, Schema schema, String name) {
    Schema.Field field = schema.getField(name);
    if (field == null) {
      throw new IllegalArgumentException(
          "%s is %s, expected a field of %s: %s"
              .formatted(
                  option,
                  name,
                  schema.getName(),
                  String.join(", ", schema.getFields().stream().map(Schema.Field::name).toList())));
    }
    return field;
  }

  /** Returns the type of a field's value: of a union the first branch that is not null. */
  static Schema valueOf(Schema.Field field) {
    if (!field.schema().isUnion()) {
      return field.schema();
    }
    return field.schema().getTypes().stream()
        .filter(branch -> branch.getType() != Schema.Type.NULL)
        .findFirst()
        .orElse(field.schema());
  }
}
