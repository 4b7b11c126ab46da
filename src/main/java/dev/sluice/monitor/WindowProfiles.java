package dev.sluice.monitor;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.DriftOptions;
import dev.sluice.drift.DriftRule;
import dev.sluice.drift.References;
import dev.sluice.drift.WindowJudge;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationScope;
import dev.sluice.model.ModelIdentity;
import dev.sluice.monitor.check.WindowChecks;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ExpectationResult;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.WindowFindings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.Collector;

/**
 * A closed window → its profiles: one per column, compared with the baseline and judged by its
 * expectations, and one summary without columns, which has the results of all other expectations.
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
    Map<String, ColumnProfile> columns = columns(window, baseline);
    Map<String, List<ExpectationResult>> results = judge(window, baseline, columns);
    columns.forEach(
        (name, profile) ->
            out.collect(
                profile(
                    window,
                    window.windowStart(),
                    window.windowEnd(),
                    0,
                    List.of(profile),
                    WindowFindings.of(results.getOrDefault(name, List.of())))));
    out.collect(
        profile(
            window,
            window.windowStart(),
            window.windowEnd(),
            lateRows,
            List.of(),
            new WindowFindings(
                results.getOrDefault("", List.of()), window.rejections().published())));
  }

  private Map<String, ColumnProfile> columns(WindowPartial window, DataProfile baseline) {
    Map<String, ColumnProfile> columns = new LinkedHashMap<>();
    for (Map.Entry<String, PartialColumn> column : window.columns().entrySet()) {
      String name = column.getKey();
      ColumnProfile expected =
          (window.kind() == ProfileKind.OUTPUT ? baseline.output(name) : baseline.column(name))
              .orElse(null);
      ColumnProfile profile =
          column
              .getValue()
              .statistics()
              .toMergeable(
                  name,
                  column.getValue().type(),
                  expected == null ? List.of() : expected.massEdges());
      columns.put(name, profile);
    }
    judgeDrift(window, baseline, columns);
    return columns;
  }

  /** Gives each column its drift; all of a window are judged together. */
  private void judgeDrift(
      WindowPartial window, DataProfile baseline, Map<String, ColumnProfile> columns) {
    References references =
        References.of(
            baseline, window.kind(), profiled(window, window.windowStart(), window.windowEnd()));
    new WindowJudge(new DriftRule(drift.minEffect(), drift.falseDiscoveryRate(), drift.minRows()))
        .judge(references, columns)
        .forEach((name, found) -> columns.computeIfPresent(name, (n, c) -> c.withDrift(found)));
  }

  /** Returns the results by column; under an empty name those that are not about one of them. */
  private static Map<String, List<ExpectationResult>> judge(
      WindowPartial window, DataProfile baseline, Map<String, ColumnProfile> columns) {
    WindowChecks checks = new WindowChecks(window.rows(), columns, window.expectations());
    Map<String, List<ExpectationResult>> results = new LinkedHashMap<>();
    for (Expectation expectation : expectations(window.kind(), baseline)) {
      boolean ofOne = expectation.columns().size() == 1;
      String column =
          ofOne && columns.containsKey(expectation.column()) ? expectation.column() : "";
      results.computeIfAbsent(column, name -> new ArrayList<>()).add(checks.judge(expectation));
    }
    return results;
  }

  /**
   * Outputs are not validated one by one: only what is expected of a window is expected of them.
   */
  private static List<Expectation> expectations(ProfileKind kind, DataProfile baseline) {
    List<Expectation> all =
        kind == ProfileKind.INPUT
            ? baseline.allExpectations()
            : baseline.outputs().stream().flatMap(o -> o.expectations().stream()).toList();
    return all.stream()
        .filter(e -> e.type().scope() != ExpectationScope.SCHEMA)
        .filter(e -> kind == ProfileKind.INPUT || e.type().scope() == ExpectationScope.WINDOW)
        .toList();
  }

  /** Publishes late rows that no later window reports: at the end of input. */
  void publishLate(WindowPartial key, long lateRows, Collector<DataProfile> out) {
    out.collect(profile(key, null, null, lateRows, List.of(), WindowFindings.NONE));
  }

  private DataProfile profile(
      WindowPartial window,
      Long start,
      Long end,
      long lateRows,
      List<ColumnProfile> columns,
      WindowFindings findings) {
    boolean current = window.modelSha256().equals(model.sha256());
    return new DataProfile(
        DataProfile.FORMAT_VERSION,
        window.kind(),
        new ProfiledModel(
            current ? model.name() : "", current ? model.version() : "", window.modelSha256()),
        profiled(window, start, end),
        new RowCounts(window.rows(), window.rejectedRows(), lateRows),
        columns,
        List.of(),
        List.of(),
        null,
        "sluice",
        findings,
        List.of());
  }

  private static ProfiledWindow profiled(WindowPartial window, Long start, Long end) {
    return new ProfiledWindow(
        window.baselineSha256(),
        window.segment(),
        start,
        end,
        window.window(),
        window.timeZone(),
        0);
  }
}
