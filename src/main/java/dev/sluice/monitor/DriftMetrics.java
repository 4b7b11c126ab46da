package dev.sluice.monitor;

import dev.sluice.metric.StageMetrics;
import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DriftVerdict;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.metrics.MetricGroup;

/**
 * Value, threshold and verdict of each column's drift in the last window that closed, by profile,
 * segment, column and name of the distance. All rows together are the segment {@value #ALL}. Of the
 * columns of segments at most {@value #MAX_OF_SEGMENTS} are shown, those that came first; the topic
 * has them all.
 */
final class DriftMetrics {
  static final String ALL = "_all";
  static final int MAX_OF_SEGMENTS = 1000;

  private final StageMetrics metrics;
  private final Map<Key, Shown> shown = new HashMap<>();
  private final Set<Key> hidden = new HashSet<>();
  private int ofSegments;
  private volatile int hiddenCount;

  DriftMetrics(MetricGroup group) {
    this.metrics = StageMetrics.of(group);
    metrics.gauge("drift_columns_hidden", () -> hiddenCount);
  }

  /**
   * Shows what was found of a window's columns; of those that it does not have, or that were not
   * compared, that nothing is known.
   */
  void show(WindowPartial window, Map<String, ColumnProfile> columns) {
    String profile = WindowMetrics.label(window.kind());
    Map<Key, ColumnDrift> found = new LinkedHashMap<>();
    columns.forEach(
        (name, column) -> {
          if (column.drift() != null) {
            found.put(
                new Key(profile, window.segment(), name, column.drift().metric()), column.drift());
          }
        });
    found.forEach(this::show);
    shown.forEach(
        (key, column) -> {
          if (key.isOf(profile, window.segment()) && !found.containsKey(key)) {
            column.drift = unknown(column.drift);
          }
        });
  }

  private static ColumnDrift unknown(ColumnDrift before) {
    return new ColumnDrift(
        before.metric(), null, before.threshold(), 0, DriftVerdict.INSUFFICIENT_DATA);
  }

  private void show(Key key, ColumnDrift drift) {
    Shown known = shown.get(key);
    if (known != null) {
      known.drift = drift;
      return;
    }
    if (!key.segment.isEmpty()) {
      if (ofSegments == MAX_OF_SEGMENTS) {
        hidden.add(key);
        hiddenCount = hidden.size();
        return;
      }
      ofSegments++;
    }
    shown.put(key, new Shown(metrics, key, drift));
  }

  private record Key(String profile, String segment, String column, String metric) {
    boolean isOf(String otherProfile, String otherSegment) {
      return profile.equals(otherProfile) && segment.equals(otherSegment);
    }
  }

  private static final class Shown {
    private volatile ColumnDrift drift;

    Shown(StageMetrics metrics, Key key, ColumnDrift first) {
      drift = first;
      StageMetrics of =
          metrics
              .by(WindowMetrics.PROFILE, key.profile)
              .by("segment", key.segment.isEmpty() ? ALL : key.segment)
              .by("column", key.column)
              .by("distance", key.metric);
      of.measure("drift_value", () -> drift.value() == null ? Double.NaN : drift.value());
      of.measure("drift_threshold", () -> drift.threshold());
      of.gauge("drift_verdict", () -> number(drift.verdict()));
    }

    private static int number(DriftVerdict verdict) {
      return switch (verdict) {
        case OK -> 0;
        case DRIFT -> 1;
        case INSUFFICIENT_DATA -> -1;
      };
    }
  }
}
