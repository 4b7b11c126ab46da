package dev.sluice.cli.score;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A CSV file: its header and, one after the other, its rows, which may have too few cells. An empty
 * line is an empty cell where there is one column, but for those at the end; else it is no row.
 */
final class CsvTable implements AutoCloseable {
  private final DataFile file;
  private final CsvReader<CsvCells> reader;
  private final Iterator<CsvCells> rows;
  private final List<String> columns;
  private long blankLine;
  private long blanks;
  private CsvCells held;

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
            .skipEmptyLines(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .build(new CsvCells(), file.stream(), StandardCharsets.UTF_8);
    this.rows = reader.iterator();
    CsvCells header = record();
    while (header != null && header.isBlank()) {
      header = record();
    }
    if (header == null) {
      throw new IllegalArgumentException(file.path() + " is empty, expected a header and rows");
    }
    this.columns = List.copyOf(header.texts());
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
   * Returns the next row, or null at the end; the one before is not valid any more.
   *
   * @throws IllegalArgumentException if the file cannot be read on from here
   */
  CsvCells next() {
    if (blanks > 0) {
      blanks--;
      return CsvCells.emptyLine(blankLine++);
    }
    if (held != null) {
      CsvCells row = held;
      held = null;
      return row;
    }
    CsvCells row = record();
    while (row != null && row.isBlank()) {
      if (columns.size() == 1) {
        blankLine = blanks == 0 ? row.line() : blankLine;
        blanks++;
      }
      row = record();
    }
    if (row == null) {
      blanks = 0; // they only end the file
      return null;
    }
    if (blanks == 0) {
      return row;
    }
    held = row;
    return next();
  }

  private CsvCells record() {
    return read(() -> rows.hasNext() ? rows.next() : null);
  }

  private CsvCells read(Supplier<CsvCells> step) {
    try {
      return step.get();
    } catch (CsvParseException | UncheckedIOException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalArgumentException(file.path() + " is no CSV: " + cause.getMessage(), e);
    }
  }

  /** Checks that a row has a cell per column. */
  void requireWhole(CsvCells row) throws MalformedRowException {
    if (row.size() != columns.size()) {
      throw new MalformedRowException(
          "the row has " + row.size() + " cells, expected " + columns.size());
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
    file.close();
  }
}
