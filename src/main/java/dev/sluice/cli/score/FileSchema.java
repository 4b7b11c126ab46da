package dev.sluice.cli.score;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * What the rows of a file are read as.
 *
 * @param schema the schema of the records made of them
 * @param fields the schema's fields, in its order
 * @param inputs fields of the schema by model input, for inputs that take others than that of their
 *     own name
 */
public record FileSchema(Schema schema, List<FileField> fields, Map<String, List<String>> inputs) {
  public FileSchema {
    requireNonNull(schema, "schema is null");
    fields = List.copyOf(fields);
    inputs = Map.copyOf(inputs);
  }

  /** Returns a schema as it was given: names in the file are those of its fields. */
  public static FileSchema given(Schema schema, Map<String, List<String>> inputs) {
    List<FileField> fields =
        schema.getFields().stream()
            .map(
                field ->
                    new FileField(field.name(), field, List.of(), !field.schema().isNullable()))
            .toList();
    return new FileSchema(schema, fields, inputs);
  }

  /** Returns the one field there is if it is an array, else null: it can be spread over columns. */
  FileField onlyArray() {
    return fields.size() == 1 && !fields.get(0).shape().isEmpty() ? fields.get(0) : null;
  }
}
