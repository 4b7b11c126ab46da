package dev.sluice.cli.score;

import java.io.IOException;
import java.util.function.Consumer;

/** The rows of a file, in its order. Holds one row at a time; whoever opened it closes it. */
public interface InputRows extends AutoCloseable {
  /**
   * Opens the rows of a file.
   *
   * @param file closed with the rows, the caller's where this fails
   * @param schema what the rows are read as
   * @param split which rows are taken; the others are passed over
   * @param encoders make the encoder of the schema
   * @param notes takes a line for a person about columns that are not there
   * @throws IllegalArgumentException if the file has no header, lacks a column, or is damaged
   */
  static InputRows open(
      DataFile file,
      FileSchema schema,
      Split split,
      RecordEncoder.Factory encoders,
      Consumer<String> notes)
      throws IOException {
    return switch (file.format()) {
      case CSV -> new CsvRows(file, schema, split, encoders.of(schema.schema()), notes);
      case JSON_LINES -> new JsonRows(file, schema, split, encoders.of(schema.schema()), notes);
      case PARQUET -> new ParquetRows(file, schema, split, encoders.of(schema.schema()), notes);
      case AVRO -> new AvroRows(file, schema, split, encoders);
    };
  }

  /**
   * Returns the next row that is taken, or null at the end of the file.
   *
   * @throws IllegalArgumentException if the file cannot be read on from here, whatever the rows are
   */
  InputRow next();

  /** Returns how many bytes of the file have been read, as it lies there. */
  long position();

  @Override
  void close() throws IOException;
}
