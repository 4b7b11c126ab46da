package dev.sluice.cli.drift;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.sluice.cli.inspect.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The rows of a file of cells that are separated by commas, one after the other, of which the first
 * can be looked at before. Blank lines at the end are no rows.
 */
final class Rows {
  private static final int HEAD = 1000;

  /** What a decoder of UTF-8 puts in place of bytes that are none. */
  private static final char NO_TEXT = '\uFFFD';

  private static final int MAX_SHOWN = 64;

  private final String name;
  private final Iterator<CsvRecord> records;
  private final List<Row> head = new ArrayList<>();
  private int taken;
  private long blanks;
  private long blankLine;
  private Row held;

  /**
   * @param in closed by whoever opened it
   * @param name of the file, for messages
   */
  Rows(InputStream in, String name) {
    this.name = name;
    this.records =
        CsvReader.builder()
            .detectBomHeader(true)
            .skipEmptyLines(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(in, StandardCharsets.UTF_8)
            .iterator();
    for (Row row = read(); row != null; row = read()) {
      head.add(row);
      if (head.size() == HEAD) {
        break;
      }
    }
  }

  /** Returns the first rows, at most a thousand. */
  List<Row> head() {
    return List.copyOf(head);
  }

  /**
   * Returns the next row, the first of {@link #head} at first; null at the end.
   *
   * @throws IllegalArgumentException if the file cannot be read on
   */
  Row next() {
    return taken < head.size() ? head.set(taken++, null) : read();
  }

  private Row read() {
    if (blanks > 0) {
      blanks--;
      return new Row(blankLine++, List.of(""));
    }
    if (held != null) {
      Row row = held;
      held = null;
      return row;
    }
    Row row = record();
    while (row != null && row.isBlank()) {
      blankLine = blanks++ == 0 ? row.line() : blankLine;
      row = record();
    }
    if (row == null || blanks == 0) {
      blanks = 0; // those at the end
      return row;
    }
    held = row;
    return read();
  }

  /** What stands in place of bytes that are no UTF-8 is not the text meant. */
  private List<String> texts(CsvRecord record) {
    for (String cell : record.getFields()) {
      if (cell.indexOf(NO_TEXT) >= 0) {
        throw new IllegalArgumentException(
            "%s, line %d: a cell is %s, expected a text in UTF-8"
                .formatted(name, record.getStartingLineNumber(), Shown.text(cell, MAX_SHOWN)));
      }
    }
    return record.getFields();
  }

  private Row record() {
    try {
      if (!records.hasNext()) {
        return null;
      }
      CsvRecord record = records.next();
      return new Row(record.getStartingLineNumber(), texts(record));
    } catch (CsvParseException | UncheckedIOException e) {
      Throwable cause = e.getCause() instanceof IOException ? e.getCause() : e;
      throw new IllegalArgumentException(name + " cannot be read: " + cause.getMessage(), e);
    }
  }
}
