package dev.sluice.monitor;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.DriftOptions;
import dev.sluice.drift.DriftDetector;
import dev.sluice.model.ModelIdentity;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfileKind;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.Collector;

/**
 * A closed window → its profiles: one per column, compared with the baseline, and one summary
 * without columns.
 */
final class WindowProfiles implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ModelIdentity model;
  private final DriftOptions drift;

  WindowProfiles(ModelIdentity model, DriftOptions drift) {
    this.model = requireNonNull(model, "model is null");
    this.drift = requireNonNull(drift, "drift is null");
  }

  /**
   * Publishes a window.
   *
   * @param lateRows rows that came after their window had closed, not published yet
   */
  void publish(
      WindowPartial window, DataProfile baseline, long lateRows, Collector<DataProfile> out) {
    DriftDetector detector = new DriftDetector(drift.psiThreshold(), drift.minRows());
    for (Map.Entry<String, PartialColumn> column : window.columns().entrySet()) {
      String name = column.getKey();
      ColumnProfile expected =
          (window.kind() == ProfileKind.OUTPUT ? baseline.output(name) : baseline.column(name))
              .orElse(null);
      ColumnProfile profile =
          column
              .getValue()
              .statistics()
              .toProfile(
                  name,
                  column.getValue().type(),
                  expected == null ? List.of() : expected.massEdges());
      boolean comparable = expected != null && expected.isText() == profile.isText();
      out.collect(
          profile(
              window,
              window.windowStart(),
              window.windowEnd(),
              0,
              List.of(
                  comparable ? profile.withDrift(detector.compare(expected, profile)) : profile)));
    }
    out.collect(profile(window, window.windowStart(), window.windowEnd(), lateRows, List.of()));
  }

  /** Publishes late rows that no later window reports: at the end of input. */
  void publishLate(WindowPartial key, long lateRows, Collector<DataProfile> out) {
    out.collect(profile(key, null, null, lateRows, List.of()));
  }

  private DataProfile profile(
      WindowPartial window, Long start, Long end, long lateRows, List<ColumnProfile> columns) {
    boolean current = window.modelSha256().equals(model.sha256());
    return new DataProfile(
        DataProfile.FORMAT_VERSION,
        window.kind(),
        current ? model.name() : "",
        current ? model.version() : "",
        window.modelSha256(),
        window.baselineSha256(),
        start,
        end,
        window.window(),
        window.timeZone(),
        window.segment(),
        0,
        window.rows(),
        window.rejectedRows(),
        lateRows,
        columns,
        List.of(),
        List.of(),
        null,
        "sluice");
  }
}
