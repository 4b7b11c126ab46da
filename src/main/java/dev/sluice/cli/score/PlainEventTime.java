package dev.sluice.cli.score;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * The type of a field whose event time is a long without a logical type, with the unit that the job
 * takes it in: milliseconds.
 */
final class PlainEventTime {
  private static final Schema MILLIS =
      LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));

  private PlainEventTime() {}

  /**
   * Returns a type as it is, but for such a long at a path.
   *
   * @param path names of fields of records from here on; empty where the type itself is meant
   */
  static Schema inMillis(Schema type, List<String> path) {
    Schema value = CellReader.valueOf(type);
    if (value == null) {
      return type;
    }
    if (path.isEmpty()) {
      boolean plain = value.getType() == Schema.Type.LONG && value.getLogicalType() == null;
      return plain ? MILLIS : type;
    }
    if (value.getType() != Schema.Type.RECORD || value.getField(path.get(0)) == null) {
      return type;
    }
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : value.getFields()) {
      boolean isNext = field.name().equals(path.get(0));
      Schema inside =
          isNext ? inMillis(field.schema(), path.subList(1, path.size())) : field.schema();
      fields.add(new Schema.Field(field.name(), inside));
    }
    return Schema.createRecord(value.getName(), null, value.getNamespace(), false, fields);
  }
}
