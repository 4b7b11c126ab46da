package dev.sluice.monitor;

import dev.sluice.config.DriftOptions;
import dev.sluice.config.ProfileOptions;
import dev.sluice.config.SegmentOptions;
import dev.sluice.config.WindowSize;
import dev.sluice.model.ModelIdentity;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.profile.statistics.TextStatistics;
import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import dev.sluice.record.InputTensor;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** One model of two inputs, a number x and a text s, and one output score; windows of 100 ms. */
final class Fixtures {
  static final FeatureLayout LAYOUT =
      new FeatureLayout(
          List.of(
              new FeatureColumn("x", ElementType.DOUBLE, 1),
              new FeatureColumn("s", ElementType.STRING, 1)),
          List.of(
              new InputTensor("x", ElementType.DOUBLE, List.of(1), List.of(0)),
              new InputTensor("s", ElementType.STRING, List.of(1), List.of(1))));
  static final String SHA = "sha-of-baseline";
  static final ModelIdentity MODEL = new ModelIdentity("model", "1", "sha-of-model");

  static final Duration UPDATE_INTERVAL = Duration.ofSeconds(60);

  private Fixtures() {}

  static ProfileOptions options(String window, Duration allowedLateness) {
    return new ProfileOptions(
        true,
        WindowSize.parse(window),
        WindowSize.parseOffset("PT0S"),
        ZoneId.of("UTC"),
        allowedLateness,
        UPDATE_INTERVAL,
        1000,
        SegmentOptions.NONE);
  }

  /** What is profiled of inputs, without a bound and without segments. */
  static ProfileScope scope(String window, String baselineSha256, DataProfile baseline) {
    return scope(window, baselineSha256, baseline, Segments.NONE, Integer.MAX_VALUE);
  }

  static ProfileScope scope(
      String window, String baselineSha256, DataProfile baseline, Segments segments, int maxOpen) {
    return new ProfileScope(
        ProfileKind.INPUT,
        new EventTimeWindows(
            WindowSize.parse(window), WindowSize.parseOffset("PT0S"), ZoneId.of("UTC")),
        segments,
        MODEL.sha256(),
        baselineSha256,
        baseline,
        maxOpen);
  }

  /** Segments of the text s that have these values. */
  static Segments segments(String... values) {
    return Segments.plan(
        new SegmentOptions("s", List.of(values), 100), LAYOUT, DataProfile.empty());
  }

  static Monitor monitor() {
    return monitor("PT0.1S", Duration.ZERO);
  }

  static Monitor monitor(ModelIdentity model) {
    return monitor(
        model, baseline(0, 10, 20), SHA, options("PT0.1S", Duration.ZERO), Segments.NONE);
  }

  static Monitor monitor(String window, Duration allowedLateness) {
    return monitor(baseline(0, 10, 20), SHA, window, allowedLateness);
  }

  static Monitor monitor(
      DataProfile baseline, String sha256, String window, Duration allowedLateness) {
    return monitor(baseline, sha256, options(window, allowedLateness), Segments.NONE);
  }

  static Monitor monitor(Segments segments) {
    return monitor(baseline(0, 10, 20), SHA, options("PT0.1S", Duration.ZERO), segments);
  }

  static Monitor monitor(
      DataProfile baseline, String sha256, ProfileOptions options, Segments segments) {
    return monitor(MODEL, baseline, sha256, options, segments);
  }

  private static Monitor monitor(
      ModelIdentity model,
      DataProfile baseline,
      String sha256,
      ProfileOptions options,
      Segments segments) {
    return new Monitor(model, baseline, sha256, options, new DriftOptions(0.2, 0.01, 1), segments);
  }

  /** A baseline whose numbers are counted between these edges. */
  static DataProfile baseline(double... edges) {
    return baselineOn(edges, edges);
  }

  /** A baseline of these values, counted between edges. */
  static DataProfile baselineOn(double[] edges, double... values) {
    NumberStatistics numbers = new NumberStatistics(Grid.of(edges), 10);
    numbers.add(values, values.length);
    TextStatistics texts = new TextStatistics(TextStatistics.DEFAULT_MAX_VALUES);
    texts.add("N");
    texts.add("S");
    List<Double> massEdges = List.of(edges[1]);
    ColumnProfile score = numbers.toProfile("score", ElementType.DOUBLE, massEdges);
    return new DataProfile(
        ProfileKind.BASELINE,
        new ProfiledModel("model", "1", MODEL.sha256()),
        ProfiledWindow.none(""),
        RowCounts.of(values.length),
        List.of(
            numbers.toProfile("x", ElementType.DOUBLE, massEdges),
            texts.toProfile("s", ElementType.STRING, List.of())),
        List.of(score),
        List.of(),
        null,
        "");
  }

  /** Overwrites the row; NaN and null stand for missing. */
  static FeatureRow fill(FeatureRow row, long eventTime, double x, String s) {
    row.reset(new EncodedRecord("t", 0, 0, eventTime, null, new byte[1], Header.NONE));
    row.setEventTime(eventTime);
    row.setDouble(0, x);
    row.setText(1, s);
    row.setMissing(0, Double.isNaN(x));
    row.setMissing(1, s == null);
    return row;
  }
}
