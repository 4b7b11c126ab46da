package dev.sluice.bench;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.avro.Schema;

/** The rows of a gzipped CSV file as Avro, all fields but the first. */
final class ReadingRows {
  private ReadingRows() {}

  /** Reads a file whose columns have the names of fields; an empty cell is null. */
  static byte[][] read(Path file, Schema schema) {
    List<byte[]> rows = new ArrayList<>();
    try (InputStream packed = Files.newInputStream(file);
        CsvReader<NamedCsvRecord> csv =
            CsvReader.builder()
                .ofNamedCsvRecord(new GZIPInputStream(packed, 1 << 16), StandardCharsets.UTF_8)) {
      AvroOut out = new AvroOut();
      List<Schema.Field> fields = schema.getFields().subList(1, schema.getFields().size());
      for (NamedCsvRecord row : csv) {
        fields.forEach(field -> put(out, field.schema(), row.getField(field.name())));
        rows.add(out.take());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
    return rows.toArray(byte[][]::new);
  }

  private static void put(AvroOut out, Schema type, String cell) {
    switch (type.getType()) {
      case UNION -> { // of null and another
        out.putLong(cell.isEmpty() ? 0 : 1);
        if (!cell.isEmpty()) {
          put(out, type.getTypes().get(1), cell);
        }
      }
      case FLOAT -> out.putFloat(Float.parseFloat(cell));
      case LONG -> out.putLong(Long.parseLong(cell));
      case STRING -> out.putText(cell);
      default -> throw new IllegalArgumentException("a field is " + type + ", expected a scalar");
    }
  }
}
