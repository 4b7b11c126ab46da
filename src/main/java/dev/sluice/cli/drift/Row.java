package dev.sluice.cli.drift;

import java.util.List;

/**
 * A row of a file.
 *
 * @param line number of its first line, from 1
 * @param cells its cells, at least one
 */
record Row(long line, List<String> cells) {
  /** Returns a cell, empty where the row has none there. */
  String cell(int index) {
    return index < cells.size() ? cells.get(index) : "";
  }

  /** Returns whether nothing is in it. */
  boolean isBlank() {
    return cells.size() == 1 && cells.get(0).isEmpty();
  }
}
