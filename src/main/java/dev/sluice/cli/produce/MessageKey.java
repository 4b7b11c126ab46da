package dev.sluice.cli.produce;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** Takes the key of a message out of its record: the text of a field, in UTF-8. */
public final class MessageKey {
  /** Messages have no key. */
  public static final MessageKey NONE = new MessageKey(-1);

  /** Types whose values have a text that says the value, and nothing else. */
  private static final Set<Schema.Type> TYPES =
      EnumSet.of(
          Schema.Type.STRING,
          Schema.Type.ENUM,
          Schema.Type.INT,
          Schema.Type.LONG,
          Schema.Type.FLOAT,
          Schema.Type.DOUBLE,
          Schema.Type.BOOLEAN,
          Schema.Type.NULL);

  private final int position;

  private MessageKey(int position) {
    this.position = position;
  }

  /**
   * @param option names in a message who asks for the field
   * @throws IllegalArgumentException if the schema has no such field, or it has no text
   */
  public static MessageKey of(String option, Schema schema, String name) {
    Schema.Field field = RecordField.of(option, schema, name);
    List<Schema> types =
        field.schema().isUnion() ? field.schema().getTypes() : List.of(field.schema());
    if (types.stream().anyMatch(type -> !TYPES.contains(type.getType()))) {
      throw new IllegalArgumentException(
          "%s is %s, which is %s, expected a string, enum, number or boolean"
              .formatted(option, name, field.schema()));
    }
    return new MessageKey(field.pos());
  }

  /** Returns the key of a record; null where it has none. */
  byte[] of(GenericRecord record) {
    Object value = position < 0 ? null : record.get(position);
    return value == null ? null : value.toString().getBytes(StandardCharsets.UTF_8);
  }
}
