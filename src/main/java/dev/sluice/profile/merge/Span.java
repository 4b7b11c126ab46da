package dev.sluice.profile.merge;

import dev.sluice.profile.ProfiledWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/** From the start of the first of some windows to the end of the last. */
final class Span {
  private Span() {}

  /**
   * Returns the window that has these in it.
   *
   * @param windows of one baseline, segment and time zone, in order
   */
  static ProfiledWindow of(List<ProfiledWindow> windows) {
    ProfiledWindow first = windows.get(0);
    long start = first.start();
    long end = windows.get(windows.size() - 1).end();
    return new ProfiledWindow(
        first.baselineSha256(),
        first.segment(),
        start,
        end,
        windows.size() == 1 ? first.length() : length(start, end, ZoneId.of(first.timeZone())),
        first.timeZone(),
        0,
        windows.stream().allMatch(ProfiledWindow::isFinal));
  }

  /** Whole days of the zone's calendar are a period, {@code P1D}, {@code P1M}; else a duration. */
  private static String length(long start, long end, ZoneId zone) {
    ZonedDateTime from = Instant.ofEpochMilli(start).atZone(zone);
    ZonedDateTime to = Instant.ofEpochMilli(end).atZone(zone);
    boolean days =
        from.toLocalTime().equals(LocalTime.MIDNIGHT)
            && to.toLocalTime().equals(LocalTime.MIDNIGHT);
    return days
        ? Period.between(from.toLocalDate(), to.toLocalDate()).toString()
        : Duration.between(from, to).toString();
  }

  /** Returns a window's bounds for a message. */
  static String name(ProfiledWindow window) {
    return window.start() == null
        ? "late records"
        : Instant.ofEpochMilli(window.start()) + "/" + Instant.ofEpochMilli(window.end());
  }
}
