package dev.sluice.cli.inspect;

import java.util.ArrayList;
import java.util.List;

/** Lines for a terminal: headings and aligned rows, whose cells are {@linkplain Shown shown}. */
final class Lines {
  private static final String INDENT = "  ";

  /** Longer cells do not push the next column further. */
  private static final int MAX_COLUMN = 40;

  private final List<String> lines = new ArrayList<>();

  /** Adds a line that starts at the margin. */
  Lines line(String text) {
    lines.add(Shown.text(text));
    return this;
  }

  /** Adds an empty line and a heading. */
  Lines heading(String text) {
    lines.add("");
    return line(text);
  }

  /**
   * Adds the first rows, with their columns aligned, and how many more there are.
   *
   * @param rows all with the same number of cells; null for an empty one
   */
  Lines rows(List<List<String>> rows, int max) {
    List<List<String>> shown =
        rows.stream()
            .limit(max)
            .map(row -> row.stream().map(cell -> cell == null ? "" : Shown.text(cell)).toList())
            .toList();
    for (List<String> row : shown) {
      StringBuilder line = new StringBuilder(INDENT);
      for (int i = 0; i < row.size(); i++) {
        boolean last = i == row.size() - 1;
        line.append(row.get(i))
            .append(last ? "" : " ".repeat(width(shown, i) - Math.min(MAX_COLUMN, length(row, i))))
            .append(last ? "" : INDENT);
      }
      lines.add(line.toString().stripTrailing());
    }
    if (rows.size() > max) {
      lines.add(INDENT + "and " + (rows.size() - max) + " more");
    }
    return this;
  }

  private static int width(List<List<String>> rows, int column) {
    int longest = rows.stream().mapToInt(row -> length(row, column)).max().orElse(0);
    return Math.min(MAX_COLUMN, longest);
  }

  private static int length(List<String> row, int column) {
    return row.get(column).codePointCount(0, row.get(column).length());
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
