package dev.sluice.profile;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * The part of a stream that a profile is about. A baseline has none of it but the time zone: {@link
 * #none}.
 *
 * @param baselineSha256 SHA-256 of the file of the baseline that the window is compared with, in
 *     hexadecimal; empty for a baseline
 * @param segment the part of the data; empty for all of it
 * @param start inclusive, in milliseconds since the epoch; null for a baseline and for late rows
 *     without a window
 * @param end exclusive, in milliseconds since the epoch; null for a baseline; for late rows without
 *     a window the end of the last window that has closed, null before the first
 * @param length as an ISO 8601 period, for example {@code P1D}; empty where start is null
 * @param timeZone the zone whose days and months windows follow, for example {@code Asia/Shanghai}
 * @param revision how often the window was published before
 * @param isFinal whether the window takes no more rows, so that no later revision follows; late
 *     rows without a window, which may be said again together with later ones, have it always
 */
public record ProfiledWindow(
    String baselineSha256,
    String segment,
    Long start,
    Long end,
    String length,
    String timeZone,
    int revision,
    boolean isFinal)
    implements Serializable {
  /**
   * @throws IllegalArgumentException if the window ends before it starts, or starts and has no end
   */
  public ProfiledWindow {
    requireNonNull(baselineSha256, "baselineSha256 is null");
    requireNonNull(segment, "segment is null");
    requireNonNull(length, "length is null");
    requireNonNull(timeZone, "timeZone is null");
    if (start != null && end == null) {
      throw new IllegalArgumentException("windowEnd is missing, windowStart is " + start);
    }
    if (start != null && start >= end) {
      throw new IllegalArgumentException(
          "windowStart is " + start + ", expected less than windowEnd " + end);
    }
  }

  /** A window that takes no more rows. */
  public ProfiledWindow(
      String baselineSha256,
      String segment,
      Long start,
      Long end,
      String length,
      String timeZone,
      int revision) {
    this(baselineSha256, segment, start, end, length, timeZone, revision, true);
  }

  /**
   * Returns a number that tells which of several records of one window and column counts: that of
   * the greatest, and of equals the last. A final one comes before all that are not, since a job
   * that begins anew without its state counts revisions anew; else that published last.
   */
  public int rank() {
    return isFinal ? revision : revision + Integer.MIN_VALUE;
  }

  /**
   * No window: what a baseline has.
   *
   * @param timeZone the zone of its event times, empty where it has none
   */
  public static ProfiledWindow none(String timeZone) {
    return new ProfiledWindow("", "", null, null, "", timeZone, 0);
  }
}
