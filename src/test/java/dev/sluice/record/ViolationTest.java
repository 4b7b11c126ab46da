package dev.sluice.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ViolationTest {
  @Test
  void boundsItsTexts() {
    String text = "x" + "\uD83D\uDE00".repeat(10_000);
    Violation violation = new Violation(text, Reason.NO_MATCH, Severity.INFO, text, text, text, 3);
    assertThat(violation.value()).hasSize(255).endsWith("\uD83D\uDE00");
    assertThat(violation.column()).hasSize(999);
    assertThat(violation.expectation()).hasSize(999);
    assertThat(violation.bound()).hasSize(999);
  }

  @Test
  void saysWhatItGotAndExpected() {
    assertThat(new Violation("a", Reason.STALE, Severity.INFO, "9", "less", "", 0).message())
        .isEqualTo("feature a is 9, expected less");
    assertThat(new Violation("a", Reason.MISSING, Severity.INFO, "", "a value").message())
        .isEqualTo("feature a is missing, expected a value");
  }
}
