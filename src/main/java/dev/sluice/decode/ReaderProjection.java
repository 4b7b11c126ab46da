package dev.sluice.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * A reader's schema without the fields that nobody asked for, so that a writer may do with those
 * what it likes. Names, aliases and defaults stay.
 */
final class ReaderProjection {
  private ReaderProjection() {}

  /**
   * Returns the part of a record schema that holds some fields.
   *
   * @param wanted their dotted paths
   */
  static Schema of(Schema reader, Set<String> wanted) {
    return project(reader, "", wanted);
  }

  private static Schema project(Schema schema, String path, Set<String> wanted) {
    if (wanted.contains(path)) {
      return schema;
    }
    return switch (schema.getType()) {
      case UNION ->
          Schema.createUnion(
              schema.getTypes().stream().map(type -> project(type, path, wanted)).toList());
      case RECORD -> record(schema, path, wanted);
      default -> schema;
    };
  }

  private static Schema record(Schema record, String path, Set<String> wanted) {
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : record.getFields()) {
      String child = FeatureFields.child(path, field.name());
      if (holds(child, wanted)) {
        fields.add(new Schema.Field(field, project(field.schema(), child, wanted)));
      }
    }
    Schema part = Schema.createRecord(record.getName(), null, record.getNamespace(), false, fields);
    record.getAliases().forEach(part::addAlias);
    return part;
  }

  /** Whether a field is wanted, or one nested in it. */
  private static boolean holds(String path, Set<String> wanted) {
    return wanted.contains(path) || wanted.stream().anyMatch(name -> name.startsWith(path + "."));
  }
}
