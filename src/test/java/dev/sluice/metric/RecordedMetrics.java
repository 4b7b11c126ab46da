package dev.sluice.metric;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.metrics.groups.InternalOperatorMetricGroup;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups.UnregisteredOperatorMetricGroup;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups.UnregisteredTaskMetricGroup;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;

/** An operator's metrics by name, with labels in braces: {@code records_total{reason=NAN}}. */
public final class RecordedMetrics extends UnregisteredOperatorMetricGroup {
  private final Map<String, Metric> metrics = new TreeMap<>();

  /** Returns the value of a counter or a gauge. */
  public double value(String name) {
    Metric metric = metrics.get(name);
    if (metric instanceof Counter counter) {
      return counter.getCount();
    }
    if (metric instanceof Gauge<?> gauge) {
      return ((Number) gauge.getValue()).doubleValue();
    }
    throw new IllegalArgumentException(name + " is none of " + metrics.keySet());
  }

  /** Returns what an operator runs in that has these metrics; the caller closes it. */
  public MockEnvironment environment() {
    return new MockEnvironmentBuilder().setMetricGroup(new TaskGroup(this)).build();
  }

  /** Returns a histogram. */
  public Histogram histogramOf(String name) {
    return (Histogram) metrics.get(name);
  }

  /** Returns all names with their labels. */
  public Set<String> names() {
    return metrics.keySet();
  }

  /** Returns the sum of a counter over all values of a label. */
  public double sum(String name, String label) {
    return names().stream()
        .filter(n -> n.matches(name + "\\{" + label + "=[^,]*}"))
        .mapToDouble(this::value)
        .sum();
  }

  @Override
  public MetricGroup addGroup(String name) {
    if (!name.equals(StageMetrics.GROUP)) {
      throw new IllegalArgumentException("group " + name);
    }
    return new Labels("");
  }

  /** Gives every operator the same metrics. */
  private static final class TaskGroup extends UnregisteredTaskMetricGroup {
    private final InternalOperatorMetricGroup operator;

    TaskGroup(InternalOperatorMetricGroup operator) {
      this.operator = operator;
    }

    @Override
    public InternalOperatorMetricGroup getOrAddOperator(
        OperatorID id, String name, Map<String, String> variables) {
      return operator;
    }
  }

  private final class Labels extends UnregisteredMetricsGroup {
    private final String labels;

    Labels(String labels) {
      this.labels = labels;
    }

    private <M extends Metric> M keep(String name, M metric) {
      String full = name + (labels.isEmpty() ? "" : "{" + labels + "}");
      if (metrics.putIfAbsent(full, metric) != null) {
        throw new IllegalArgumentException("registered twice: " + full);
      }
      return metric;
    }

    @Override
    public Counter counter(String name) {
      return keep(name, new SimpleCounter());
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
      return keep(name, gauge);
    }

    @Override
    public <H extends Histogram> H histogram(String name, H histogram) {
      return keep(name, histogram);
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
      return new Labels((labels.isEmpty() ? "" : labels + ",") + key + "=" + value);
    }
  }
}
