package dev.sluice.profile.build;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.statistics.TextStatistics;
import dev.sluice.record.ElementType;
import java.util.Arrays;
import java.util.List;

/** Counts the texts of a column for each part. */
final class TextParts implements TextScan.KeyedVisitor {
  private final Parts parts;
  private final int missingValues;
  private final TextStatistics[] statistics;

  TextParts(TextStatistics whole, Parts parts, int missingValues) {
    this.parts = parts;
    this.missingValues = missingValues;
    this.statistics = new TextStatistics[parts.size()];
    Arrays.setAll(statistics, part -> whole.empty());
  }

  @Override
  public void text(String text, long key) {
    add(parts.segmentPart(key), text);
    add(parts.seasonPart(key), text);
  }

  private void add(int part, String text) {
    if (part >= 0) {
      statistics[part].add(text);
    }
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

  List<ColumnProfile> toProfiles(String name) {
    return Arrays.stream(statistics)
        .map(part -> part.toProfile(name, ElementType.STRING, List.of()))
        .toList();
  }
}
