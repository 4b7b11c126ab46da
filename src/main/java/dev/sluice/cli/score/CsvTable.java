package dev.sluice.cli.score;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.FieldModifier;
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
  private final CsvReader<CsvRecord> reader;
  private final Iterator<CsvRecord> rows;
  private final List<String> columns;
  private boolean quoted;
  private long blankLine;
  private long blanks;
  private Row held;

  /**
   * One row.
   *
   * @param line the number of its first line, from 1
   */
  record Row(long line, List<String> cells) {
    Row {
      cells = List.copyOf(cells);
    }
  }

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
            .build(
                CsvRecordHandler.of(handler -> handler.fieldModifier(new Quotes())),
                file.stream(),
                StandardCharsets.UTF_8);
    this.rows = reader.iterator();
    CsvRecord header = record();
    while (header != null && isBlank(header)) {
      header = record();
    }
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

  /** Notes whether the last cell of a line is in quotes, so that one which is empty is there. */
  private final class Quotes implements FieldModifier {
    @Override
    public String modify(long line, int index, boolean isQuoted, String text) {
      quoted = isQuoted;
      return text;
    }
  }

  private boolean isBlank(CsvRecord row) {
    return row.getFieldCount() == 1 && row.getField(0).isEmpty() && !quoted;
  }

  /**
   * Returns the next row, or null at the end.
   *
   * @throws IllegalArgumentException if the file cannot be read on from here
   */
  Row next() {
    if (blanks > 0) {
      blanks--;
      return new Row(blankLine++, List.of(""));
    }
    if (held != null) {
      Row row = held;
      held = null;
      return row;
    }
    CsvRecord record = record();
    while (record != null && isBlank(record)) {
      if (columns.size() == 1) {
        blankLine = blanks == 0 ? record.getStartingLineNumber() : blankLine;
        blanks++;
      }
      record = record();
    }
    if (record == null) {
      blanks = 0; // they only end the file
      return null;
    }
    Row row = new Row(record.getStartingLineNumber(), record.getFields());
    if (blanks == 0) {
      return row;
    }
    held = row;
    return next();
  }

  private CsvRecord record() {
    quoted = false;
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
  void requireWhole(Row row) throws MalformedRowException {
    if (row.cells().size() != columns.size()) {
      throw new MalformedRowException(
          "the row has " + row.cells().size() + " cells, expected " + columns.size());
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
    file.close();
  }
}
