package dev.sluice.cli;

import static java.util.Objects.requireNonNull;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * The rows of a CSV file, plain or gzipped, as records of a schema: columns are matched with fields
 * by name, an empty cell is null. Columns that the schema does not have are left out.
 */
final class CsvRecords implements FeatureRecords {
  private final Path file;
  private final RecordFormat format;
  private final String keyField;
  private final CsvReader<NamedCsvRecord> reader;
  private final java.util.Iterator<NamedCsvRecord> rows;
  private final long size;

  /** One field of the record and how its cells are read. */
  private record Cell(Schema.Field field, Schema type, boolean nullable) {}

  private final List<Cell> cells = new ArrayList<>();

  /**
   * @param keyField field that becomes the Kafka key, empty for none
   * @throws IllegalArgumentException if the file lacks a column for a field that cannot be null
   */
  CsvRecords(Path file, Schema schema, String keyField) throws IOException {
    this.file = requireNonNull(file, "file is null");
    this.format = new RecordFormat(schema);
    this.keyField = requireNonNull(keyField, "keyField is null");
    for (Schema.Field field : schema.getFields()) {
      Schema type = field.schema();
      boolean nullable = type.isNullable();
      if (type.getType() == Schema.Type.UNION) {
        type =
            type.getTypes().stream()
                .filter(s -> s.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow();
      }
      cells.add(new Cell(field, type, nullable));
    }
    this.size = count(file);
    this.reader = CsvReader.builder().ofNamedCsvRecord(open(file), StandardCharsets.UTF_8);
    this.rows = reader.iterator();
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    in.mark(2);
    boolean gzipped = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzipped ? new GZIPInputStream(in, 1 << 16) : in;
  }

  private static long count(Path file) throws IOException {
    try (CsvReader<NamedCsvRecord> counted =
        CsvReader.builder().ofNamedCsvRecord(open(file), StandardCharsets.UTF_8)) {
      return counted.stream().count();
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public Feature next() {
    if (!rows.hasNext()) {
      return null;
    }
    NamedCsvRecord row = rows.next();
    GenericData.Record record = new GenericData.Record(format.schema());
    for (Cell cell : cells) {
      record.put(cell.field.pos(), value(row, cell));
    }
    byte[] key =
        keyField.isEmpty() ? null : row.getField(keyField).getBytes(StandardCharsets.UTF_8);
    return new Feature(key, format.encode(record));
  }

  private Object value(NamedCsvRecord row, Cell cell) {
    String name = cell.field.name();
    String text = row.findField(name).orElse("");
    if (text.isEmpty()) {
      if (cell.nullable) {
        return null;
      }
      if (cell.type.getType() == Schema.Type.STRING) {
        return text;
      }
    }
    try {
      return parse(text, cell.type);
    } catch (NumberFormatException | DateTimeException e) {
      throw new IllegalArgumentException(
          file
              + " line "
              + row.getStartingLineNumber()
              + ": column "
              + name
              + " is '"
              + text
              + "', expected "
              + describe(cell.type),
          e);
    }
  }

  private static Object parse(String text, Schema type) {
    LogicalType logical = type.getLogicalType();
    if (logical != null && logical.getName().equals("timestamp-millis")) {
      return text.endsWith("Z")
          ? Instant.parse(text).toEpochMilli()
          : OffsetDateTime.parse(text).toInstant().toEpochMilli();
    }
    return switch (type.getType()) {
      case FLOAT -> Float.parseFloat(text);
      case DOUBLE -> Double.parseDouble(text);
      case INT -> Integer.parseInt(text);
      case LONG -> Long.parseLong(text);
      case BOOLEAN -> parseBoolean(text);
      case STRING -> text;
      case ENUM -> new GenericData.EnumSymbol(type, text);
      default -> throw new IllegalArgumentException("a CSV cell cannot hold " + type);
    };
  }

  private static Boolean parseBoolean(String text) {
    if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
      throw new NumberFormatException(text);
    }
    return Boolean.valueOf(text);
  }

  private static String describe(Schema type) {
    return type.getLogicalType() == null
        ? type.getType().getName()
        : type.getLogicalType().getName() + " in ISO 8601 with an offset";
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException("closing " + file, e);
    }
  }
}
