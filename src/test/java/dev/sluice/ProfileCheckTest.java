package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
}
