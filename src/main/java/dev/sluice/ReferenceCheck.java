package dev.sluice;

import dev.sluice.config.DriftOptions;
import dev.sluice.config.ProfileOptions;
import dev.sluice.drift.DriftRule;
import dev.sluice.drift.SmallReferences;
import dev.sluice.drift.SmallReferences.Small;
import dev.sluice.model.verify.Findings;
import dev.sluice.monitor.EventTimeWindows;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfiledWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Holds a data profile against the windows that are to be compared with it. */
final class ReferenceCheck {
  private static final int SHOWN_COLUMNS = 5;
  private static final long MONDAY = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();

  private ReferenceCheck() {}

  /**
   * Checks that what windows of all segments are compared with has enough values for a verdict.
   *
   * @return a warning that names the columns of which no window has one; no problems
   */
  static Findings check(DataProfile profile, ProfileOptions options, DriftOptions drift) {
    Findings findings = new Findings();
    List<Small> small =
        SmallReferences.of(
            profile,
            windows(options),
            new DriftRule(drift.minEffect(), drift.falseDiscoveryRate(), drift.minRows()));
    if (!small.isEmpty()) {
      String shown =
          small.stream()
              .limit(SHOWN_COLUMNS)
              .map(ReferenceCheck::text)
              .collect(Collectors.joining(", "));
      int more = small.size() - SHOWN_COLUMNS;
      findings.warning(
          ("data profile: too few values to tell drift, however many a window has, of %s%s; it takes"
                  + " more training data, fewer seasons or a larger drift.min-effect")
              .formatted(shown, more > 0 ? " and " + more + " more" : ""));
    }
    return findings;
  }

  private static String text(Small small) {
    return String.format(
        Locale.ROOT,
        "%s (got %d in %s, expected %d or more)",
        small.column(),
        small.values(),
        small.reference(),
        small.needed());
  }

  /** Returns windows of each hour of a week and of each day of a year, and so of each season. */
  private static Collection<ProfiledWindow> windows(ProfileOptions options) {
    EventTimeWindows windows = EventTimeWindows.of(options);
    TreeMap<Long, ProfiledWindow> byStart = new TreeMap<>();
    LongStream.concat(
            LongStream.range(0, 7 * 24).map(hour -> MONDAY + hour * HOUR),
            LongStream.range(0, 366).map(day -> MONDAY + day * DAY))
        .forEach(
            time -> {
              long start = windows.startOf(time);
              byStart.put(
                  start,
                  new ProfiledWindow(
                      "",
                      "",
                      start,
                      windows.endOf(time),
                      options.window(),
                      options.timeZone().getId(),
                      0));
            });
    return byStart.values();
  }
}
