package dev.sluice.profile.statistics;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.Occurrences;
import dev.sluice.profile.TextSummary;
import dev.sluice.record.ElementType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The running statistics of a column of texts: how often each occurred, how many distinct ones
 * there are, and their lengths in characters, that is in Unicode code points.
 */
public final class TextStatistics extends ColumnStatistics {
  /** The most distinct texts that are counted one by one, unless told otherwise. */
  public static final int DEFAULT_MAX_VALUES = 1000;

  private final ValueCounts values;
  private int minLength = Integer.MAX_VALUE;
  private int maxLength = -1;
  private long totalLength;

  /**
   * Creates the statistics of no values.
   *
   * @param maxValues the most distinct texts to count one by one
   */
  public TextStatistics(int maxValues) {
    this(new ValueCounts(maxValues));
  }

  private TextStatistics(ValueCounts values) {
    this.values = values;
  }

  /** Adds a text that is not missing. */
  public void add(String value) {
    add(value, 1);
  }

  /** Adds a text that came several times, none of them missing; the same as adding each. */
  public void add(String value, long times) {
    values.add(value, times);
    int length = value.codePointCount(0, value.length());
    minLength = Math.min(minLength, length);
    maxLength = Math.max(maxLength, length);
    totalLength += length * times;
  }

  @Override
  public long rows() {
    return missing() + values.total();
  }

  @Override
  boolean canMergeValues(ColumnStatistics other) {
    return values.maxValues() == ((TextStatistics) other).values.maxValues();
  }

  @Override
  void mergeValues(ColumnStatistics other) {
    TextStatistics that = (TextStatistics) other;
    values.merge(that.values);
    minLength = Math.min(minLength, that.minLength);
    maxLength = Math.max(maxLength, that.maxLength);
    totalLength += that.totalLength;
  }

  @Override
  public TextStatistics empty() {
    return new TextStatistics(values.maxValues());
  }

  @Override
  void writeValues(DataOutput out) throws IOException {
    values.write(out);
    out.writeInt(minLength);
    out.writeInt(maxLength);
    Varints.write(totalLength, out);
  }

  static TextStatistics readValues(DataInput in) throws IOException {
    TextStatistics read = new TextStatistics(ValueCounts.read(in));
    read.minLength = in.readInt();
    read.maxLength = in.readInt();
    read.totalLength = Varints.read("total length", Long.MAX_VALUE, in);
    return read;
  }

  static TextStatistics ofTexts(ColumnProfile profile) {
    TextSummary texts = profile.texts();
    TextStatistics statistics =
        new TextStatistics(
            ValueCounts.of(profile.occurrences(), profile.distinct(), profile.present()));
    if (profile.present() > 0) {
      statistics.minLength = texts.minLength();
      statistics.maxLength = texts.maxLength();
      statistics.totalLength = texts.totalLength();
    }
    return statistics;
  }

  @Override
  List<Long> hashes() {
    return values.hashes();
  }

  @Override
  ColumnProfile profileOfValues(String name, ElementType valueType, List<Double> massEdges) {
    boolean any = values.total() > 0;
    return ColumnProfile.ofTexts(
        name,
        rows(),
        missing(),
        any ? new TextSummary(minLength, maxLength, totalLength) : TextSummary.NONE,
        new Occurrences(values.sorted(), values.overflow(), Map.of()),
        values.distinct().atMost(values.total()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TextStatistics that
        && missing() == that.missing()
        && sizes().equals(that.sizes())
        && minLength == that.minLength
        && maxLength == that.maxLength
        && totalLength == that.totalLength
        && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(missing(), minLength, maxLength, values);
  }
}
