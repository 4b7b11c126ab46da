package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionTableTest {
  private static final Path README = Path.of("README.md");

  @Test
  void theReadmeShowsTheOptionsAsTheyAre() throws IOException {
    String readme = Files.readString(README);
    String updated = OptionTable.update(readme);
    if (Boolean.getBoolean("sluice.update")) {
      Files.writeString(README, updated);
      return;
    }
    assertThat(readme)
        .as(
            "README.md's options are stale; refresh them:"
                + " mvn -q test -Dtest=OptionTableTest -Dsluice.update=true")
        .isEqualTo(updated);
  }

  @Test
  void aRowHasKeyDefaultAndMeaning() {
    assertThat(OptionTable.markdown())
        .contains("| `batch.max-delay` | `10 ms` | Longest time that a row waits for others")
        .contains("| `model.uri` | required | ")
        .contains("| `kafka.properties.*` |  | ")
        .contains("| `batch.max-bytes` | `16 mb` | ");
  }

  @Test
  void aDocumentWithoutMarksIsRefused() {
    assertThatThrownBy(() -> OptionTable.update("# Sluice"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(OptionTable.BEGIN);
  }
}
