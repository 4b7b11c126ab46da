package dev.sluice.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.PartKind;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfilePart;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.Season;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferencesTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private static ProfiledWindow window(String segment, String start, String end) {
    return new ProfiledWindow("", segment, millis(start), millis(end), "P1M", "Asia/Shanghai", 0);
  }

  private static long millis(String local) {
    return LocalDateTime.parse(local).atZone(ZONE).toInstant().toEpochMilli();
  }

  private static DataProfile baseline(ProfilePart... parts) {
    ColumnProfile whole =
        MergedColumn.of(List.of(parts).stream().map(part -> part.columns().get(0)).toList());
    DataProfile utc = Samples.baseline(whole);
    return new DataProfile(
            utc.kind(),
            utc.model(),
            ProfiledWindow.none("Asia/Shanghai"),
            utc.counts(),
            utc.columns(),
            utc.outputs(),
            utc.expectations(),
            utc.dataSet(),
            utc.creator())
        .withParts(List.of(parts));
  }

  private static DataProfile months() {
    List<ProfilePart> parts = new ArrayList<>();
    for (int month = 1; month <= 12; month++) {
      ColumnProfile column = Samples.counts(month, month, 2 * month, 0, 1);
      parts.add(Samples.part(PartKind.SEASON, Season.MONTH.nameOf(month - 1), column));
    }
    return baseline(parts.toArray(ProfilePart[]::new));
  }

  private static Reference of(DataProfile baseline, ProfiledWindow window) {
    return References.of(baseline, ProfileKind.INPUT, window).of("x").orElseThrow();
  }

  @Test
  void aMonthIsComparedWithTheSameMonth() {
    Reference reference = of(months(), window("", "2016-07-01T00:00:00", "2016-08-01T00:00:00"));
    assertThat(reference.name()).isEqualTo("season 07");
    assertThat(reference.column().gridCounts()).containsExactly(7L, 14L, 0L, 1L);
    assertThat(reference.whole().gridCounts()).containsExactly(78L, 156L, 0L, 12L);
  }

  @Test
  void theBordersAreThoseOfTheBaselinesTimeZone() {
    String midnight = "2016-08-01T00:00:00";
    assertThat(of(months(), window("", "2016-07-31T23:00:00", midnight)).name())
        .isEqualTo("season 07");
    assertThat(of(months(), window("", midnight, "2016-08-01T01:00:00")).name())
        .isEqualTo("season 08");
  }

  @Test
  void aWindowOverSeveralSeasonsIsComparedWithThemTogether() {
    Reference reference = of(months(), window("", "2016-01-29T00:00:00", "2016-02-05T00:00:00"));
    assertThat(reference.name()).isEqualTo("seasons 01, 02");
    ColumnProfile both = reference.column();
    assertThat(both.gridCounts()).containsExactly(3L, 6L, 0L, 2L);
    assertThat(both.missing()).isEqualTo(3);
    assertThat(both.values()).isEqualTo(Map.of("1", 3L, "2", 6L, "4", 2L));
    assertThat(both.mean()).isEqualTo((3 * 1 + 6 * 2 + 2 * 4) / 11.0);
    assertThat(both.min()).isEqualTo(1);
    assertThat(of(months(), window("", "2016-01-29T00:00:00", "2016-06-05T00:00:00")).name())
        .isEqualTo("6 seasons, 01 to 06");
  }

  @Test
  void aYearIsComparedWithTheBaseline() {
    Reference reference = of(months(), window("", "2016-03-01T00:00:00", "2017-03-01T00:00:00"));
    assertThat(reference.name()).isEqualTo("baseline");
    assertThat(reference.column()).isSameAs(reference.whole());
  }

  @Test
  void anHourIsComparedWithTheSameHourOfTheWeek() {
    List<ProfilePart> parts = new ArrayList<>();
    for (int hour = 0; hour < 168; hour++) {
      parts.add(
          Samples.part(
              PartKind.SEASON, Season.HOUR_OF_WEEK.nameOf(hour), Samples.counts(0, hour + 1)));
    }
    DataProfile baseline = baseline(parts.toArray(ProfilePart[]::new));
    // 2016-07-04 was a Monday
    Reference hour = of(baseline, window("", "2016-07-05T14:00:00", "2016-07-05T15:00:00"));
    assertThat(hour.name()).isEqualTo("season TUE 14");
    assertThat(hour.column().rows()).isEqualTo(24 + 14 + 1);
    assertThat(of(baseline, window("", "2016-07-04T00:00:00", "2016-07-05T00:00:00")).name())
        .isEqualTo("24 seasons, MON 00 to MON 23");
    assertThat(of(baseline, window("", "2016-07-01T00:00:00", "2016-08-01T00:00:00")).name())
        .isEqualTo("baseline");
  }

  @Test
  void aSeasonThatTheBaselineLacksIsLeftOut() {
    DataProfile baseline =
        baseline(
            Samples.part(PartKind.SEASON, "01", Samples.counts(0, 1)),
            Samples.part(PartKind.SEASON, "02", Samples.counts(0, 2)));
    assertThat(of(baseline, window("", "2016-07-01T00:00:00", "2016-08-01T00:00:00")).name())
        .isEqualTo("baseline");
    assertThat(of(baseline, window("", "2016-02-28T00:00:00", "2016-03-02T00:00:00")).name())
        .isEqualTo("season 02");
  }

  @Test
  void aSegmentIsComparedWithTheSameSegmentAndNotWithItsSeason() {
    DataProfile baseline =
        baseline(
            Samples.part(PartKind.SEGMENT, "Tiantan", Samples.counts(0, 5)),
            Samples.part(PartKind.SEGMENT, "other", Samples.counts(0, 6)));
    String start = "2016-07-01T00:00:00";
    String end = "2016-08-01T00:00:00";
    Reference segment = of(baseline, window("Tiantan", start, end));
    assertThat(segment.name()).isEqualTo("segment Tiantan");
    assertThat(segment.column().rows()).isEqualTo(5);
    assertThat(of(baseline, window("other", start, end)).name()).isEqualTo("segment other");
    assertThat(of(baseline, window("Gucheng", start, end)).name()).isEqualTo("baseline");
    assertThat(of(months(), window("Gucheng", start, end)).name()).isEqualTo("baseline");
  }
}
