package dev.sluice.cli.score;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** A CSV file: its header and, one after the other, its rows, which may have too few cells. */
final class CsvTable implements AutoCloseable {
  private final DataFile file;
  private final CsvReader<CsvRecord> reader;
  private final Iterator<CsvRecord> rows;
  private final List<String> columns;

  /**
   * Reads the header.
   *
   * @param file closed with this
   * @throws IllegalArgumentException if there is none, or it has a name twice
   */
  CsvTable(DataFile file) {
    this.file = file;
    this.reader =
        CsvReader.builder()
            .detectBomHeader(true)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(file.stream(), StandardCharsets.UTF_8);
    this.rows = reader.iterator();
    CsvRecord header = next();
    if (header == null) {
      throw new IllegalArgumentException(file.path() + " is empty, expected a header and rows");
    }
    this.columns = List.copyOf(header.getFields());
    Set<String> seen = new HashSet<>();
    for (String column : columns) {
      if (!seen.add(column)) {
        throw new IllegalArgumentException(
            file.path() + " has two columns " + column + ", expected names that differ");
      }
    }
  }

  List<String> columns() {
    return columns;
  }

  /**
   * Returns the next row, or null at the end.
   *
   * @throws IllegalArgumentException if the file cannot be read on from here
   */
  CsvRecord next() {
    return read(() -> rows.hasNext() ? rows.next() : null);
  }

  private CsvRecord read(Supplier<CsvRecord> step) {
    try {
      return step.get();
    } catch (CsvParseException | UncheckedIOException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalArgumentException(file.path() + " is no CSV: " + cause.getMessage(), e);
    }
  }

  /** Checks that a row has a cell per column. */
  void requireWhole(CsvRecord row) throws MalformedRowException {
    if (row.getFieldCount() != columns.size()) {
      throw new MalformedRowException(
          "the row has " + row.getFieldCount() + " cells, expected " + columns.size());
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
    file.close();
  }
}
