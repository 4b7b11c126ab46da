package dev.sluice.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.WindowSize;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTimeWindowsTest {
  private static EventTimeWindows windows(String size, String offset, String zone) {
    return new EventTimeWindows(
        WindowSize.parse(size), WindowSize.parseOffset(offset), ZoneId.of(zone));
  }

  @ParameterizedTest
  @CsvSource({
    "PT1H, PT0S, UTC",
    "PT15M, PT5M, Europe/Berlin",
    "PT0.007S, PT0.003S, UTC",
    "PT24H, PT6H, Asia/Shanghai",
    "P1D, PT0S, UTC",
    "P1D, PT0S, Europe/Berlin",
    "P1D, PT2H, Europe/Berlin",
    "P1D, PT2H30M, Europe/Berlin",
    "P1D, PT1H30M, America/New_York",
    "P1D, PT0S, Asia/Shanghai",
    "P1D, PT0S, America/Sao_Paulo",
    "P1D, PT0S, America/Havana",
    "P1D, PT1H, Pacific/Apia",
    "P1D, PT0S, Australia/Lord_Howe",
    "P1W, PT0S, Europe/Berlin",
    "P7D, P2D, America/New_York",
    "P10D, P3D, Europe/Berlin",
    "P1M, PT0S, Europe/Berlin",
    "P1M, PT0S, Asia/Shanghai",
    "P1M, P10D, America/New_York",
    "P1M, P30D, America/New_York",
    "P1M, PT8H, UTC",
    "P3M, P1M, Europe/Berlin",
    "P1Y, PT0S, America/New_York",
    "P1Y, P2M, Europe/Berlin",
    "P1Y, P59D, Asia/Shanghai",
    "P4Y, P1Y, UTC",
  })
  void windowsTileTheTimeline(String size, String offset, String zone) {
    EventTimeWindows remembering = windows(size, offset, zone);
    for (long time : times(ZoneId.of(zone))) {
      EventTimeWindows fresh = windows(size, offset, zone);
      long start = fresh.startOf(time);
      long end = fresh.endOf(time);
      assertThat(time).as("time").isGreaterThanOrEqualTo(start).isLessThan(end);
      assertThat(remembering.startOf(time)).as("start, remembered").isEqualTo(start);
      assertThat(remembering.endOf(time)).as("end, remembered").isEqualTo(end);
      for (long inside : new long[] {start, start + (end - start) / 2, end - 1}) {
        EventTimeWindows other = windows(size, offset, zone);
        assertThat(other.startOf(inside)).as("start at %s", inside).isEqualTo(start);
        assertThat(other.endOf(inside)).as("end at %s", inside).isEqualTo(end);
      }
      assertThat(windows(size, offset, zone).startOf(end)).as("next").isEqualTo(end);
      assertThat(windows(size, offset, zone).endOf(start - 1)).as("previous").isEqualTo(start);
    }
  }

  /** Times of 1890 to 2110, half of them around a change of the clock or the end of February. */
  private static List<Long> times(ZoneId zone) {
    Random random = new Random(zone.getId().hashCode());
    long first = Instant.parse("1890-01-01T00:00:00Z").toEpochMilli();
    long last = Instant.parse("2110-01-01T00:00:00Z").toEpochMilli();
    List<Long> times = new ArrayList<>(List.of(-1L, 0L, 1L));
    for (int i = 0; i < 300; i++) {
      long time = random.nextLong(first, last);
      times.add(time);
      int hours = random.nextInt(-30, 30);
      ZoneOffsetTransition change = zone.getRules().nextTransition(Instant.ofEpochMilli(time));
      if (change != null) {
        for (long millis : new long[] {0, -1, random.nextLong(7_200_000)}) {
          times.add(change.getInstant().toEpochMilli() + hours * 3_600_000L + millis);
        }
      }
      LocalDate march = LocalDate.of(1890 + random.nextInt(220), 3, 1);
      times.add(march.atStartOfDay(zone).toInstant().toEpochMilli() + hours * 3_600_000L - 1);
    }
    return times;
  }

  @ParameterizedTest
  @CsvSource({
    // size, offset, zone, time, start, end; the lengths follow from the zones' rules
    "PT1H, PT0S, UTC, 2026-01-31T12:34:56Z, 2026-01-31T12:00:00Z, 2026-01-31T13:00:00Z",
    "PT1H, PT5M, UTC, 1969-12-31T23:02:00Z, 1969-12-31T22:05:00Z, 1969-12-31T23:05:00Z",
    "P1D, PT0S, Europe/Berlin, 2026-03-29T12:00:00Z, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
    "P1D, PT0S, Europe/Berlin, 2026-10-25T12:00:00Z, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
    "P1D, PT0S, America/New_York, 2026-03-08T12:00:00Z, 2026-03-08T05:00:00Z, 2026-03-09T04:00:00Z",
    "P1D, PT0S, America/New_York, 2026-11-01T12:00:00Z, 2026-11-01T04:00:00Z, 2026-11-02T05:00:00Z",
    "P1D, PT0S, Asia/Shanghai, 2026-06-01T15:59:59Z, 2026-05-31T16:00:00Z, 2026-06-01T16:00:00Z",
    "P1W, PT0S, UTC, 2026-02-01T00:00:00Z, 2026-01-26T00:00:00Z, 2026-02-02T00:00:00Z",
    "P7D, PT0S, UTC, 1969-12-28T23:00:00Z, 1969-12-22T00:00:00Z, 1969-12-29T00:00:00Z",
    "P1M, PT0S, UTC, 2024-02-29T23:59:59Z, 2024-02-01T00:00:00Z, 2024-03-01T00:00:00Z",
    "P1M, PT0S, UTC, 2023-02-28T23:59:59Z, 2023-02-01T00:00:00Z, 2023-03-01T00:00:00Z",
    "P1Y, PT0S, UTC, 1968-07-01T00:00:00Z, 1968-01-01T00:00:00Z, 1969-01-01T00:00:00Z",
    "P1Y, P2M, UTC, 2024-02-29T12:00:00Z, 2023-03-01T00:00:00Z, 2024-03-01T00:00:00Z",
    "P1Y, P2M, Asia/Shanghai, 2024-02-29T16:00:00Z, 2024-02-29T16:00:00Z, 2025-02-28T16:00:00Z",
    // The second 02:10 of the day on which the clock goes back comes after the first 02:30.
    "P1D, PT2H30M, Europe/Berlin, 2026-10-25T01:10:00Z, 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z",
  })
  void windowsAreThoseOfTheCalendar(
      String size, String offset, String zone, Instant time, Instant start, Instant end) {
    EventTimeWindows windows = windows(size, offset, zone);
    assertThat(Instant.ofEpochMilli(windows.startOf(time.toEpochMilli()))).isEqualTo(start);
    assertThat(Instant.ofEpochMilli(windows.endOf(time.toEpochMilli()))).isEqualTo(end);
  }

  @ParameterizedTest
  @CsvSource({"PT24H, PT6H", "PT1H, PT0S", "P1D, PT0S", "P1M, P10D", "P1Y, P2M"})
  void windowsAreCutAtTheEndsOfTime(String size, String offset) {
    for (long time : new long[] {Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE - 1}) {
      EventTimeWindows windows = windows(size, offset, "Europe/Berlin");
      assertThat(windows.startOf(time)).isLessThanOrEqualTo(time);
      assertThat(windows.endOf(time)).isGreaterThan(time);
    }
  }

  @Test
  void aWindowHasTheLengthOfItsDuration() {
    EventTimeWindows windows = windows("PT90M", "PT0S", "Europe/Berlin");
    long time = Instant.parse("2026-03-29T01:00:00Z").toEpochMilli();
    assertThat(windows.endOf(time) - windows.startOf(time))
        .isEqualTo(Duration.ofMinutes(90).toMillis());
  }
}
