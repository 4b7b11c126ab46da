package dev.sluice.profile.build;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.statistics.ValueCounts;
import java.util.HashMap;
import java.util.Map;

/** The cells that texts are counted in per block: one per text, and one for missing values. */
final class TextCells implements ColumnBlocks.Cells {
  private final Map<String, Integer> cellOf = new HashMap<>();

  TextCells(ColumnProfile whole) {
    whole.values().keySet().forEach(value -> cellOf.put(value, cellOf.size()));
  }

  @Override
  public int size() {
    return cellOf.size() + 1;
  }

  /** Returns the cell of a text, null where there are too many to tell them apart. */
  Integer of(String text) {
    return cellOf.get(ValueCounts.counted(text));
  }

  @Override
  public long[] of(ColumnProfile column) {
    long[] counts = new long[size()];
    column
        .values()
        .forEach((value, count) -> counts[cellOf.getOrDefault(value, cellOf.size())] += count);
    counts[cellOf.size()] = column.missing();
    return counts;
  }

  @Override
  public long finite(long[] counts) {
    return 0;
  }

  @Override
  public long absent(long[] counts) {
    return counts[cellOf.size()];
  }

  /** Every text by itself; missing is one more. */
  @Override
  public int[] compared(long[] reference, boolean isWhole) {
    int[] compared = new int[size()];
    for (int cell = 0; cell < compared.length; cell++) {
      compared[cell] = cell;
    }
    return compared;
  }
}
