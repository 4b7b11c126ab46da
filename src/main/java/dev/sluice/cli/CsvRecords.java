package dev.sluice.cli;

import static java.util.Objects.requireNonNull;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.sluice.record.IsoInstant;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * The rows of a CSV file, plain or gzipped, as records of a schema: columns are matched with fields
 * by name, an empty cell is null. Columns that the schema does not have are left out; a field
 * without a column is null in every record.
 */
final class CsvRecords implements FeatureRecords {
  private static final Set<Schema.Type> CELL_TYPES =
      EnumSet.of(
          Schema.Type.FLOAT,
          Schema.Type.DOUBLE,
          Schema.Type.INT,
          Schema.Type.LONG,
          Schema.Type.BOOLEAN,
          Schema.Type.STRING,
          Schema.Type.ENUM);

  private final Path file;
  private final RecordFormat format;
  private final String keyField;
  private final CsvReader<NamedCsvRecord> reader;
  private final Iterator<NamedCsvRecord> rows;
  private final long size;

  /** One field of the record and how its cells are read. */
  private record Cell(Schema.Field field, Schema type, boolean nullable) {}

  private final List<Cell> cells = new ArrayList<>();
  private final List<String> absentFields = new ArrayList<>();

  /** What one pass over the file tells. */
  private record Outline(List<String> columns, long rows) {}

  /**
   * @param keyField field that becomes the Kafka key, empty for none
   * @throws IllegalArgumentException if the file is not there, is no CSV, has no rows, lacks the
   *     key's column or one for a field that cannot be null, or if a field's type does not fit into
   *     a cell
   */
  CsvRecords(Path file, Schema schema, String keyField) throws IOException {
    this.file = requireReadable(file);
    this.format = new RecordFormat(schema);
    this.keyField = requireNonNull(keyField, "keyField is null");
    Outline outline = outline(file);
    matchColumns(schema, outline.columns);
    if (outline.rows == 0) {
      throw new IllegalArgumentException(file + " has no rows below its header, expected some");
    }
    this.size = outline.rows;
    this.reader = csv().ofNamedCsvRecord(open(file), StandardCharsets.UTF_8);
    this.rows = reader.iterator();
  }

  /**
   * Returns the file if it can be read.
   *
   * @throws IllegalArgumentException if not
   */
  static Path requireReadable(Path file) {
    requireNonNull(file, "file is null");
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(file + " does not exist, expected a CSV file");
    }
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new IllegalArgumentException(
          file + " is no file that can be read, expected a CSV file");
    }
    return file;
  }

  private void matchColumns(Schema schema, List<String> columns) {
    List<String> required = new ArrayList<>();
    List<String> unfit = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      Schema type = cellType(field.schema());
      boolean nullable = field.schema().isNullable();
      if (!columns.contains(field.name()) && nullable) {
        absentFields.add(field.name());
      } else if (!CELL_TYPES.contains(type.getType())) {
        unfit.add(field.name() + " (" + type.getType().getName() + ")");
      } else if (!columns.contains(field.name())) {
        required.add(field.name());
      } else {
        cells.add(new Cell(field, type, nullable));
      }
    }
    if (!unfit.isEmpty()) {
      throw new IllegalArgumentException(
          "a CSV cell cannot hold "
              + String.join(", ", unfit)
              + " of "
              + schema.getName()
              + ", expected numbers, booleans, strings and enums");
    }
    if (!keyField.isEmpty() && !columns.contains(keyField) && !required.contains(keyField)) {
      required.add(keyField + " (the key)");
    }
    if (!required.isEmpty()) {
      throw new IllegalArgumentException(
          file
              + " has no column "
              + String.join(", ", required)
              + ", expected one per field of "
              + schema.getName()
              + " that cannot be null; its columns are "
              + String.join(", ", columns));
    }
  }

  /** Returns the first branch that is not null. */
  private static Schema cellType(Schema schema) {
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    return schema.getTypes().stream()
        .filter(branch -> branch.getType() != Schema.Type.NULL)
        .findFirst()
        .orElse(schema);
  }

  private static CsvReader.CsvReaderBuilder csv() {
    return CsvReader.builder().detectBomHeader(true);
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    in.mark(2);
    boolean gzipped = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzipped ? new GZIPInputStream(in, 1 << 16) : in;
  }

  private static Outline outline(Path file) throws IOException {
    try (CsvReader<CsvRecord> all = csv().ofCsvRecord(open(file), StandardCharsets.UTF_8)) {
      Iterator<CsvRecord> records = all.iterator();
      if (!records.hasNext()) {
        throw new IllegalArgumentException(file + " is empty, expected a header and rows");
      }
      List<String> columns = List.copyOf(records.next().getFields());
      if (columns.stream().distinct().count() < columns.size()) {
        throw new IllegalArgumentException(
            file + " names a column twice: " + String.join(", ", columns));
      }
      long rows = 0;
      while (records.hasNext()) {
        records.next();
        rows++;
      }
      return new Outline(columns, rows);
    } catch (CsvParseException | UncheckedIOException e) {
      throw new IllegalArgumentException(file + " is no CSV: " + e.getMessage(), e);
    }
  }

  /** Says which fields have no column, if any. */
  void printAbsentFields(PrintWriter console) {
    if (!absentFields.isEmpty()) {
      console.println(
          "note: "
              + file
              + " has no column "
              + String.join(", ", absentFields)
              + ": null in every record");
      console.flush();
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
    String text = row.getField(name);
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
      return IsoInstant.parse(text).toEpochMilli();
    }
    return switch (type.getType()) {
      case FLOAT -> Float.parseFloat(text);
      case DOUBLE -> Double.parseDouble(text);
      case INT -> Integer.parseInt(text);
      case LONG -> Long.parseLong(text);
      case BOOLEAN -> parseBoolean(text);
      case STRING -> text;
      case ENUM -> parseSymbol(text, type);
      default -> throw new IllegalArgumentException("a CSV cell cannot hold " + type);
    };
  }

  private static GenericData.EnumSymbol parseSymbol(String text, Schema type) {
    if (!type.hasEnumSymbol(text)) {
      throw new NumberFormatException(text);
    }
    return new GenericData.EnumSymbol(type, text);
  }

  private static Boolean parseBoolean(String text) {
    if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
      throw new NumberFormatException(text);
    }
    return Boolean.valueOf(text);
  }

  private static String describe(Schema type) {
    if (type.getType() == Schema.Type.ENUM) {
      return "one of " + type.getEnumSymbols();
    }
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
