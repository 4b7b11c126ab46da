package dev.sluice.profile.build;

import dev.sluice.profile.BlockVariation;
import dev.sluice.profile.ColumnProfile;
import java.util.List;

/** Counts the texts of a column per block of time: of one that has few enough to be told apart. */
final class TextBlocks implements TextScan.KeyedVisitor {
  private final TextCells cells;
  private final ColumnBlocks blocks;
  private final int missingValues;

  TextBlocks(TimeBlocks times, Parts parts, ColumnProfile whole, int missingValues) {
    TimeBlocks measured = whole.valuesOverflow() ? TimeBlocks.NONE : times;
    this.cells = new TextCells(whole);
    this.blocks = new ColumnBlocks(measured, parts, cells, false);
    this.missingValues = missingValues;
  }

  @Override
  public void text(String text, long key) {
    Integer cell = cells.of(text);
    if (cell != null) {
      blocks.add(key, cell, 1);
    }
  }

  @Override
  public void missing(long key) {
    blocks.addMissing(key, missingValues);
  }

  List<BlockVariation> measure(ColumnProfile whole, List<ColumnProfile> parts) {
    return blocks.measure(whole, parts);
  }
}
