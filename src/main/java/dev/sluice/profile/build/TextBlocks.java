package dev.sluice.profile.build;

import dev.sluice.profile.BlockVariation;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.statistics.ValueCounts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts the texts of a column per block of time: of one that has few enough to be told apart. */
final class TextBlocks implements TextScan.KeyedVisitor {
  private final Map<String, Integer> cellOf = new HashMap<>();
  private final ColumnBlocks blocks;
  private final int missingValues;

  TextBlocks(TimeBlocks times, Parts parts, ColumnProfile whole, int missingValues) {
    whole.values().keySet().forEach(value -> cellOf.put(value, cellOf.size()));
    TimeBlocks measured = whole.valuesOverflow() ? TimeBlocks.NONE : times;
    this.blocks = new ColumnBlocks(measured, parts, cellOf.size() + 1, false);
    this.missingValues = missingValues;
  }

  @Override
  public void text(String text, long key) {
    Integer cell = cellOf.get(ValueCounts.counted(text));
    if (cell != null) { // else they are too many
      blocks.add(key, cell, 1);
    }
  }

  @Override
  public void missing(long key) {
    blocks.addMissing(key, missingValues);
  }

  List<BlockVariation> measure(ColumnProfile whole, List<ColumnProfile> parts) {
    List<long[]> ofParts = parts.stream().map(this::cells).toList();
    return blocks.measure(cells(whole), ofParts::get);
  }

  private long[] cells(ColumnProfile column) {
    long[] counts = new long[cellOf.size() + 1];
    column
        .values()
        .forEach((value, count) -> counts[cellOf.getOrDefault(value, cellOf.size())] += count);
    counts[cellOf.size()] = column.missing();
    return counts;
  }
}
