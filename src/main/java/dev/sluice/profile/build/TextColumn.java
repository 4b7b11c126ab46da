package dev.sluice.profile.build;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.statistics.TextStatistics;
import dev.sluice.profile.statistics.ValueCounts;
import dev.sluice.record.ElementType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A column of texts. The first ones that are met are numbered, and kept by their number; others in
 * full, in UTF-8. Those of the whole are counted as they come, the numbered ones by their number.
 */
final class TextColumn extends ColumnValues {
  private static final int MAX_NUMBERED = TextStatistics.DEFAULT_MAX_VALUES;

  private final TextStatistics whole = new TextStatistics(TextStatistics.DEFAULT_MAX_VALUES);
  private final Map<String, Integer> numberOf = new HashMap<>();
  private final List<String> numbered = new ArrayList<>();
  private long[] times = new long[16];
  private String[] added = {};
  private int[] numbers = {};
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
    if (numbers.length < count) {
      numbers = new int[count];
    }
    for (int i = 0; i < count; i++) {
      numbers[i] = count(values[i]);
    }
    addRuns(rows, offset, count);
    texts += count;
  }

  /** Counts a text; returns its number, -1 where it has none. */
  private int count(String text) {
    Integer number = numberOf.get(text);
    if (number == null && numbered.size() < MAX_NUMBERED) {
      number = newNumber(text);
    }
    if (number == null) {
      whole.add(text);
      return -1;
    }
    times[number]++;
    return number;
  }

  @Override
  void write(int from, int to) {
    for (int i = from; i < to; i++) {
      putVarint(numbers[i] + 1);
      if (numbers[i] < 0) {
        byte[] bytes = added[i].getBytes(StandardCharsets.UTF_8);
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
    if (numbered.size() == times.length) {
      times = Arrays.copyOf(times, 2 * times.length);
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
  Counted count(String name, Parts parts, TimeBlocks time, int missingValues) {
    TextStatistics all = whole.empty();
    all.merge(whole);
    for (int number = 0; number < numbered.size(); number++) {
      all.add(numbered.get(number), times[number]);
    }
    all.addMissing(missing());
    ColumnProfile profile = all.toProfile(name, type(), List.of());
    TextParts counts = new TextParts(whole, parts, missingValues);
    TextBlocks blocks = new TextBlocks(time, parts, profile, missingValues);
    if (parts.size() > 0 || !time.lengths().isEmpty()) {
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
