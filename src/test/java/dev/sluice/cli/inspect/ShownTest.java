package dev.sluice.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShownTest {
  @Test
  void whatCanBeSeenStays() {
    assertThat(Shown.text("PM2.5 in µg/m³, 北京 🙂")).isEqualTo("PM2.5 in µg/m³, 北京 🙂");
  }

  @Test
  void whatSteersATerminalIsWritten() {
    assertThat(Shown.text("a\u001b[31mb\u009b0m\r\n\u202ec\u2028d\u200be\ud800"))
        .isEqualTo("a\\u{1b}[31mb\\u{9b}0m\\u{d}\\u{a}\\u{202e}c\\u{2028}d\\u{200b}e\\u{d800}");
  }

  @Test
  void whatIsLongIsCut() {
    assertThat(Shown.text("x".repeat(1000)))
        .isEqualTo("x".repeat(Shown.MAX) + "... (1000 characters)");
    assertThat(Shown.text("x".repeat(Shown.MAX))).hasSize(Shown.MAX);
  }

  @Test
  void rowsAreAlignedAndCounted() {
    Lines lines =
        new Lines()
            .line("Files")
            .rows(
                List.of(
                    List.of("a", "1"), List.of("long", "2"), List.of("b", "3"), List.of("c", "4")),
                2);

    assertThat(lines.lines()).containsExactly("Files", "  a     1", "  long  2", "  and 2 more");
  }
}
