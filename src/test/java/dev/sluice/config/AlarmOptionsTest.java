package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlarmOptionsTest {
  private static AlarmOptions read(String... options) {
    Configuration configuration = new Configuration();
    for (int i = 0; i < options.length; i += 2) {
      configuration.setString(options[i], options[i + 1]);
    }
    return AlarmOptions.from(configuration);
  }

  @Test
  void windowsAreReadAndWrittenTheSame() {
    assertThat(AlarmWindows.parse("3 of  10")).isEqualTo(new AlarmWindows(3, 10));
    assertThat(AlarmWindows.parse("30 of 30")).hasToString("30 of 30");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3 of 2", "0 of 2", "1 of 31", "2", "2 of", "2/3", "-1 of 2", "100 of 3"})
  void otherWindowsAreRefused(String windows) {
    assertThatThrownBy(() -> read("alarms.windows", windows))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining(
            "alarms.windows is "
                + windows
                + ", expected k of n with 1 <= k <= n <= 30, such as 2 of 3");
  }

  @Test
  void silenceIsLongerThanFromOneCheckpointToTheNext() {
    assertThatThrownBy(() -> read("alarms.silence", "10 s"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining(
            "alarms.silence is 10 s, expected more than checkpoint.interval, which is 10 s, or 0");
    assertThatThrownBy(() -> read("checkpoint.interval", "20 min"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining(
            "alarms.silence is 15 min, expected more than checkpoint.interval, which is 20 min");
    assertThat(read("alarms.silence", "10001 ms").silence()).hasMillis(10_001);
    assertThat(read("alarms.silence", "0").silence()).isZero();
    assertThat(read("alarms.silence", "1 s", "alarms.enabled", "false").enabled()).isFalse();
    assertThat(read("alarms.silence", "1 s", "profile.enabled", "false").silence()).hasSeconds(1);
  }
}
