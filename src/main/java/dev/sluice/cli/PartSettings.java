package dev.sluice.cli;

import dev.sluice.profile.Season;
import dev.sluice.profile.build.PartOptions;
import java.time.ZoneId;
import picocli.CommandLine.Option;

/** What a profile is divided by. */
final class PartSettings {
  @Option(
      names = "--segment-by",
      defaultValue = "",
      paramLabel = "FIELD",
      description =
          "Also profile the rows of each value of this field apart; those without a value have an"
              + " empty name.")
  private String segmentField;

  @Option(
      names = "--segments-max",
      defaultValue = "" + PartOptions.DEFAULT_MAX_SEGMENTS,
      paramLabel = "N",
      description =
          "Segments that are kept apart, the most frequent ones (default: ${DEFAULT-VALUE}); the"
              + " rest is in the segment other.")
  private int maxSegments;

  @Option(
      names = "--season",
      defaultValue = "",
      paramLabel = "CYCLE",
      description =
          "Also profile the rows by the season of their event time in the time zone: month or"
              + " hour-of-week.")
  private String season;

  /**
   * Returns what the options ask for.
   *
   * @param eventTimeField empty where there is none
   * @throws IllegalArgumentException if one is out of range, or seasons have no event time
   */
  PartOptions read(String eventTimeField, ZoneId zone) {
    Season cycle = season.isEmpty() ? Season.NONE : Season.of("--season", season);
    if (cycle != Season.NONE && eventTimeField.isEmpty()) {
      throw new IllegalArgumentException(
          "--season is " + season + ", expected --event-time-field beside it");
    }
    if (maxSegments < 1 || maxSegments > PartOptions.MAX_SEGMENTS) {
      throw new IllegalArgumentException(
          "--segments-max is " + maxSegments + ", expected 1 to " + PartOptions.MAX_SEGMENTS);
    }
    return new PartOptions(segmentField, maxSegments, cycle, zone);
  }
}
