package dev.sluice.metric;

import java.util.Arrays;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;

/**
 * The distribution of the last {@value #WINDOW} values, and count and sum of all. Meant for one
 * value per batch: an update takes a lock that only reports contend for.
 */
public final class RecentValues implements Histogram {
  static final int WINDOW = 512;

  private final double perUnit;
  private final long[] values = new long[WINDOW];
  private long count;
  private long sum;

  /**
   * @param perUnit what a value is divided by before it is shown
   */
  RecentValues(double perUnit) {
    this.perUnit = perUnit;
  }

  @Override
  public synchronized void update(long value) {
    values[(int) (count % WINDOW)] = value;
    count++;
    sum += value;
  }

  @Override
  public synchronized long getCount() {
    return count;
  }

  /** Returns the sum of all values, in the unit shown. */
  public synchronized double total() {
    return sum / perUnit;
  }

  @Override
  public HistogramStatistics getStatistics() {
    long[] recent;
    synchronized (this) {
      recent = Arrays.copyOf(values, (int) Math.min(count, WINDOW));
    }
    Arrays.sort(recent);
    return new Sorted(recent, perUnit);
  }

  /** Statistics of sorted values. All but the smallest and largest are in the unit shown. */
  private static final class Sorted extends HistogramStatistics {
    private final long[] values;
    private final double perUnit;

    Sorted(long[] values, double perUnit) {
      this.values = values;
      this.perUnit = perUnit;
    }

    /** The smallest value that so large a share of them does not exceed; NaN without values. */
    @Override
    public double getQuantile(double share) {
      if (values.length == 0) {
        return Double.NaN;
      }
      int rank = (int) Math.ceil(share * values.length);
      return values[Math.max(0, Math.min(values.length, rank) - 1)] / perUnit;
    }

    @Override
    public long[] getValues() {
      return values.clone();
    }

    @Override
    public int size() {
      return values.length;
    }

    @Override
    public double getMean() {
      return Arrays.stream(values).average().orElse(Double.NaN) / perUnit;
    }

    @Override
    public double getStdDev() {
      double mean = getMean();
      return Math.sqrt(
          Arrays.stream(values)
              .mapToDouble(value -> Math.pow(value / perUnit - mean, 2))
              .average()
              .orElse(Double.NaN));
    }

    @Override
    public long getMax() {
      return values.length == 0 ? 0 : values[values.length - 1];
    }

    @Override
    public long getMin() {
      return values.length == 0 ? 0 : values[0];
    }
  }
}
