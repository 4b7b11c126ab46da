package dev.sluice.cli.score;

import de.siegmar.fastcsv.reader.CsvParseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A CSV file: its header and, one after the other, its rows, which may have too few cells. An empty
 * line is an empty cell where there is one column, but for those at the end; else it is no row.
 */
final class CsvTable implements AutoCloseable {
  private final DataFile file;
  private final CsvRecords rows;
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
    this.rows = open(file);
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

  private static CsvRecords open(DataFile file) {
    try {
      return new CsvRecords(file.stream());
    } catch (IOException e) {
      throw DataFile.unreadable(file.path(), e);
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
    try {
      return rows.next();
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
    rows.close();
    file.close();
  }
}
