package dev.sluice.monitor;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.DriftOptions;
import dev.sluice.drift.DriftRule;
import dev.sluice.drift.References;
import dev.sluice.drift.WindowJudge;
import dev.sluice.expect.Expectation;
import dev.sluice.model.ModelIdentity;
import dev.sluice.monitor.check.WindowChecks;
import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ExpectationResult;
import dev.sluice.profile.FloatWidth;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.WindowFindings;
import dev.sluice.profile.statistics.NumberStatistics;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.util.Collector;

/**
 * A window → its profiles: one per column, and one summary without columns. Once it takes no more
 * rows, each column is compared with the baseline and judged by its expectations, and the summary
 * has the results of all other expectations.
 */
final class WindowProfiles implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ModelIdentity model;
  private final DriftOptions drift;
  private final String segmentField;

  WindowProfiles(ModelIdentity model, DriftOptions drift) {
    this(model, drift, Segments.NONE);
  }

  WindowProfiles(ModelIdentity model, DriftOptions drift, Segments segments) {
    this.model = requireNonNull(model, "model is null");
    this.drift = requireNonNull(drift, "drift is null");
    this.segmentField = segments.field();
  }

  /**
   * Publishes a window that still takes rows: it is not judged yet.
   *
   * @param revision how often it was published before
   */
  void publish(
      WindowPartial window, int revision, DataProfile baseline, Collector<DataProfile> out) {
    ProfiledWindow about = about(window, revision, false);
    columns(window, baseline)
        .values()
        .forEach(column -> out.collect(ofColumn(window, about, column, WindowFindings.NONE)));
    out.collect(
        profile(
            window,
            about,
            window.counts(),
            List.of(),
            new WindowFindings(List.of(), window.rejections().published())));
  }

  /**
   * Publishes a window that takes no more rows.
   *
   * @param revision how often it was published before
   * @param late records that came after their window had closed, not published yet
   * @return its columns by name, as they were judged
   */
  Map<String, ColumnProfile> publishFinal(
      WindowPartial window,
      int revision,
      RowCounts late,
      DataProfile baseline,
      Collector<DataProfile> out) {
    ProfiledWindow about = about(window, revision, true);
    Map<String, ColumnProfile> columns =
        withDrift(
            columns(window, baseline), References.of(baseline, window.kind(), about, segmentField));
    Map<String, List<ExpectationResult>> results = judge(window, baseline, columns);
    columns.forEach(
        (name, column) ->
            out.collect(
                ofColumn(
                    window,
                    about,
                    column,
                    WindowFindings.of(results.getOrDefault(name, List.of())))));
    out.collect(
        profile(
            window,
            about,
            window.counts().plus(late),
            List.of(),
            new WindowFindings(
                results.getOrDefault("", List.of()), window.rejections().published())));
    return columns;
  }

  private static Map<String, ColumnProfile> columns(WindowPartial window, DataProfile baseline) {
    Map<String, ColumnProfile> columns = new LinkedHashMap<>();
    window
        .columns()
        .forEach(
            (name, column) ->
                columns.put(
                    name,
                    column
                        .statistics()
                        .toMergeable(
                            name,
                            column.type(),
                            expected(window.kind(), name, baseline)
                                .map(known -> massEdges(known, column))
                                .orElse(List.of()))));
    return columns;
  }

  private static List<Double> massEdges(ColumnProfile known, PartialColumn column) {
    return column.statistics() instanceof NumberStatistics numbers
        ? FloatWidth.asCounted(known, column.type(), numbers.grid().edges()).massEdges()
        : known.massEdges();
  }

  private static Optional<ColumnProfile> expected(
      ProfileKind kind, String column, DataProfile baseline) {
    return kind == ProfileKind.OUTPUT ? baseline.output(column) : baseline.column(column);
  }

  /** Compares the columns with the baseline: all of a window are judged together. */
  private Map<String, ColumnProfile> withDrift(
      Map<String, ColumnProfile> columns, References references) {
    DriftRule rule = new DriftRule(drift.minEffect(), drift.falseDiscoveryRate(), drift.minRows());
    Map<String, ColumnDrift> found = new WindowJudge(rule).judge(references, columns);
    Map<String, ColumnProfile> compared = new LinkedHashMap<>(columns);
    found.forEach((name, of) -> compared.computeIfPresent(name, (n, c) -> c.withDrift(of)));
    return compared;
  }

  /**
   * Returns the results by column; under an empty name those that are not about one of them. Where
   * no row was profiled, all records were malformed or failed, there is nothing to judge.
   */
  private static Map<String, List<ExpectationResult>> judge(
      WindowPartial window, DataProfile baseline, Map<String, ColumnProfile> columns) {
    if (window.counts().rows() == 0) {
      return Map.of();
    }
    WindowChecks checks = new WindowChecks(window.counts().rows(), columns, window.expectations());
    Map<String, List<ExpectationResult>> results = new LinkedHashMap<>();
    for (Expectation expectation : expectations(window, baseline)) {
      boolean ofOne = expectation.columns().size() == 1;
      String column =
          ofOne && columns.containsKey(expectation.column()) ? expectation.column() : "";
      results.computeIfAbsent(column, name -> new ArrayList<>()).add(checks.judge(expectation));
    }
    return results;
  }

  /**
   * Outputs are not validated one by one: only what is expected of a window is expected of them.
   * That is expected of all its records together, never of a segment: of a few of them.
   */
  private static List<Expectation> expectations(WindowPartial window, DataProfile baseline) {
    boolean inputs = window.kind() == ProfileKind.INPUT;
    List<Expectation> all =
        inputs
            ? baseline.allExpectations()
            : baseline.outputs().stream().flatMap(o -> o.expectations().stream()).toList();
    return all.stream()
        .filter(
            e ->
                switch (e.type().scope()) {
                  case RECORD -> inputs;
                  case WINDOW -> window.segment().isEmpty();
                  case SCHEMA -> false;
                })
        .toList();
  }

  /**
   * Publishes late records that no later window reports.
   *
   * @param closedUntil end of the last window that has closed, or null
   * @param revision how often this was published before, for the same closed window
   */
  void publishLate(
      WindowPartial key,
      Long closedUntil,
      int revision,
      RowCounts late,
      Collector<DataProfile> out) {
    ProfiledWindow none =
        new ProfiledWindow(
            key.baselineSha256(), key.segment(), null, closedUntil, "", "", revision, true);
    out.collect(profile(key, none, late, List.of(), WindowFindings.NONE));
  }

  private static ProfiledWindow about(WindowPartial window, int revision, boolean isFinal) {
    return new ProfiledWindow(
        window.baselineSha256(),
        window.segment(),
        window.windowStart(),
        window.windowEnd(),
        window.window(),
        window.timeZone(),
        revision,
        isFinal);
  }

  private DataProfile ofColumn(
      WindowPartial window, ProfiledWindow about, ColumnProfile column, WindowFindings findings) {
    long rejected = window.kind() == ProfileKind.INPUT ? window.counts().rejected() : 0;
    RowCounts counts = new RowCounts(window.counts().rows(), rejected, 0);
    return profile(window, about, counts, List.of(column), findings);
  }

  private DataProfile profile(
      WindowPartial window,
      ProfiledWindow about,
      RowCounts counts,
      List<ColumnProfile> columns,
      WindowFindings findings) {
    boolean current = window.modelSha256().equals(model.sha256());
    return new DataProfile(
        DataProfile.FORMAT_VERSION,
        window.kind(),
        new ProfiledModel(
            current ? model.name() : "", current ? model.version() : "", window.modelSha256()),
        about,
        counts,
        columns,
        List.of(),
        List.of(),
        null,
        "sluice",
        findings,
        List.of());
  }
}
