package dev.sluice.cli.score;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/**
 * All rows of a CSV file, the header and empty lines too: those before the first quote are {@link
 * PlainCsvRows}, the rest is read by FastCSV, to the same effect.
 */
final class CsvRecords implements AutoCloseable {
  private static final int MAX_PLAIN_ROW = 1 << 15;

  private final Reader text;
  private final CsvCells cells = new CsvCells();
  private final PlainCsvRows plain;
  private CsvReader<CsvCells> reader;
  private Iterator<CsvCells> rows;

  /**
   * @param bytes closed with this; supports marks
   */
  CsvRecords(InputStream bytes) throws IOException {
    this(bytes, MAX_PLAIN_ROW);
  }

  CsvRecords(InputStream bytes, int maxPlainRow) throws IOException {
    if (hasByteOrderMark(bytes)) {
      this.text = null;
      this.plain = null;
      this.reader = settings().detectBomHeader(true).build(cells, bytes, StandardCharsets.UTF_8);
      this.rows = reader.iterator();
    } else {
      this.text = new InputStreamReader(bytes, StandardCharsets.UTF_8);
      this.plain = new PlainCsvRows(text, maxPlainRow);
    }
  }

  /** Returns whether the first byte may begin a mark, which no text in UTF-8 does otherwise. */
  private static boolean hasByteOrderMark(InputStream bytes) throws IOException {
    bytes.mark(1);
    int first = bytes.read();
    bytes.reset();
    return first == 0xEF || first == 0xFE || first == 0xFF || first == 0;
  }

  private static CsvReader.CsvReaderBuilder settings() {
    return CsvReader.builder()
        .skipEmptyLines(false)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
  }

  /**
   * Returns the next row, null at the end; the one before is not valid any more.
   *
   * @throws UncheckedIOException if the file cannot be read
   * @throws de.siegmar.fastcsv.reader.CsvParseException if the text is no CSV from here on
   */
  CsvCells next() {
    if (reader == null) {
      try {
        if (plain.next(cells)) {
          return cells;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (plain.isAtEnd()) {
        return null;
      }
      readOn();
    }
    return rows.hasNext() ? rows.next() : null;
  }

  private void readOn() {
    long before = plain.lines();
    reader = settings().build(cells, plain.rest());
    rows = reader.iterator();
    for (long line = 0; line < before; line++) {
      rows.next();
    }
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
    } else {
      text.close();
    }
  }
}
