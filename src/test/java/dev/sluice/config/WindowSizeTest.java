package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowSizeTest {
  @Test
  void aDurationAndAPeriod() {
    assertThat(WindowSize.parse("PT90M").duration()).isEqualTo(Duration.ofMinutes(90));
    assertThat(WindowSize.parse("P1M").period()).isEqualTo(Period.ofMonths(1));
    assertThat(WindowSize.parse("P1W").period()).isEqualTo(Period.ofDays(7));
    assertThat(WindowSize.parse("PT60M")).isEqualTo(WindowSize.parse("PT1H"));
    assertThat(WindowSize.parse("PT24H")).isNotEqualTo(WindowSize.parse("P1D"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1h", "P", "PT", "P0D", "PT0S", "PT-1H", "P1Y1M", "P1DT1H", "PT0.0001S"})
  void refused(String text) {
    assertThatThrownBy(() -> WindowSize.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theOtherKindIsAnError() {
    assertThatThrownBy(() -> WindowSize.parse("P1D").duration())
        .hasMessage("P1D is a calendar period, not a duration");
    assertThatThrownBy(() -> WindowSize.parse("PT1H").period())
        .hasMessage("PT1H is a duration, not a calendar period");
  }
}
