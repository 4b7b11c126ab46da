package dev.sluice.monitor.alarm;

import dev.sluice.config.SegmentOptions;
import dev.sluice.expect.ExpectationType;
import dev.sluice.monitor.Segments;
import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.Distinct;
import dev.sluice.profile.DriftSign;
import dev.sluice.profile.DriftSignKind;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.ExpectationResult;
import dev.sluice.profile.NumberSummary;
import dev.sluice.profile.Occurrences;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RejectionCount;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.Significance;
import dev.sluice.profile.SizeSummary;
import dev.sluice.profile.TextSummary;
import dev.sluice.profile.WindowFindings;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import java.util.Arrays;
import java.util.List;

/** Published profiles of windows of one hour, as the merging stage would write them. */
final class Windows {
  static final long HOUR = 3_600_000;
  static final String MODEL = "sha-of-model";
  static final String BASELINE = "sha-of-baseline";

  private Windows() {}

  static DataProfile of(ProfileKind kind, int hour, ColumnProfile column) {
    return profile(kind, hour, RowCounts.of(100), List.of(column), WindowFindings.NONE);
  }

  static DataProfile input(int hour, ColumnProfile column) {
    return of(ProfileKind.INPUT, hour, column);
  }

  static DataProfile output(int hour, ColumnProfile column) {
    return of(ProfileKind.OUTPUT, hour, column);
  }

  /** Returns a summary of 100 rows. */
  static DataProfile summary(ProfileKind kind, int hour) {
    return profile(kind, hour, RowCounts.of(100), List.of(), WindowFindings.NONE);
  }

  /** Returns a summary of inputs of which so many of 100 were rejected. */
  static DataProfile rejected(int hour, long rejected) {
    return profile(
        ProfileKind.INPUT,
        hour,
        new RowCounts(100, rejected, 0, 100, 0, 0, 0),
        List.of(),
        new WindowFindings(
            List.of(),
            rejected == 0 ? List.of() : List.of(new RejectionCount(Reason.MISSING, "", rejected))));
  }

  /** Returns a summary of 50 inputs with what it says of an expectation of the mean of x. */
  static DataProfile expecting(int hour, Severity severity, Boolean met) {
    ExpectationResult result =
        new ExpectationResult(
            "MEAN x",
            ExpectationType.MEAN,
            "mean [0, 5]",
            List.of("x"),
            severity,
            50,
            0,
            null,
            1,
            "9",
            met,
            "");
    return profile(
        ProfileKind.INPUT, hour, RowCounts.of(50), List.of(), WindowFindings.of(List.of(result)));
  }

  private static DataProfile profile(
      ProfileKind kind,
      int hour,
      RowCounts counts,
      List<ColumnProfile> columns,
      WindowFindings findings) {
    return new DataProfile(
        DataProfile.FORMAT_VERSION,
        kind,
        new ProfiledModel("model", "1", MODEL),
        new ProfiledWindow(BASELINE, "", hour * HOUR, (hour + 1) * HOUR, "PT1H", "UTC", 0),
        counts,
        columns,
        List.of(),
        List.of(),
        null,
        "sluice",
        findings,
        List.of());
  }

  /** Returns a profile as that of a segment. */
  static DataProfile of(String segment, DataProfile profile) {
    ProfiledWindow window = profile.window();
    return new DataProfile(
        profile.formatVersion(),
        profile.kind(),
        profile.model(),
        new ProfiledWindow(
            window.baselineSha256(),
            segment,
            window.start(),
            window.end(),
            window.length(),
            window.timeZone(),
            window.revision()),
        profile.counts(),
        profile.columns(),
        profile.outputs(),
        profile.expectations(),
        null,
        profile.creator(),
        profile.findings(),
        List.of());
  }

  /** Segments of a text that has these values. */
  static Segments segments(String... values) {
    FeatureColumn station = new FeatureColumn("station", ElementType.STRING, 1);
    return Segments.plan(
        new SegmentOptions("station", List.of(values), 100),
        new FeatureLayout(List.of(station), List.of()),
        DataProfile.empty());
  }

  /** Returns a profile of late rows, which has no window. */
  static DataProfile late() {
    return new DataProfile(
        ProfileKind.INPUT,
        new ProfiledModel("model", "1", MODEL),
        ProfiledWindow.none(""),
        new RowCounts(0, 0, 7),
        List.of(),
        List.of(),
        List.of(),
        null,
        "sluice");
  }

  /** Returns a column of 100 numbers that are not missing. */
  static ColumnProfile column(String name, DriftVerdict verdict, DriftSignKind... signs) {
    return column(name, 100, 0, verdict, signs);
  }

  static ColumnProfile column(
      String name, long rows, long missing, DriftVerdict verdict, DriftSignKind... signs) {
    return column(name, ElementType.DOUBLE, rows, missing, verdict, signs);
  }

  static ColumnProfile column(
      String name,
      ElementType type,
      long rows,
      long missing,
      DriftVerdict verdict,
      DriftSignKind... signs) {
    double psi = verdict == DriftVerdict.DRIFT ? 0.5 : 0.01;
    ColumnDrift drift =
        new ColumnDrift(
            "psi",
            psi,
            0.1,
            0,
            verdict,
            "season 07",
            100,
            new Significance("chi_square", 9, 9, 0.00125, verdict == DriftVerdict.DRIFT),
            List.of(),
            Arrays.stream(signs).map(kind -> new DriftSign(kind, 1.5, "it is " + kind)).toList());
    return new ColumnProfile(
        name,
        type,
        rows,
        missing,
        NumberSummary.NONE,
        TextSummary.NONE,
        SizeSummary.NONE,
        Occurrences.NONE,
        Distinct.exactly(1),
        List.of(),
        drift,
        "",
        List.of());
  }
}
