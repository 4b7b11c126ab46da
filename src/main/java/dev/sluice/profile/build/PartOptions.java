package dev.sluice.profile.build;

import static java.util.Objects.requireNonNull;

import dev.sluice.profile.Season;
import java.time.ZoneId;

/**
 * What a baseline is divided by, besides being of all rows.
 *
 * @param segmentField the column whose values make the segments, one single value per row; empty
 *     for none
 * @param maxSegments the most segments that are kept apart, at least 1; the rest is in one
 * @param season the cycle of the calendar, {@link Season#NONE} for none
 * @param zone the time zone of that calendar
 */
public record PartOptions(String segmentField, int maxSegments, Season season, ZoneId zone) {
  /** The most segments that are kept apart, unless told otherwise. */
  public static final int DEFAULT_MAX_SEGMENTS = 100;

  /** The most distinct values of the field that makes the segments. */
  public static final int MAX_SEGMENTS = 100_000;

  /** No parts. */
  public static final PartOptions NONE =
      new PartOptions("", DEFAULT_MAX_SEGMENTS, Season.NONE, ZoneId.of("UTC"));

  /**
   * @throws IllegalArgumentException if {@code maxSegments} is less than 1
   */
  public PartOptions {
    requireNonNull(segmentField, "segmentField is null");
    requireNonNull(season, "season is null");
    requireNonNull(zone, "zone is null");
    if (maxSegments < 1 || maxSegments > MAX_SEGMENTS) {
      throw new IllegalArgumentException(
          "the most segments are " + maxSegments + ", expected 1 to " + MAX_SEGMENTS);
    }
  }

  boolean hasSegments() {
    return !segmentField.isEmpty();
  }

  boolean hasParts() {
    return hasSegments() || season != Season.NONE;
  }
}
