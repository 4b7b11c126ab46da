package dev.sluice.cli.score;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.RecordType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The cells of one row of a CSV file. A reused buffer, filled by the parser: valid until the next
 * row. A text is made of a cell only where someone asks for it.
 */
final class CsvCells extends CsvCallbackHandler<CsvCells> {
  // As the parser's own handlers have it.
  private static final int MAX_CELLS = 1 << 14;
  private static final int MAX_CELL_CHARS = 1 << 24;
  private static final int MAX_ROW_CHARS = 1 << 26;

  private char[] own = new char[512];
  private char[] chars = own;
  private int[] starts = new int[32];
  private int[] ends = new int[32];
  private int size;
  private boolean quoted;
  private long line;

  /** Returns a row that is an empty line. */
  static CsvCells emptyLine(long line) {
    CsvCells cells = new CsvCells();
    cells.beginRecord(line);
    cells.setEmpty();
    return cells;
  }

  /** Returns the number of the row's first line, from 1. */
  long line() {
    return line;
  }

  /** Returns the number of cells. */
  int size() {
    return size;
  }

  /** Returns the array that all cells lie in; valid until the next row. */
  char[] chars() {
    return chars;
  }

  /** Returns where a cell begins. */
  int from(int cell) {
    return starts[cell];
  }

  /** Returns where a cell ends, exclusive. */
  int to(int cell) {
    return ends[cell];
  }

  /** Returns a cell as a text. */
  String text(int cell) {
    return new String(chars, starts[cell], ends[cell] - starts[cell]);
  }

  /** Returns all cells as texts. */
  List<String> texts() {
    return IntStream.range(0, size).mapToObj(this::text).toList();
  }

  /** Returns whether the row is an empty line; an empty cell in quotes is there. */
  boolean isBlank() {
    return size == 1 && ends[0] == starts[0] && !quoted;
  }

  /** Begins a row whose cells lie in this array, where they are valid until the next row. */
  void begin(char[] source, long startingLine) {
    chars = source;
    line = startingLine;
    size = 0;
    quoted = false;
  }

  /** Adds a cell that lies in the array, without quotes; false where a row has no more cells. */
  boolean add(int from, int to) {
    if (size == ends.length) {
      if (size == MAX_CELLS) {
        return false;
      }
      extend();
    }
    starts[size] = from;
    ends[size++] = to;
    return true;
  }

  @Override
  protected RecordType getRecordType() {
    return isBlank() ? RecordType.EMPTY : RecordType.DATA;
  }

  @Override
  protected int getFieldCount() {
    return size;
  }

  @Override
  protected void beginRecord(long startingLine) {
    begin(own, startingLine);
  }

  @Override
  protected void addField(char[] source, int offset, int length, boolean isQuoted) {
    if (size == ends.length) {
      extend();
    }
    int from = size == 0 ? 0 : ends[size - 1];
    int to = from + length;
    if (length > MAX_CELL_CHARS || to > MAX_ROW_CHARS) {
      throw tooLong(length > MAX_CELL_CHARS);
    }
    if (to > chars.length) {
      own = Arrays.copyOf(own, Math.max(to, 2 * own.length));
      chars = own;
    }
    if (length <= 8) {
      for (int i = 0; i < length; i++) { // most cells are so short that a call takes longer
        chars[from + i] = source[offset + i];
      }
    } else {
      System.arraycopy(source, offset, chars, from, length);
    }
    starts[size] = from;
    ends[size++] = to;
    quoted = isQuoted;
  }

  private void extend() {
    if (size == MAX_CELLS) {
      throw new CsvParseException(
          "Record starting at line %d has surpassed the maximum limit of %d fields"
              .formatted(line, MAX_CELLS));
    }
    starts = Arrays.copyOf(starts, 2 * size);
    ends = Arrays.copyOf(ends, 2 * size);
  }

  private CsvParseException tooLong(boolean isCell) {
    return new CsvParseException(
        "Field at index %d in record starting at line %d exceeds the max %s size of %d characters"
            .formatted(
                size, line, isCell ? "field" : "record", isCell ? MAX_CELL_CHARS : MAX_ROW_CHARS));
  }

  @Override
  protected void setComment(char[] source, int offset, int length) {
    throw new IllegalStateException("comments are not asked for");
  }

  @Override
  protected void setEmpty() {
    addField(chars, 0, 0, false);
  }

  @Override
  protected CsvCells buildRecord() {
    return this;
  }
}
