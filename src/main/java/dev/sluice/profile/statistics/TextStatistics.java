package dev.sluice.profile.statistics;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.record.ElementType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;

/** The running statistics of a column of texts: how often each occurred, shortest and longest. */
public final class TextStatistics extends ColumnStatistics {
  /** The most distinct texts that are counted one by one, unless told otherwise. */
  public static final int DEFAULT_MAX_VALUES = 1000;

  private final ValueCounts values;
  private int minLength = Integer.MAX_VALUE;
  private int maxLength = -1;

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
    values.add(value);
    minLength = Math.min(minLength, value.length());
    maxLength = Math.max(maxLength, value.length());
  }

  @Override
  public long rows() {
    return missing() + values.total();
  }

  @Override
  void mergeValues(ColumnStatistics other) {
    TextStatistics that = (TextStatistics) other;
    values.merge(that.values);
    minLength = Math.min(minLength, that.minLength);
    maxLength = Math.max(maxLength, that.maxLength);
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
  }

  static TextStatistics readValues(DataInput in) throws IOException {
    TextStatistics read = new TextStatistics(ValueCounts.read(in));
    read.minLength = in.readInt();
    read.maxLength = in.readInt();
    return read;
  }

  @Override
  public ColumnProfile toProfile(String name, ElementType valueType, List<Double> massEdges) {
    boolean any = values.total() > 0;
    return new ColumnProfile(
        name,
        valueType,
        rows(),
        missing(),
        0,
        0,
        0,
        0,
        0,
        null,
        null,
        null,
        null,
        0,
        BigInteger.ZERO,
        BigInteger.ZERO,
        List.of(),
        List.of(),
        List.of(),
        any ? minLength : null,
        any ? maxLength : null,
        values.sorted(),
        values.overflow(),
        List.of(),
        null);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TextStatistics that
        && missing() == that.missing()
        && minLength == that.minLength
        && maxLength == that.maxLength
        && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(missing(), minLength, maxLength, values);
  }
}
