package dev.sluice.kafka;

import static dev.sluice.kafka.registry.StubRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kafka.registry.Registries;
import dev.sluice.kafka.registry.StubRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RegistryCheckTest {
  private final StubRegistry registry = StubRegistry.start();

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void aRegistryIsThere() {
    registry.on("/schemas/types", answer(200, "[\"AVRO\"]"));
    assertThat(problems("features.format", "confluent")).isEmpty();
    assertThat(problems("formats.alarms", "confluent")).isEmpty();
    assertThat(registry.requests).hasSize(2);
  }

  @Test
  void oneThatNobodyNeedsIsNotAsked() {
    assertThat(problems()).isEmpty();
    assertThat(registry.requests).isEmpty();
  }

  @Test
  void aRefusedLoginIsOneLine() {
    registry.all(answer(401, ""));
    assertThat(problems("features.format", "auto", "registry.token", "s3cr3t"))
        .containsExactly(
            "registry "
                + registry.url()
                + " refuses us (401), shown was the token of registry.token");
    assertThat(registry.requests).hasSize(1);
  }

  @Test
  void anAddressOfSomethingElseIsOneLine() {
    assertThat(problems("features.format", "confluent"))
        .containsExactly(
            "registry "
                + registry.url()
                + " answers 404 to /schemas/types as no registry does; is registry.url the root of"
                + " Confluent's API?");
  }

  @Test
  void nobodyThereIsOneLine() {
    registry.close();
    assertThat(problems("features.format", "confluent"))
        .containsExactly(
            "registry "
                + registry.url()
                + " does not answer: ConnectException: Connection refused");
  }

  private List<String> problems(String... options) {
    List<String> problems = new ArrayList<>();
    new RegistryCheck()
        .check(
            Registries.job(registry.url(), options),
            null,
            null,
            problems::add,
            warning -> problems.add("warning: " + warning));
    return problems;
  }
}
