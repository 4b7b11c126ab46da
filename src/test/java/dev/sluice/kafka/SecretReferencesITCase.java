package dev.sluice.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secrets that are kept elsewhere. */
class SecretReferencesITCase extends SecurityChecks {
  @Test
  void secretsComeFromFilesAndTheEnvironment() throws IOException {
    Path file = Files.writeString(directory.resolve("secrets"), "password=" + SecureKafka.PASSWORD);
    Path single = Files.writeString(directory.resolve("password"), SecureKafka.PASSWORD);
    check(sasl("all", "${file:" + file + ":password}"));
    check(sasl("all", "${directory:" + directory + ":" + single.getFileName() + "}"));
    check(sasl(SecureKafka.ENVIRONMENT_USER, "${env:" + SecureKafka.ENVIRONMENT_VARIABLE + "}"));
  }

  @ParameterizedTest
  @CsvSource({
    "${env:NO_SUCH_VARIABLE}, but NO_SUCH_VARIABLE is not set",
    "${file:DIRECTORY/other:password}, but password is not in that file",
    "${file:password}, expected a path between two colons",
    "${vault:a:b}, 'expected ${env:NAME}, ${file:PATH:KEY} or ${directory:PATH:FILE}'",
  })
  void aReferenceThatLeadsNowhereIsNamed(String reference, String problem) throws IOException {
    Files.writeString(directory.resolve("other"), "another=" + SecureKafka.PASSWORD);
    String given = reference.replace("DIRECTORY", directory.toString());
    assertThat(refusal(sasl("all", given)))
        .containsExactly(
            CONSUMER + ": kafka.properties.sasl.jaas.config refers to " + given + ", " + problem);
  }

  @Test
  void aReferenceToNoFileIsNamed() {
    assertThat(refusal(sasl("all", "${file:/no/such:password}")))
        .singleElement()
        .asString()
        .startsWith(
            CONSUMER
                + ": kafka.properties.sasl.jaas.config refers to ${file:/no/such:password}, which"
                + " cannot be read: ")
        .contains("/no/such");
  }
}
