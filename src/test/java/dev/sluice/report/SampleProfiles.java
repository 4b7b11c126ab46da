package dev.sluice.report;

import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmCourse;
import dev.sluice.profile.AlarmKind;
import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.Distinct;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.Histogram;
import dev.sluice.profile.NumberSummary;
import dev.sluice.profile.Occurrences;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.Sums;
import dev.sluice.profile.TextSummary;
import dev.sluice.profile.WindowFindings;
import dev.sluice.record.ElementType;
import dev.sluice.record.Severity;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Records of windows of an hour, made by hand. */
final class SampleProfiles {
  static final long HOUR = 3_600_000;

  /** 2018-02-01T00:00:00Z. */
  static final long START = 1_517_443_200_000L;

  static final ProfiledModel MODEL = new ProfiledModel("sample", "1", "a".repeat(64));
  static final String BASELINE = "b".repeat(64);
  static final ModelKey KEY = new ModelKey(MODEL.sha256(), BASELINE);

  private SampleProfiles() {}

  /** Returns a column with a number in each of four bins, and this distance; NaN for none. */
  static ColumnProfile numbers(String name, double psi) {
    Histogram bins = new Histogram(List.of(1.0, 2.0, 3.0), List.of(1L, 2L, 3L, 4L), List.of());
    Sums sums = new Sums(0, 10, 0, BigInteger.valueOf(20), BigInteger.valueOf(50));
    ColumnProfile column =
        ColumnProfile.ofNumbers(
            name,
            ElementType.DOUBLE,
            2,
            new NumberSummary(0, 0, 0, 0, 0.5, 9.0, sums, bins),
            Occurrences.UNKNOWN,
            Distinct.exactly(10));
    return Double.isNaN(psi) ? column : column.withDrift(drift(psi));
  }

  static ColumnProfile texts(String name, Map<String, Long> values, double psi) {
    long rows = values.values().stream().mapToLong(Long::longValue).sum();
    return ColumnProfile.ofTexts(
            name,
            rows,
            0,
            new TextSummary(1, 9, rows),
            new Occurrences(values, false, Map.of()),
            Distinct.exactly(values.size()))
        .withDrift(drift(psi));
  }

  private static ColumnDrift drift(double psi) {
    return new ColumnDrift("psi", psi, 0.1, 0.01, psi > 0.1 ? DriftVerdict.DRIFT : DriftVerdict.OK);
  }

  static ProfiledWindow window(String segment, int hour, int revision) {
    long start = START + hour * HOUR;
    return new ProfiledWindow(BASELINE, segment, start, start + HOUR, "PT1H", "UTC", revision);
  }

  static DataProfile input(int hour, int revision, ColumnProfile... columns) {
    return record(ProfileKind.INPUT, MODEL, window("", hour, revision), RowCounts.of(12), columns);
  }

  static DataProfile record(
      ProfileKind kind,
      ProfiledModel model,
      ProfiledWindow window,
      RowCounts counts,
      ColumnProfile... columns) {
    return new DataProfile(
        DataProfile.FORMAT_VERSION,
        kind,
        model,
        window,
        counts,
        List.of(columns),
        List.of(),
        List.of(),
        null,
        "test",
        WindowFindings.NONE,
        List.of());
  }

  /** Returns a card with a baseline of these columns, which the windows are compared with. */
  static ModelCard card(ColumnProfile... columns) {
    DataProfile baseline =
        new DataProfile(
            ProfileKind.BASELINE,
            MODEL,
            ProfiledWindow.none("UTC"),
            RowCounts.of(100),
            List.of(columns),
            List.of(),
            List.of(),
            null,
            "test");
    return new ModelCard(MODEL.sha256(), List.of(), baseline, BASELINE, Map.of());
  }

  /** Returns an alarm about the feed of a job gone silent, raised. */
  static Alarm silence(ProfiledModel model, String segment) {
    return silence(model, segment, START);
  }

  /**
   * Returns the same.
   *
   * @param since when the last record came, milliseconds since the epoch
   */
  static Alarm silence(ProfiledModel model, String segment, long since) {
    return new Alarm(
            AlarmKind.FEED_SILENT,
            Severity.CRITICAL,
            ProfileKind.INPUT,
            model,
            new ProfiledWindow(BASELINE, segment, null, null, "", "", 0),
            List.of(),
            "",
            "a record at least every 10 min",
            "none",
            0,
            0,
            "no record has come")
        .raised(new AlarmCourse(since, 0, 0), dev.sluice.profile.Advice.NONE, null);
  }

  static Alarm alarm(String column, int hour) {
    return new Alarm(
            AlarmKind.DRIFT,
            Severity.WARNING,
            ProfileKind.INPUT,
            MODEL,
            window("", hour, 0),
            List.of(column),
            "",
            "psi of at most 0.1",
            "0.5",
            10,
            0,
            column + " has drifted")
        .raised(new AlarmCourse(START + hour * HOUR, 1, 1), dev.sluice.profile.Advice.NONE, null);
  }
}
