package dev.sluice.cli.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of cells in columns that line up. Where lines are too long, droppable columns are left out,
 * then the last column is cut.
 */
final class TextTable {
  private static final String GAP = "  ";
  private static final int MIN_LAST = 10;

  private final String[] header;
  private final boolean[] right;
  private final List<String[]> rows = new ArrayList<>();
  private List<String> droppable = List.of();

  /**
   * @param header names of columns; one that begins with {@code >} lines up at the right
   */
  TextTable(String... header) {
    this.header = new String[header.length];
    this.right = new boolean[header.length];
    for (int i = 0; i < header.length; i++) {
      right[i] = header[i].startsWith(">");
      this.header[i] = right[i] ? header[i].substring(1) : header[i];
    }
  }

  /** Returns this, with columns that can be left out, the first of them first; not the last one. */
  TextTable droppable(String... names) {
    droppable = List.of(names);
    return this;
  }

  /** Adds a row with a cell per column. */
  void add(String... cells) {
    rows.add(Arrays.stream(cells).map(TextTable::oneLine).toArray(String[]::new));
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** A value of the data may hold anything, also what moves a terminal's cursor. */
  private static String oneLine(String cell) {
    StringBuilder line = new StringBuilder(cell.length());
    cell.codePoints()
        .forEach(
            c -> line.appendCodePoint(dev.sluice.cli.inspect.Shown.isVisible(c) ? c : '\uFFFD'));
    return line.toString();
  }

  /**
   * Returns the columns that are left out, since there is no room for them.
   *
   * @param width the most characters of a line
   */
  List<String> leftOut(int width) {
    int[] widths = widths();
    long needed =
        GAP.length() * (header.length - 1L) + Math.min(MIN_LAST, widths[widths.length - 1]);
    for (int i = 0; i < widths.length - 1; i++) {
      needed += widths[i];
    }
    List<String> left = new ArrayList<>();
    for (String name : droppable) {
      if (needed > width) {
        left.add(name);
        needed -= widths[Arrays.asList(header).indexOf(name)] + GAP.length();
      }
    }
    return left;
  }

  /**
   * Returns the lines, the header first.
   *
   * @param width the most characters of a line, as far as the columns that stay allow
   */
  List<String> lines(int width) {
    int[] widths = widths();
    List<String> left = leftOut(width);
    boolean[] shown = new boolean[header.length];
    for (int i = 0; i < header.length; i++) {
      shown[i] = !left.contains(header[i]);
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(header, shown, widths, width));
    rows.forEach(row -> lines.add(line(row, shown, widths, width)));
    return lines;
  }

  private int[] widths() {
    int[] widths = new int[header.length];
    measure(header, widths);
    rows.forEach(row -> measure(row, widths));
    return widths;
  }

  private static void measure(String[] row, int[] widths) {
    for (int i = 0; i < row.length; i++) {
      widths[i] = Math.max(widths[i], row[i].length());
    }
  }

  private String line(String[] row, boolean[] shown, int[] widths, int width) {
    StringBuilder line = new StringBuilder();
    int last = row.length - 1;
    for (int i = 0; i < last; i++) {
      if (shown[i]) {
        String space = " ".repeat(widths[i] - row[i].length());
        line.append(right[i] ? space + row[i] : row[i] + space).append(GAP);
      }
    }
    int left = Math.max(MIN_LAST, width - line.length());
    String cell = row[last];
    line.append(cell.length() <= left ? cell : cell.substring(0, left - 1) + "…");
    return line.toString().stripTrailing();
  }
}
