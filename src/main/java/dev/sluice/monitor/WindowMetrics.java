package dev.sluice.monitor;

import dev.sluice.metric.StageMetrics;
import dev.sluice.profile.ProfileKind;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * The metrics of merging windows, by the kind of their profiles: {@code records_profiled +
 * records_late = records_valid + records_rejected} of inputs and {@code = records_predicted} of
 * outputs, once partials have come with a checkpoint. A kind is there once one of it has come.
 */
final class WindowMetrics {
  /** The label that says what a profile is about: {@code input} or {@code output}. */
  static final String PROFILE = "profile";

  private final StageMetrics metrics;
  private final Map<ProfileKind, OfKind> kinds = new EnumMap<>(ProfileKind.class);

  WindowMetrics(MetricGroup group) {
    this.metrics = StageMetrics.of(group);
  }

  static String label(ProfileKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** Counts what came in time; rows of segments are among those of all. */
  void profiled(WindowPartial partial) {
    OfKind counters = of(partial.kind());
    if (partial.segment().isEmpty()) {
      counters.profiled.inc(partial.counts().rows());
    }
  }

  /** Counts what came too late; rows of segments are among those of all. */
  void late(WindowPartial partial) {
    OfKind counters = of(partial.kind());
    if (partial.segment().isEmpty()) {
      counters.late.inc(partial.counts().rows());
    }
  }

  void closed(ProfileKind kind) {
    of(kind).closed.inc();
  }

  void updated(ProfileKind kind) {
    of(kind).updated.inc();
  }

  private OfKind of(ProfileKind kind) {
    return kinds.computeIfAbsent(kind, k -> new OfKind(metrics.by(PROFILE, label(k))));
  }

  private static final class OfKind {
    private final Counter profiled;
    private final Counter late;
    private final Counter closed;
    private final Counter updated;

    OfKind(StageMetrics metrics) {
      profiled = metrics.counter("records_profiled_total");
      late = metrics.counter("records_late_total");
      closed = metrics.counter("windows_closed_total");
      updated = metrics.counter("windows_updated_total");
    }
  }
}
