package dev.sluice.profile.build;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.record.ElementType;
import java.util.Arrays;
import java.util.List;

/** Counts the numbers of a column for each part, on the grid of the whole. */
final class NumberParts implements NumberScan.KeyedVisitor {
  private static final int AT_ONCE = 512;

  private final Parts parts;
  private final int missingValues;
  private final NumberStatistics[] statistics;
  private final double[][] gathered;
  private final int[] sizes;

  NumberParts(NumberStatistics whole, Parts parts, int missingValues) {
    this.parts = parts;
    this.missingValues = missingValues;
    this.statistics = new NumberStatistics[parts.size()];
    Arrays.setAll(statistics, part -> whole.empty());
    this.gathered = new double[parts.size()][AT_ONCE];
    this.sizes = new int[parts.size()];
  }

  @Override
  public void numbers(double[] numbers, long[] keys, int count) {
    for (int i = 0; i < count; i++) {
      add(parts.segmentPart(keys[i]), numbers[i]);
      add(parts.seasonPart(keys[i]), numbers[i]);
    }
  }

  private void add(int part, double number) {
    if (part >= 0) {
      gathered[part][sizes[part]++] = number;
      if (sizes[part] == AT_ONCE) {
        count(part);
      }
    }
  }

  private void count(int part) {
    statistics[part].add(gathered[part], sizes[part]);
    sizes[part] = 0;
  }

  @Override
  public void missing(long key) {
    addMissing(parts.segmentPart(key));
    addMissing(parts.seasonPart(key));
  }

  private void addMissing(int part) {
    if (part >= 0) {
      statistics[part].addMissing(missingValues);
    }
  }

  List<ColumnProfile> toProfiles(String name, ElementType type, List<Double> massEdges) {
    for (int part = 0; part < statistics.length; part++) {
      count(part);
    }
    return Arrays.stream(statistics).map(part -> part.toProfile(name, type, massEdges)).toList();
  }
}
