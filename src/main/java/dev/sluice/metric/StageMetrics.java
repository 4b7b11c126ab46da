package dev.sluice.metric;

import static java.util.Objects.requireNonNull;

import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** Registers the metrics of one operator, or of one of its labels. */
public final class StageMetrics {
  /** The group that all metrics of this project are in. */
  public static final String GROUP = "sluice";

  private static final Pattern NAME = Pattern.compile("[a-z]+(_[a-z]+)*");
  private static final String TOTAL = "_total";

  private final MetricGroup group;

  private StageMetrics(MetricGroup group) {
    this.group = requireNonNull(group, "group is null");
  }

  /** Returns the metrics of an operator by its own group. */
  public static StageMetrics of(MetricGroup operator) {
    return new StageMetrics(operator.addGroup(GROUP));
  }

  /** Returns those of them that have a label; its name precedes theirs in what reporters show. */
  public StageMetrics by(String label, String value) {
    return new StageMetrics(group.addGroup(checked(label), value));
  }

  /**
   * Registers a count that only grows, from 0 at each start of the operator. A plain field: one
   * thread may add to it.
   *
   * @throws IllegalArgumentException if the name does not end in {@code _total}
   */
  public Counter counter(String name) {
    return group.counter(ending(name));
  }

  /**
   * Registers a sum that only grows and is kept elsewhere; read by any thread.
   *
   * @throws IllegalArgumentException if the name does not end in {@code _total}
   */
  public void total(String name, DoubleSupplier sum) {
    group.<Double, Gauge<Double>>gauge(ending(name), sum::getAsDouble);
  }

  /** Registers a number as it is now; read by any thread. */
  public void gauge(String name, LongSupplier value) {
    group.<Long, Gauge<Long>>gauge(checked(name), value::getAsLong);
  }

  /** Registers a number as it is now; read by any thread, NaN where there is none. */
  public void measure(String name, DoubleSupplier value) {
    group.<Double, Gauge<Double>>gauge(checked(name), value::getAsDouble);
  }

  /** Registers the distribution of whole numbers, such as sizes in records. */
  public RecentValues sizes(String name) {
    return group.histogram(checked(name), new RecentValues(1));
  }

  /** Registers the distribution of durations: given in nanoseconds, shown in seconds. */
  public RecentValues seconds(String name) {
    return group.histogram(checked(name), new RecentValues(1e9));
  }

  private static String ending(String name) {
    if (!name.endsWith(TOTAL)) {
      throw new IllegalArgumentException(
          "name of a metric that only grows is " + name + ", expected one ending in " + TOTAL);
    }
    return checked(name);
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name of a metric is " + name + ", expected lower case words joined by underscores");
    }
    return name;
  }
}
