package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.WindowSize;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.file.DataProfileFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileCheckTest {
  @Test
  void eachSegmentNeedsAnOpenWindow() {
    assertThat(ProfileCheck.segments(1000, 1000).warnings()).isEmpty();
    assertThat(ProfileCheck.segments(1001, 1000).warnings())
        .singleElement()
        .asString()
        .startsWith("profile.open-windows.max is 1000, but there are 1001 segments")
        .contains("expected 1001 or more");
    assertThat(ProfileCheck.segments(1001, 1000).problems()).isEmpty();
  }

  /** The demo's baseline of hourly measurements, whose days differ much from one another. */
  @ParameterizedTest
  @CsvSource({"PT1M", "PT1H"})
  void windowsThatAreTooShortToTellDriftAreNamed(String window) throws IOException {
    DataProfile profile =
        DataProfileFile.read(
            Path.of("src/main/resources/models/air-quality-mlp/data-profile.json"));
    assertThat(ProfileCheck.reach(profile, WindowSize.parse(window), 0.1).warnings())
        .singleElement()
        .asString()
        .startsWith("data profile: windows of " + window + " are too short to tell drift of SO2,")
        .contains(" more, whose values")
        .contains(" TEMP and 9 more,") // the hour, too: of each day the same, and of no hour
        .endsWith("expected profile.window of PT22H or more for all of them");
    assertThat(ProfileCheck.reach(profile, WindowSize.parse("P1D"), 0.1).warnings()).isEmpty();
    assertThat(ProfileCheck.reach(profile, WindowSize.parse("P1M"), 0.1).warnings()).isEmpty();
  }

  @Test
  void anEffectThatNoIndexReachesIsNamed() throws IOException {
    DataProfile profile =
        DataProfileFile.read(
            Path.of("src/main/resources/models/air-quality-mlp/data-profile.json"));
    assertThat(ProfileCheck.reach(profile, WindowSize.parse("P1M"), 20).warnings())
        .singleElement()
        .asString()
        .startsWith("drift.min-effect is 20.0, more than the index of SO2,");
    assertThat(ProfileCheck.reach(profile, WindowSize.parse("P1M"), 1).warnings()).isEmpty();
  }
}
