package dev.sluice.profile.build;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.statistics.TextStatistics;
import dev.sluice.profile.statistics.ValueCounts;
import dev.sluice.record.ElementType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A column of texts. The first ones that are met are numbered, and kept by their number; others in
 * full, in UTF-8. Those of the whole are counted as they come.
 */
final class TextColumn extends ColumnValues {
  private static final int MAX_NUMBERED = TextStatistics.DEFAULT_MAX_VALUES;

  private final TextStatistics whole = new TextStatistics(TextStatistics.DEFAULT_MAX_VALUES);
  private final Map<String, Integer> numberOf = new HashMap<>();
  private final List<String> numbered = new ArrayList<>();
  private String[] added = {};
  private long texts;

  TextColumn(Spill spill, SpillColumn keys) {
    super(ElementType.STRING, spill, keys);
  }

  /** Returns the text of this number. */
  String numbered(int number) {
    return numbered.get(number);
  }

  /** Adds the texts of these rows of the group, {@code rows[i] + offset} each; none is null. */
  void add(String[] values, int[] rows, int offset, int count) {
    added = values;
    addRuns(rows, offset, count);
    texts += count;
    for (int i = 0; i < count; i++) {
      whole.add(values[i]);
    }
  }

  @Override
  void write(int from, int to) {
    for (int i = from; i < to; i++) {
      Integer number = numberOf.get(added[i]);
      if (number == null && numbered.size() < MAX_NUMBERED) {
        number = newNumber(added[i]);
      }
      if (number != null) {
        putVarint(number + 1);
      } else {
        byte[] bytes = added[i].getBytes(StandardCharsets.UTF_8);
        putVarint(0);
        putVarint(bytes.length);
        System.arraycopy(bytes, 0, column().reserve(bytes.length), column().size(), bytes.length);
        column().advance(bytes.length);
      }
    }
  }

  private Integer newNumber(String text) {
    if (text.length() > ValueCounts.MAX_LENGTH) {
      return null;
    }
    numberOf.put(text, numbered.size());
    numbered.add(text);
    return numbered.size() - 1;
  }

  private void putVarint(int value) {
    byte[] bytes = column().reserve(5);
    int at = column().size();
    int rest = value;
    int length = 0;
    while (rest > 0x7F) {
      bytes[at + length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at + length++] = (byte) rest;
    column().advance(length);
  }

  @Override
  Counted count(String name, Parts parts, TimeBlocks times, int missingValues) {
    TextStatistics all = whole.empty();
    all.merge(whole);
    all.addMissing(missing());
    ColumnProfile profile = all.toProfile(name, type(), List.of());
    TextParts counts = new TextParts(whole, parts, missingValues);
    TextBlocks blocks = new TextBlocks(times, parts, profile, missingValues);
    if (parts.size() > 0 || !times.lengths().isEmpty()) {
      TextScan.forEachKeyed(this, new Both(counts, blocks));
    }
    List<ColumnProfile> ofParts = counts.toProfiles(name);
    Map<String, Long> common =
        profile.valuesOverflow() ? CommonTexts.mostCommon(this, texts) : Map.of();
    return new Counted(profile.withVariation(blocks.measure(profile, ofParts)), ofParts, common);
  }

  /** Two visitors as one. */
  private record Both(TextScan.KeyedVisitor one, TextScan.KeyedVisitor other)
      implements TextScan.KeyedVisitor {
    @Override
    public void text(String text, long key) {
      one.text(text, key);
      other.text(text, key);
    }

    @Override
    public void missing(long key) {
      one.missing(key);
      other.missing(key);
    }
  }
}
