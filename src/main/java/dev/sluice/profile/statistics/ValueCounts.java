package dev.sluice.profile.statistics;

import dev.sluice.profile.Distinct;
import dev.sluice.profile.Occurrences;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * How often each text occurred, exactly, as long as there are no more distinct ones than a limit,
 * and these have no more than {@value #MAX_BYTES} bytes together. Beyond it the texts are dropped,
 * their total remains, and a {@link DistinctSketch} of all that came goes on: keeping the most
 * frequent would depend on the order in which they came. Texts count by their first {@value
 * #MAX_LENGTH} characters, and half a surrogate pair as a question mark.
 */
public final class ValueCounts {
  /** The longest text kept; longer ones are cut. */
  public static final int MAX_LENGTH = 256;

  /** The most bytes of UTF-8 that the distinct texts have together: more overflow, too. */
  public static final int MAX_BYTES = 256 << 10;

  /** The largest limit. */
  public static final int MAX_VALUES = 1_000_000;

  private final int maxValues;
  private final Map<String, long[]> counts = new HashMap<>();
  private long total;
  private long bytes;
  private DistinctSketch sketch; // null as long as the texts are counted

  /**
   * @param maxValues the most distinct texts
   * @throws IllegalArgumentException if it is not 1 to {@value #MAX_VALUES}
   */
  public ValueCounts(int maxValues) {
    if (maxValues < 1 || maxValues > MAX_VALUES) {
      throw new IllegalArgumentException(
          "limit of distinct values is " + maxValues + ", expected 1 to " + MAX_VALUES);
    }
    this.maxValues = maxValues;
  }

  public void add(String value) {
    add(value, 1);
  }

  /** Adds a text that came several times, at least once. */
  void add(String value, long times) {
    total += times;
    if (sketch != null) {
      sketch.add(ValueHash.of(counted(value)));
      return;
    }
    long[] count = counts.get(value);
    if (count == null) {
      String text = counted(value);
      count = counts.get(text);
      if (count == null) {
        put(text, times);
        return;
      }
    }
    count[0] += times;
  }

  /** Returns a text as it is counted: not too long, and one that UTF-8 can hold. */
  public static String counted(String value) {
    String text = value;
    if (value.length() > MAX_LENGTH) {
      boolean splitsPair = Character.isHighSurrogate(value.charAt(MAX_LENGTH - 1));
      text = value.substring(0, splitsPair ? MAX_LENGTH - 1 : MAX_LENGTH);
    }
    return hasSurrogates(text)
        ? new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
        : text;
  }

  private static boolean hasSurrogates(String text) {
    int surrogates = 0;
    for (int i = 0; i < text.length(); i++) {
      surrogates |= Character.isSurrogate(text.charAt(i)) ? 1 : 0;
    }
    return surrogates > 0;
  }

  private void put(String text, long count) {
    counts.put(text, new long[] {count});
    bytes += text.getBytes(StandardCharsets.UTF_8).length;
    if (counts.size() > maxValues || bytes > MAX_BYTES) {
      dropCounts();
    }
  }

  private void dropCounts() {
    sketch = new DistinctSketch();
    counts.keySet().forEach(text -> sketch.add(ValueHash.of(text)));
    counts.clear();
  }

  /**
   * Adds the texts of another.
   *
   * @throws IllegalArgumentException if its limit differs
   */
  public void merge(ValueCounts other) {
    if (maxValues != other.maxValues) {
      throw new IllegalArgumentException(
          "limit of distinct values to merge is " + other.maxValues + ", expected " + maxValues);
    }
    total += other.total;
    if (other.sketch != null) {
      if (sketch == null) {
        dropCounts();
      }
      sketch.merge(other.sketch);
      return;
    }
    other.counts.forEach((text, count) -> addClean(text, count[0]));
  }

  private void addClean(String text, long times) {
    if (sketch != null) {
      sketch.add(ValueHash.of(text));
      return;
    }
    long[] count = counts.get(text);
    if (count != null) {
      count[0] += times;
    } else {
      put(text, times);
    }
  }

  static ValueCounts of(Occurrences occurrences, Distinct distinct, long total) {
    ValueCounts counts = new ValueCounts(TextStatistics.DEFAULT_MAX_VALUES);
    occurrences.values().forEach(counts::addClean);
    counts.total = total;
    if (occurrences.overflow()) {
      counts.sketch = DistinctSketch.of(distinct.hashes());
    }
    return counts;
  }

  /** Returns the hashes of the distinct texts where they are too many to count. */
  List<Long> hashes() {
    return sketch == null ? List.of() : sketch.toHashes();
  }

  public int maxValues() {
    return maxValues;
  }

  /** Returns how many texts were counted. */
  public long total() {
    return total;
  }

  /** Returns whether there were more distinct texts than the limit, so that none is known. */
  public boolean overflow() {
    return sketch != null;
  }

  /** Returns how many distinct texts there are. */
  public Distinct distinct() {
    return sketch == null ? Distinct.exactly(counts.size()) : sketch.distinct();
  }

  /** Returns the counts, most frequent first, equals by text; empty after an overflow. */
  public Map<String, Long> sorted() {
    Comparator<Map.Entry<String, long[]>> byCount =
        Comparator.comparingLong(entry -> -entry.getValue()[0]);
    Map<String, Long> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(byCount.thenComparing(Map.Entry.comparingByKey()))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()[0]));
    return Collections.unmodifiableMap(sorted);
  }

  void write(DataOutput out) throws IOException {
    Varints.write(maxValues, out);
    out.writeBoolean(sketch != null);
    if (sketch != null) {
      Varints.write(total, out);
      sketch.write(out);
      return;
    }
    Varints.write(counts.size(), out);
    for (Map.Entry<String, long[]> entry : new TreeMap<>(counts).entrySet()) {
      out.writeUTF(entry.getKey());
      Varints.write(entry.getValue()[0], out);
    }
  }

  static ValueCounts read(DataInput in) throws IOException {
    int maxValues = (int) Varints.read("limit of distinct values", MAX_VALUES, in);
    if (maxValues == 0) {
      throw new IOException("limit of distinct values is 0, expected 1 to " + MAX_VALUES);
    }
    ValueCounts read = new ValueCounts(maxValues);
    if (in.readBoolean()) {
      read.total = Varints.read("total", Long.MAX_VALUE, in);
      read.sketch = DistinctSketch.read(in);
      return read;
    }
    long size = Varints.read("number of distinct values", maxValues, in);
    for (long i = 0; i < size; i++) {
      String text = in.readUTF();
      long count = Varints.read("count of a value", Long.MAX_VALUE - read.total, in);
      read.total += count;
      read.put(text, count);
    }
    return read;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ValueCounts that
        && maxValues == that.maxValues
        && total == that.total
        && Objects.equals(sketch, that.sketch)
        && sorted().equals(that.sorted());
  }

  @Override
  public int hashCode() {
    Set<String> texts = counts.keySet();
    return 31 * Long.hashCode(total) + texts.hashCode();
  }
}
