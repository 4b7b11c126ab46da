package dev.sluice.cli.score;

import java.io.IOException;
import java.io.Reader;

/**
 * The rows of a CSV file up to the first one with a quote, which most files do not have: without
 * them a row is no more than its text, cut at each comma, which takes less time than a whole parser
 * does. It ends likewise before a row that is too long, or has too many cells.
 */
final class PlainCsvRows {
  private static final char END = ','; // the greatest of the characters that mean something

  private final Reader in;
  private final char[] buffer;
  private int start;
  private int limit;
  private long lines;
  private boolean atEnd;

  /**
   * @param in closed by the caller
   * @param maxRow so long a row and its line break may be at least, in characters
   */
  PlainCsvRows(Reader in, int maxRow) {
    this.in = in;
    this.buffer = new char[2 * maxRow];
  }

  /**
   * Reads the next row.
   *
   * @param cells filled with it; valid until the next row
   * @return false where there is none, at the end of the file or where {@link #rest} is to be read
   */
  boolean next(CsvCells cells) throws IOException {
    int end = split(cells);
    while (end < 0 && fill()) {
      end = split(cells);
    }
    if (end < 0) {
      return false;
    }
    start = end;
    lines++;
    return true;
  }

  /** Returns where the next row begins, -1 where this one is no plain row, or not all here. */
  private int split(CsvCells cells) {
    char[] chars = buffer;
    int stop = limit;
    int from = start;
    cells.begin(chars, lines + 1);
    for (int at = start; at < stop; at++) {
      char c = chars[at];
      if (c > END) {
        continue;
      }
      if (c == ',') {
        if (!cells.add(from, at)) {
          return -1;
        }
        from = at + 1;
      } else if (c == '\n') {
        return cells.add(from, at) ? at + 1 : -1;
      } else if (c == '\r') {
        if (at + 1 == stop && !atEnd) {
          return -1; // a line feed may follow
        }
        boolean two = at + 1 < stop && chars[at + 1] == '\n';
        return cells.add(from, at) ? at + (two ? 2 : 1) : -1;
      } else if (c == '"') {
        return -1;
      }
    }
    return atEnd && start < stop && cells.add(from, stop) ? stop : -1;
  }

  /** Reads on where what is here of the present row is less than a row may be. */
  private boolean fill() throws IOException {
    if (atEnd || limit - start >= buffer.length / 2) {
      return false;
    }
    System.arraycopy(buffer, start, buffer, 0, limit - start);
    limit -= start;
    start = 0;
    while (limit < buffer.length && !atEnd) {
      int read = in.read(buffer, limit, buffer.length - limit);
      atEnd = read < 0;
      limit += Math.max(read, 0);
    }
    return true;
  }

  /** Returns whether all has been read. */
  boolean isAtEnd() {
    return atEnd && start == limit;
  }

  /**
   * Returns the text from the next row on, after as many empty lines as there were lines before it,
   * so that whoever reads it counts the lines as they are in the file.
   */
  Reader rest() {
    return new Rest();
  }

  /** Returns how many lines there were before the next row. */
  long lines() {
    return lines;
  }

  private final class Rest extends Reader {
    private long blanks = lines;

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
      int count = 0;
      for (; blanks > 0 && count < length; blanks--) {
        target[offset + count++] = '\n';
      }
      if (count > 0 || length == 0) {
        return count;
      }
      if (start == limit) {
        return in.read(target, offset, length);
      }
      count = Math.min(length, limit - start);
      System.arraycopy(buffer, start, target, offset, count);
      start += count;
      return count;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
