package dev.sluice.kafka.registry;

import static dev.sluice.kafka.registry.StubRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RegistryHttpTest {
  @TempDir Path directory;

  private final StubRegistry registry = StubRegistry.start();

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void anAnswerIsJsonAndItsStatus() throws NoAnswerException {
    registry.on("/a", answer(200, "{\"b\":1}"));
    RegistryHttp http = http();
    assertThat(http.get("/a").body().path("b").asInt()).isEqualTo(1);
    assertThat(http.get("/a").isOk()).isTrue();
    assertThat(http.get("/nowhere").isUnknown()).isTrue();
    assertThat(http.get("/nowhere").message()).isEqualTo("Schema not found (404)");
    assertThat(registry.logins).containsOnly("none");
  }

  @Test
  void theAddressMayHaveAPath() throws NoAnswerException {
    registry.on("/apis/v7/a", answer(200, "[]"));
    assertThat(
            new RegistryHttp(Registries.options(registry.url() + "/apis/v7/"), () -> {})
                .get("/a")
                .isOk())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"408", "429", "500", "502", "503"})
  void anErrorOfTheServerIsAnOutage(int status) {
    registry.all(answer(status, "<html>"));
    NoAnswerException e = failure(http());
    assertThat(e).hasMessage("registry " + registry.url() + " answers " + status);
    assertThat(e.isMistake()).isFalse();
  }

  @Test
  void nobodyThereIsAnOutage() {
    RegistryHttp http = http();
    registry.close();
    NoAnswerException e = failure(http);
    assertThat(e)
        .hasMessage(
            "registry "
                + registry.url()
                + " does not answer: ConnectException: Connection refused");
    assertThat(e.isMistake()).isFalse();
  }

  @Test
  void silenceIsAnOutage() {
    CountDownLatch end = new CountDownLatch(1);
    registry.all(exchange -> hold(end));
    NoAnswerException e = failure(http("registry.timeout", "200 ms"));
    end.countDown();
    assertThat(e).hasMessage("registry " + registry.url() + " does not answer within 200 ms");
    assertThat(e.isMistake()).isFalse();
  }

  @Test
  void aTrickleIsAnOutage() {
    registry.all(trickle());
    NoAnswerException e = failure(http("registry.timeout", "300 ms"));
    assertThat(e).hasMessage("registry " + registry.url() + " does not answer within 300 ms");
  }

  /** Java's connection can break down with a bug of its own when another thread ends it. */
  @Test
  void closingAtAnyTimeIsAnOutage() throws Exception {
    for (int i = 0; i < 1000; i++) {
      RegistryHttp http = http("registry.timeout", "1 s");
      CompletableFuture<Boolean> answered = CompletableFuture.supplyAsync(() -> isAnswered(http));
      LockSupport.parkNanos(i * 1000L);
      http.close();
      assertThat(answered).succeedsWithin(Duration.ofSeconds(20));
    }
  }

  /** Returns whether a request is answered; any other end than that there is none is thrown. */
  private static boolean isAnswered(RegistryHttp http) {
    try {
      return http.get("/a").isUnknown();
    } catch (NoAnswerException e) {
      return false;
    }
  }

  @Test
  void closingBreaksOffARequest() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    registry.all(
        exchange -> {
          asked.countDown();
          hold(end);
        });
    RegistryHttp http = http("registry.timeout", "1 h");
    CompletableFuture<NoAnswerException> failure =
        CompletableFuture.supplyAsync(() -> failure(http));
    asked.await();
    http.close();
    assertThat(failure.get(20, TimeUnit.SECONDS).isMistake()).isFalse();
    end.countDown();
    assertThat(failure(http)).hasMessageContaining("closed");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aRefusedLoginIsAMistake(int status) {
    registry.all(answer(status, "{}"));
    NoAnswerException e = failure(http("registry.user", "u", "registry.password", "s3cr3t"));
    assertThat(e)
        .hasMessage(
            "registry "
                + registry.url()
                + " refuses us ("
                + status
                + "), shown was the user and password of registry.user");
    assertThat(e.isMistake()).isTrue();
    assertThat(registry.requests).hasSize(1);
  }

  @Test
  void aRedirectIsNotFollowed() {
    try (StubRegistry other = StubRegistry.start()) {
      registry.all(
          exchange -> {
            exchange.getResponseHeaders().set("Location", other.url() + "/a");
            exchange.sendResponseHeaders(302, -1);
          });
      NoAnswerException e = failure(http("registry.token", "s3cr3t"));
      assertThat(e)
          .hasMessage(
              "registry " + registry.url() + " answers 302, a redirect, which is not followed");
      assertThat(e.isMistake()).isTrue();
      assertThat(other.requests).isEmpty();
    }
  }

  @Test
  void anythingButJsonIsAMistake() {
    registry.all(answer(200, "<html>Please log in</html>"));
    NoAnswerException e = failure(http());
    assertThat(e)
        .hasMessage(
            "registry "
                + registry.url()
                + " answers 200 to /a as no registry does; is registry.url the root of Confluent's"
                + " API?");
    assertThat(e.isMistake()).isTrue();
  }

  @Test
  void aHugeAnswerIsAMistake() {
    registry.all(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            byte[] much = " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 1 << 16; i++) { // 4 GiB
              out.write(much);
            }
          }
        });
    NoAnswerException e = failure(http());
    assertThat(e)
        .hasMessage(
            "registry " + registry.url() + " answers 200 to /a with more than 1048576 bytes");
    assertThat(e).isNotInstanceOf(TooLargeException.class);
    assertThat(e.isMistake()).isTrue();
  }

  @Test
  void aHugeObjectIsKnownForWhatItIsUnlessItIsAnError() {
    String huge = " {\"schema\":\"" + "x".repeat(1 << 20) + "\"}";
    registry.all(answer(200, huge));
    assertThat(failure(http())).isInstanceOf(TooLargeException.class);
    for (int status : new int[] {404, 503}) {
      registry.all(answer(status, huge));
      assertThat(failure(http()))
          .isNotInstanceOf(TooLargeException.class)
          .hasMessageContaining(" answers " + status + " to /a with more than 1048576 bytes");
    }
  }

  /** Jackson bounds names, numbers and depth by themselves, however short the answer is. */
  @ParameterizedTest
  @MethodSource("unreadable")
  void anObjectThatIsNotReadIsKnownForWhatItIsUnlessItIsAnError(String object) {
    registry.all(answer(200, object));
    assertThat(failure(http()))
        .isInstanceOf(TooLargeException.class)
        .hasMessageStartingWith(
            "registry "
                + registry.url()
                + " answers 200 to /a with a name, number or depth that is not read: ");
    registry.all(answer(503, object));
    assertThat(failure(http())).isNotInstanceOf(TooLargeException.class);
    registry.all(answer(200, "[" + object + "]"));
    assertThat(failure(http())).isNotInstanceOf(TooLargeException.class);
  }

  static List<String> unreadable() {
    return List.of(
        "{\"" + "x".repeat(60_000) + "\":1}",
        "{\"id\":" + "1".repeat(2000) + "}",
        "{\"a\":" + "[".repeat(2000) + "]".repeat(2000) + "}");
  }

  @Test
  void anAnswerOfTheLargestSizeIsRead() throws NoAnswerException {
    registry.all(answer(200, "[" + " ".repeat((1 << 20) - 2) + "]"));
    assertThat(http().get("/a").isOk()).isTrue();
  }

  @Test
  void secretsAreReadAtEachRequest() throws IOException, NoAnswerException {
    Path secrets = Files.writeString(directory.resolve("s.properties"), "p=one\nt=\n");
    RegistryHttp basic =
        http("registry.user", "u", "registry.password", "${file:" + secrets + ":p}");
    basic.get("/a");
    Files.writeString(secrets, "p=two ü\nt=abc\n");
    basic.get("/a");
    RegistryHttp bearer = http("registry.token", "${file:" + secrets + ":t}");
    bearer.get("/a");
    assertThat(registry.logins).containsExactly(basic("u:one"), basic("u:two ü"), "Bearer abc");

    Files.writeString(secrets, "p=three\n");
    NoAnswerException e = failure(bearer);
    assertThat(e)
        .hasMessage(
            "registry.token refers to ${file:" + secrets + ":t}, but t is not in that file");
    assertThat(e.isMistake()).isTrue();
  }

  @Test
  void theLineBreakThatAFileOfASecretEndsWithIsNoPartOfIt() throws IOException, NoAnswerException {
    Files.writeString(directory.resolve("user"), "u\r\n");
    Files.writeString(directory.resolve("password"), "two words \n");
    http(
            "registry.user",
            "${directory:" + directory + ":user}",
            "registry.password",
            "${directory:" + directory + ":password}")
        .get("/a");
    assertThat(registry.logins).containsExactly(basic("u:two words "));
  }

  @Test
  void aTokenThatIsNoneIsNotShown() {
    NoAnswerException e = failure(http("registry.token", "s3c\u0001r3t"));
    assertThat(e).hasMessage("registry.token is empty or has characters that no token has");
    assertThat(registry.requests).isEmpty();
  }

  private static String basic(String login) {
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  private static HttpHandler trickle() {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream out = exchange.getResponseBody()) {
        for (int i = 0; i < 1000; i++) {
          out.write(' ');
          out.flush();
          Thread.sleep(20);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  private static void hold(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private RegistryHttp http(String... more) {
    return new RegistryHttp(Registries.options(registry.url(), more), () -> {});
  }

  private static NoAnswerException failure(RegistryHttp http) {
    return catchThrowableOfType(NoAnswerException.class, () -> http.get("/a"));
  }
}
