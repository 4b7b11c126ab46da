package dev.sluice.kafka.registry;

import static dev.sluice.kafka.registry.StubRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a real registry does not do on demand; what it does is in {@link ApicurioITCase}. */
@Timeout(60)
class RegistryClientTest {
  private final StubRegistry registry = StubRegistry.start();
  private final RegistryClient client =
      new RegistryClient(Registries.options(registry.url(), "registry.token", "s3cr3t"));

  @AfterEach
  void stop() {
    client.close();
    registry.close();
  }

  @Test
  void anOutageThatEndsIsSatOut() {
    AtomicInteger asked = new AtomicInteger();
    registry.all(
        exchange -> answer(asked.incrementAndGet() < 3 ? 503 : 200, "{\"id\":7}").handle(exchange));
    assertThat(client.register("s", "\"int\"")).isEqualTo(7);
    assertThat(registry.requests).hasSize(3).containsOnly("POST /subjects/s/versions");
  }

  @Test
  void anOutageThatStaysIsOneLine() {
    registry.all(answer(503, "<html>"));
    assertThatThrownBy(() -> client.register("s", "\"int\""))
        .isInstanceOf(RegistryException.class)
        .hasMessage("cannot register subject s: registry " + registry.url() + " answers 503")
        .matches(e -> ((RegistryException) e).isOutage(), "is an outage");
    assertThat(registry.requests).hasSize(4);
  }

  @Test
  void aRefusedLoginIsNotTriedAgain() {
    registry.all(answer(403, ""));
    assertThatThrownBy(() -> client.lookUp("s", "\"int\""))
        .isInstanceOf(RegistryException.class)
        .hasMessage(
            "cannot look up subject s: registry "
                + registry.url()
                + " refuses us (403), shown was the token of registry.token")
        .matches(e -> !((RegistryException) e).isOutage(), "is no outage");
    assertThat(registry.requests).hasSize(1);
  }

  @Test
  void anAnswerWithoutAnIdIsNone() {
    registry.all(answer(200, "{\"id\":\"seven\"}"));
    assertThatThrownBy(() -> client.register("s", "\"int\""))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining(" answers 200 to /subjects/s/versions as no registry does");
  }

  @Test
  void whatTheRegistrySaysStaysOnOneLine() {
    registry.all(
        answer(409, "{\"error_code\":409,\"message\":\"a\\nb\\u0007c " + "x".repeat(1000) + "\"}"));
    assertThatThrownBy(() -> client.register("s", "\"int\""))
        .isInstanceOf(RegistryException.class)
        .hasMessage(
            "registry "
                + registry.url()
                + " finds the schema incompatible with those of subject s: a b c "
                + "x".repeat(294)
                + "… (409)");
  }
}
