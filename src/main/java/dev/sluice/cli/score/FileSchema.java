package dev.sluice.cli.score;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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

  /**
   * Returns the schema that a file carries itself.
   *
   * @param notes takes a line for a person about what it leaves out
   * @throws IllegalArgumentException if it carries none, or cannot be read
   */
  public static FileSchema own(
      DataFile file, Map<String, List<String>> inputs, Consumer<String> notes) throws IOException {
    return switch (file.format()) {
      case AVRO -> given(AvroRows.schemaOf(file), inputs);
      case PARQUET -> ParquetSchema.of(file, inputs, notes);
      case CSV, JSON_LINES ->
          throw new IllegalArgumentException(
              "--schema is not given, and %s is %s, which carries none, expected --schema"
                  .formatted(file.path(), file.format()));
    };
  }

  /** Returns the one field there is if it is an array, else null: it can be spread over columns. */
  FileField onlyArray() {
    return fields.size() == 1 && !fields.get(0).shape().isEmpty() ? fields.get(0) : null;
  }
}
