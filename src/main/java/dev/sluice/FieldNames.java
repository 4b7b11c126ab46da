package dev.sluice;

import dev.sluice.decode.FeatureFields;
import dev.sluice.model.verify.ColumnNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Finds the fields of the feature record that a model's names mean. A name that is no field means
 * the one that is called the same once both are converted as skl2onnx does it: neither Avro nor
 * that converter keeps the space in {@code mean radius}.
 */
final class FieldNames {
  private final Schema schema;
  private final ColumnNames fields;
  private final Map<String, String> nameByField = new HashMap<>();
  private final List<String> notes = new ArrayList<>();

  FieldNames(Schema schema) {
    this.schema = schema;
    Set<String> paths = new LinkedHashSet<>();
    schema.getFields().forEach(field -> paths.add(field.name()));
    paths.addAll(FeatureFields.scalars(schema));
    this.fields = new ColumnNames(paths);
  }

  /** Returns whether a name is a field, or means one or more. */
  boolean has(String name) {
    return FeatureFields.has(schema, name) || !fields.candidates(name).isEmpty();
  }

  /**
   * Returns the fields for the names of a model; a name stays as it is where nothing matches.
   *
   * @param what who has the names, for messages
   * @param problems takes a line per name that can mean several fields, and per field that several
   *     names mean
   */
  List<String> resolve(List<String> names, String what, List<String> problems) {
    List<String> resolved = new ArrayList<>();
    List<String> renamed = new ArrayList<>();
    for (String name : names) {
      List<String> candidates =
          FeatureFields.has(schema, name) ? List.of(name) : fields.candidates(name);
      String field = candidates.isEmpty() ? name : candidates.get(0);
      resolved.add(field);
      if (candidates.size() > 1) {
        problems.add(
            "%s: %s is no field of the feature record and can be each of %s, expected model.inputs to say which"
                .formatted(what, name, candidates));
        continue;
      }
      String other = nameByField.putIfAbsent(field, name);
      if (other != null && !other.equals(name)) {
        problems.add(
            "%s: %s and %s are both the field %s, expected one field for each"
                .formatted(what, other, name, field));
      } else if (!field.equals(name)) {
        renamed.add(name + " is the field " + field);
      }
    }
    if (!renamed.isEmpty()) {
      notes.add(what + ": " + ColumnNames.listed(renamed));
    }
    return resolved;
  }

  /** Returns a line per list of names that had one renamed. */
  List<String> notes() {
    return List.copyOf(notes);
  }
}
