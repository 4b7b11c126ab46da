package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryOptionsTest {
  private static RegistryOptions read(String url) {
    return OptionReader.read(
            Map.of(
                "kafka.bootstrap-servers", "localhost:1",
                "features.schema", "unused",
                "model.uri", "unused",
                "registry.url", url))
        .registry();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost",
        "https://registry:8081/apis/ccompat/v7",
        "http://schema_registry:8081",
        "http://[::1]:8081/"
      })
  void anAddressIsTaken(String url) {
    assertThat(read(url).url()).contains(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "registry:8081",
        "ftp://registry",
        "http://",
        "http://registry:eighty",
        "http://registry:80810",
        "http://registry/{version}",
        "http://[::1:8081",
        "http://ann:s3cret@registry",
        "http://registry?s3cret",
        "http://one:8081,http://two:8081",
        "http://one,two"
      })
  void whatIsNoneIsRefusedAndNotShown(String url) {
    assertThatThrownBy(() -> read(url))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining(
            "registry.url is no address, expected http:// or https://, host, port and path, no"
                + " user or query")
        .hasMessageNotContaining("s3cret");
  }
}
