package dev.sluice.model.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FormatTableTest {
  @Test
  void thePageShowsTheFormatsAsTheyAre() throws IOException {
    shows(Path.of("src/site/markdown/model-formats.md"), FormatTable.full());
  }

  @Test
  void theReadmeShowsTheFormatsInBrief() throws IOException {
    shows(Path.of("README.md"), FormatTable.brief());
    assertThat(Files.readString(Path.of("README.md"))).contains(FormatTable.CHECK);
  }

  private static void shows(Path document, String tables) throws IOException {
    String text = Files.readString(document);
    String updated = FormatTable.update(text, tables);
    if (Boolean.getBoolean("sluice.update")) {
      Files.writeString(document, updated);
      return;
    }
    assertThat(text)
        .as(
            document
                + " is stale; refresh it:"
                + " mvn -q test -Dtest=FormatTableTest -Dsluice.update=true")
        .isEqualTo(updated);
  }

  @Test
  void everyFormatHasARow() {
    assertThat(FormatTable.full().lines().filter(line -> line.startsWith("| a")))
        .hasSize(ModelFormat.values().length - 1) // plain text has no article
        .allSatisfy(line -> assertThat(line.replace("\\|", "").split("\\|")).hasSizeBetween(4, 5));
  }

  @ParameterizedTest
  @EnumSource
  void aRemedyIsOneLineThatFitsATable(ModelFormat format) {
    assertThat(format.remedy()).isNotBlank().doesNotContain("\n", "|", "`", "UNPACK");
    assertThat(format.recognition()).isNotBlank().doesNotContain("\n", "|");
    assertThat(quotes(format.remedy())).as("quotes of a shell come in pairs").isEven();
  }

  private static long quotes(String text) {
    return text.chars().filter(character -> character == '"').count();
  }

  @Test
  void aValueThatLooksLikeAnotherPlaceholderIsNotReplacedAgain() {
    assertThat(
            ModelFormat.SAVED_MODEL.remedy(
                Map.of("DIR", "SIGNATURE", "SIGNATURE", "$1", "UNPACK", "")))
        .contains("--saved-model SIGNATURE --signature_def $1 ");
  }

  @Test
  void aDocumentWithoutMarksIsRefused() {
    assertThatThrownBy(() -> FormatTable.update("# Formats", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(FormatTable.BEGIN);
  }
}
