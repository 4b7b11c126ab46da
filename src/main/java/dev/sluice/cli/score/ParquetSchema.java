package dev.sluice.cli.score;

import dev.sluice.cli.parquet.AvroTypes;
import dev.sluice.cli.parquet.ParquetFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.parquet.schema.Type;

/** The schema of records that a Parquet file's own schema means. */
final class ParquetSchema {
  private ParquetSchema() {}

  /**
   * Returns a field per column, named as Avro allows it: {@code PM2.5} becomes {@code PM2_5}.
   *
   * @param notes takes a line for a person about columns that have no type in Avro, and are left
   *     out
   * @throws IllegalArgumentException if no column is left
   */
  static FileSchema of(DataFile file, Map<String, List<String>> inputs, Consumer<String> notes)
      throws IOException {
    List<FileField> fields = new ArrayList<>();
    List<Schema.Field> avro = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    Set<String> names = new HashSet<>();
    try (ParquetFile parquet = ParquetRows.open(file)) {
      for (Type column : parquet.schema().getFields()) {
        Schema type = AvroTypes.of(column);
        if (type == null) {
          leftOut.add(column.getName());
          continue;
        }
        Schema.Field field = new Schema.Field(Names.legal(column.getName(), names), type);
        avro.add(field);
        fields.add(new FileField(column.getName(), field, List.of(), false));
      }
    }
    if (fields.isEmpty()) {
      throw new IllegalArgumentException(
          file.path() + " has no column of numbers, texts or booleans, expected some");
    }
    if (!leftOut.isEmpty()) {
      notes.accept(
          "note: "
              + file.path()
              + ": left out, since bytes and such are no features: "
              + Names.listed(leftOut));
    }
    Schema schema = Schema.createRecord("Row", null, "", false, avro);
    return new FileSchema(schema, fields, inputs);
  }
}
