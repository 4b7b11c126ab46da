package dev.sluice.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowNameTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2018-01-01T00:00 | 2019-01-01T00:00 | 2018",
        "2018-02-01T00:00 | 2018-03-01T00:00 | Feb 2018",
        "2018-02-03T00:00 | 2018-02-04T00:00 | 3 Feb 2018",
        "2018-02-03T00:00 | 2018-02-10T00:00 | 3 Feb 2018 to 9 Feb 2018",
        "2018-02-03T14:00 | 2018-02-03T15:00 | 3 Feb 2018, 14:00 to 15:00",
        "2018-02-03T23:00 | 2018-02-04T00:00 | 3 Feb 2018, 23:00 to 4 Feb 2018, 00:00",
      })
  void aWindowIsNamedAsAPersonWould(LocalDateTime start, LocalDateTime end, String name) {
    ZoneId zone = ZoneId.of("Asia/Shanghai");
    assertThat(
            WindowName.of(
                start.atZone(zone).toInstant().toEpochMilli(),
                end.atZone(zone).toInstant().toEpochMilli(),
                zone.getId()))
        .isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "1792886400000, Atlantic/Azores, 25 Oct 2026",
    "1793505600000, America/Havana, 1 Nov 2026"
  })
  void anHourBeforeTheClockGoesBackToMidnightIsOfOneDay(long start, String zone, String day) {
    assertThat(WindowName.of(start, start + SampleProfiles.HOUR, zone))
        .isEqualTo(day + ", 00:00 to 00:00");
  }
}
