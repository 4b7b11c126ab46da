package dev.sluice.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoInstantTest {
  @ParameterizedTest
  @CsvSource({
    "2026-01-31T09:00Z, 2026-01-31T09:00:00Z",
    "2026-01-31T09:00z, 2026-01-31T09:00:00Z",
    "2026-01-31T17:00+08:00, 2026-01-31T09:00:00Z",
    "2026-01-31T09:00:00.5Z, 2026-01-31T09:00:00.500Z",
    "2016-12-31T23:59:60Z, 2016-12-31T23:59:59Z",
    "2026-01-31T24:00:00Z, 2026-02-01T00:00:00Z"
  })
  void readsEachForm(String text, Instant instant) {
    assertThat(IsoInstant.parse(text)).isEqualTo(instant);
  }

  @Test
  void readsWhatJavaWrites() {
    for (long second : new long[] {0, 1, 60, 3_600, 86_400, -60}) {
      Instant instant = Instant.ofEpochSecond(second);
      OffsetDateTime utc = instant.atOffset(ZoneOffset.UTC);
      assertThat(IsoInstant.parse(instant.toString())).isEqualTo(instant);
      assertThat(IsoInstant.parse(utc.toString())).isEqualTo(instant);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Z", ":Z", "2026-01-31Z", "2026-01-31T09Z", "2026-01-31T09:00"})
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> IsoInstant.parse(text)).isInstanceOf(DateTimeException.class);
  }
}
