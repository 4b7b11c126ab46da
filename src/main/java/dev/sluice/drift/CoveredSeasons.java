package dev.sluice.drift;

import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.PartKind;
import dev.sluice.profile.ProfilePart;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.Season;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.List;

/**
 * The seasons of a baseline that a window covers, wholly or in part. Where it covers all that there
 * are, or none, it is compared with the baseline.
 *
 * @param name {@code season 07}, {@code seasons 02, 03}, or of more {@code 24 seasons, MON 00 to
 *     MON 23}
 * @param parts none for the whole baseline
 */
record CoveredSeasons(String name, List<ProfilePart> parts) {
  private static final int NAMED = 4;

  static CoveredSeasons of(DataProfile baseline, ProfiledWindow window) {
    List<ProfilePart> seasons =
        baseline.parts().stream().filter(part -> part.kind() == PartKind.SEASON).toList();
    List<ProfilePart> covered = List.of();
    if (!seasons.isEmpty()) {
      Season season = Season.withPart(seasons.get(0).value());
      BitSet parts = season.covered(window.start(), window.end(), zone(baseline, window));
      covered = seasons.stream().filter(part -> parts.get(season.indexOf(part.value()))).toList();
    }
    return covered.isEmpty() || covered.size() == seasons.size()
        ? new CoveredSeasons(ColumnDrift.BASELINE, List.of())
        : new CoveredSeasons(nameOf(covered), covered);
  }

  /** The seasons were told apart in the time zone of the baseline. */
  private static ZoneId zone(DataProfile baseline, ProfiledWindow window) {
    String zone = baseline.window().timeZone();
    return ZoneId.of(zone.isEmpty() ? window.timeZone() : zone);
  }

  private static String nameOf(List<ProfilePart> covered) {
    List<String> values = covered.stream().map(ProfilePart::value).toList();
    if (values.size() == 1) {
      return "season " + values.get(0);
    }
    return values.size() <= NAMED
        ? "seasons " + String.join(", ", values)
        : values.size() + " seasons, " + values.get(0) + " to " + values.get(values.size() - 1);
  }
}
