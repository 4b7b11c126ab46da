package dev.sluice.decode;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.util.internal.Accessor;

/** Copies of types without their aliases, and without those of their fields. */
final class Unaliased {
  private Unaliased() {}

  /**
   * Returns a copy of a schema without aliases; names, defaults and logical types stay.
   *
   * @param part one that is not recursive, as {@link ReaderProjection} returns it
   */
  static Schema of(Schema part) {
    return switch (part.getType()) {
      case RECORD -> record(part);
      case UNION -> Schema.createUnion(part.getTypes().stream().map(Unaliased::of).toList());
      case ARRAY -> Schema.createArray(of(part.getElementType()));
      case ENUM, FIXED -> named(part, part.getFullName());
      default -> part;
    };
  }

  private static Schema record(Schema record) {
    List<Schema.Field> fields = record.getFields().stream().map(Unaliased::field).toList();
    return Schema.createRecord(record.getFullName(), null, null, false, fields);
  }

  /**
   * Avro's copy of a field keeps the aliases, and a default that is taken out as an object is not
   * always whole: numbers beyond 64 bits are missing.
   */
  private static Schema.Field field(Schema.Field field) {
    return Accessor.createField(
        field.name(), of(field.schema()), null, Accessor.defaultValue(field), false, field.order());
  }

  /**
   * Returns a copy of an enum or a fixed by another name.
   *
   * @param name the full name
   */
  static Schema named(Schema type, String name) {
    if (type.getType() == Schema.Type.ENUM) {
      return Schema.createEnum(name, null, null, type.getEnumSymbols(), type.getEnumDefault());
    }
    Schema fixed = Schema.createFixed(name, null, null, type.getFixedSize());
    return type.getLogicalType() == null ? fixed : type.getLogicalType().addToSchema(fixed);
  }
}
