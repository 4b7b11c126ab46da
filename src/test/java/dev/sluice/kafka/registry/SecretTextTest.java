package dev.sluice.kafka.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTextTest {
  @TempDir Path directory;

  @Test
  void textStaysAsItIs() {
    assertThat(SecretText.resolve("o", "p$a{s}s\\1${vault:x}")).isEqualTo("p$a{s}s\\1${vault:x}");
  }

  @Test
  void referencesAreReplaced() throws IOException {
    Path file = Files.writeString(directory.resolve("s"), "a.b=x$1\\\\y\nc=ü\n");
    assertThat(SecretText.resolve("o", "<${file:" + file + ":a.b}|${file:" + file + ":c}>"))
        .isEqualTo("<x$1\\y|ü>");
    assertThat(SecretText.resolve("o", "${env:PATH}")).isEqualTo(System.getenv("PATH"));
  }

  @Test
  void whatLeadsNowhereIsNamed() throws IOException {
    assertThatThrownBy(() -> SecretText.resolve("o", "${env:NO_SUCH_1}"))
        .isInstanceOf(RegistryException.class)
        .hasMessage("o refers to the environment variable NO_SUCH_1, which is not set");
    assertThatThrownBy(() -> SecretText.resolve("o", "${file:/no/such:k}"))
        .isInstanceOf(RegistryException.class)
        .hasMessage(
            "o refers to the file /no/such, which cannot be read: NoSuchFileException: /no/such");
    assertThatThrownBy(() -> SecretText.resolve("o", "${file:x}"))
        .isInstanceOf(RegistryException.class)
        .hasMessage("o refers to ${file:x}, expected ${file:PATH:KEY}");
    Path damaged = Files.writeString(directory.resolve("d"), "k=s3cr3t\\uZZZZ\n");
    assertThatThrownBy(() -> SecretText.resolve("o", "${file:" + damaged + ":k}"))
        .isInstanceOf(RegistryException.class)
        .hasMessage("o refers to the file " + damaged + ", which is no properties file")
        .hasNoCause();
  }
}
