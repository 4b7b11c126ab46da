package dev.sluice.report.console;

import dev.sluice.profile.Advice;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmCourse;
import dev.sluice.profile.AlarmKind;
import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.record.ElementType;
import dev.sluice.record.Severity;
import java.util.List;
import java.util.Random;

/** Profiles of windows of one hour, as a job would publish them. */
public final class SampleWindows {
  public static final long HOUR = 3_600_000;
  static final long START = 1_517_443_200_000L; // 2018-02-01T00:00:00Z
  private static final ProfiledModel MODEL = new ProfiledModel("pm25", "3", "ab".repeat(32));
  private static final double THRESHOLD = 0.1;

  private SampleWindows() {}

  /** Returns the summary of an hour: 500 records, 10 rejected, 2 malformed. */
  public static DataProfile summary(ProfileKind kind, int hour, String segment) {
    return window(kind, hour, segment, List.of());
  }

  /** Returns an hour of a column whose values are normal around a mean, and its distance. */
  public static DataProfile column(
      ProfileKind kind, int hour, String segment, String name, double mean, double psi) {
    NumberStatistics numbers = new NumberStatistics(Grid.universal(), 20);
    Random random = new Random(hour * 31L + name.hashCode());
    double[] values = new double[490];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.round((mean + 3 * random.nextGaussian()) * 16) / 16.0;
    }
    numbers.add(values, values.length);
    numbers.addMissing(10);
    ColumnProfile column =
        numbers.toProfile(name, ElementType.DOUBLE, List.of(0.0)).withDrift(drift(psi));
    return window(kind, hour, segment, List.of(column));
  }

  /** Returns an hour of a column without a distribution: as little as there can be. */
  static DataProfile bare(int hour, String name, double psi) {
    return window(
        ProfileKind.INPUT,
        hour,
        "",
        List.of(ColumnProfile.empty(name, ElementType.DOUBLE).withDrift(drift(psi))));
  }

  /** Returns an alarm about the drift of a column in an hour, raised. */
  public static Alarm raised(int hour, String name) {
    ProfiledWindow window = summary(ProfileKind.INPUT, hour, "").window();
    return new Alarm(
            AlarmKind.DRIFT,
            Severity.WARNING,
            ProfileKind.INPUT,
            MODEL,
            window,
            List.of(name),
            "",
            "psi of at most 0.1",
            "0.5",
            490,
            0,
            name + " has drifted")
        .raised(new AlarmCourse(window.start(), 1, 1), Advice.NONE, null);
  }

  /** Returns an alarm about the feed gone silent of a job with a model, by its SHA-256; raised. */
  public static Alarm silent(String modelSha256) {
    return new Alarm(
            AlarmKind.FEED_SILENT,
            Severity.CRITICAL,
            ProfileKind.INPUT,
            new ProfiledModel("pm25", "4", modelSha256),
            new ProfiledWindow("cd".repeat(32), "", null, null, "", "", 0),
            List.of(),
            "",
            "a record at least every 10 min",
            "none",
            0,
            0,
            "no record has come for 10 min")
        .raised(new AlarmCourse(START, 0, 0), Advice.NONE, null);
  }

  /** Returns the same alarm, cleared by an hour. */
  public static Alarm cleared(Alarm raised, int hour) {
    return raised.cleared(
        summary(ProfileKind.INPUT, hour, "").window(),
        raised.course(),
        raised.columns().get(0) + " is as it was");
  }

  private static ColumnDrift drift(double psi) {
    return new ColumnDrift(
        "psi", psi, THRESHOLD, 0.005, psi > THRESHOLD ? DriftVerdict.DRIFT : DriftVerdict.OK);
  }

  private static DataProfile window(
      ProfileKind kind, int hour, String segment, List<ColumnProfile> columns) {
    long start = START + hour * HOUR;
    boolean output = kind == ProfileKind.OUTPUT;
    return new DataProfile(
        kind,
        MODEL,
        new ProfiledWindow("cd".repeat(32), segment, start, start + HOUR, "PT1H", "UTC", 0, true),
        new RowCounts(output ? 488 : 500, 10, 0, 500, 2, output ? 488 : 0, 0),
        columns,
        List.of(),
        List.of(),
        null,
        "sluice");
  }
}
