package dev.sluice.kafka.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTextTest {
  @TempDir Path directory;

  private static void assertLeadsNowhere(String reference, String problem) {
    assertThatThrownBy(() -> SecretText.resolve("o", "a" + reference + "b"))
        .isInstanceOf(SecretException.class)
        .hasMessage("o refers to " + reference + ", " + problem)
        .hasNoCause();
    assertThat(SecretText.dangling("a" + reference + "b")).contains(reference + ", " + problem);
  }

  @Test
  void textStaysAsItIs() {
    assertThat(SecretText.resolve("o", "p$a{s}s\\1${x}")).isEqualTo("p$a{s}s\\1${x}");
    assertThat(SecretText.dangling("p$a{s}s\\1${x}")).isEmpty();
  }

  @Test
  void referencesAreReplaced() throws IOException {
    Path file = Files.writeString(directory.resolve("s"), "a.b=x$1\\\\y\nc=ü\n");
    assertThat(SecretText.resolve("o", "<${file:" + file + ":a.b}|${file:" + file + ":c}>"))
        .isEqualTo("<x$1\\y|ü>");
    assertThat(SecretText.resolve("o", "${env:PATH}")).isEqualTo(System.getenv("PATH"));
    Files.writeString(directory.resolve("whole"), "${env:PATH}");
    assertThat(SecretText.resolve("o", "${directory:" + directory + ":whole}"))
        .as("what is found is no reference")
        .isEqualTo("${env:PATH}");
  }

  /** Kafka's clients resolve references themselves; both have to find the same. */
  @Test
  void aClientFindsTheSame() throws IOException {
    Path file = Files.writeString(directory.resolve("s"), "k=v\\u00fc\n");
    String text = "<${file:" + file + ":k}|${env:PATH}|${directory:" + directory + ":s}>";
    Map<String, String> properties = SecretText.clientProperties();
    properties.put("p", text);
    AbstractConfig client =
        new AbstractConfig(
            new ConfigDef().define("p", ConfigDef.Type.STRING, ConfigDef.Importance.LOW, ""),
            properties);
    assertThat(client.getString("p")).isEqualTo(SecretText.resolve("o", text)).contains("<vü|");
  }

  @Test
  void whatLeadsNowhereIsNamed() throws IOException {
    assertLeadsNowhere("${env:NO_SUCH_1}", "but NO_SUCH_1 is not set");
    assertLeadsNowhere("${directory:" + directory + ":no}", "but no is no file in that directory");
    assertLeadsNowhere("${file:x}", "expected a path between two colons");
    assertLeadsNowhere(
        "${vault:x}", "expected ${env:NAME}, ${file:PATH:KEY} or ${directory:PATH:FILE}");
    assertLeadsNowhere(
        "${file:/no/such:k}", "which cannot be read: Could not read properties from file /no/such");
    Path damaged = Files.writeString(directory.resolve("d"), "k=s3cr3t\\uZZZZ\n");
    assertLeadsNowhere("${file:" + damaged + ":k}", "which is in no properties file");
    assertLeadsNowhere("${file:" + damaged + ":x}", "which is in no properties file");
    Path other = Files.writeString(directory.resolve("o"), "a=s3cr3t\n");
    assertLeadsNowhere("${file:" + other + ":k}", "but k is not in that file");
  }
}
