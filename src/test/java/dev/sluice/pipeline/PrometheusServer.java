package dev.sluice.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.cli.FreePorts;
import dev.sluice.metric.Promtool;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A real Prometheus that scrapes a reporter every two seconds and evaluates the deployment's rules.
 */
final class PrometheusServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final JsonMapper JSON = new JsonMapper();

  private final Process process;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();

  private PrometheusServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it; skips the test where it is not installed. */
  static PrometheusServer start(Path directory, int reporter) throws Exception {
    Path program = Promtool.program("prometheus");
    Path rules = Path.of("deploy/prometheus/alerts.yml").toAbsolutePath();
    Path settings =
        Files.writeString(
            directory.resolve("prometheus.yml"),
            """
            global:
              scrape_interval: 2s
              evaluation_interval: 2s
            rule_files:
              - %s
            scrape_configs:
              - job_name: flink
                static_configs:
                  - targets: ["127.0.0.1:%d"]
            """
                .formatted(rules, reporter));
    int port;
    try (FreePorts free = FreePorts.onLoopback()) {
      port = free.next();
    }
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--config.file=" + settings,
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--log.level=warn")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("prometheus.log").toFile())
            .start();
    PrometheusServer server = new PrometheusServer(process, port);
    try {
      Await.until(
          "Prometheus answers: " + directory,
          PATIENCE,
          () -> process.isAlive() && server.isReady());
    } catch (Exception | AssertionError e) {
      server.close();
      throw e;
    }
    return server;
  }

  private boolean isReady() throws InterruptedException {
    try {
      return get("/-/ready").statusCode() == 200;
    } catch (IOException e) {
      return false; // it does not listen yet
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Returns the series that a query gives now. */
  JsonNode query(String query) throws IOException, InterruptedException {
    return data("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
        .get("result");
  }

  /** Returns the groups of rules with their state. */
  JsonNode ruleGroups() throws IOException, InterruptedException {
    return data("/api/v1/rules").get("groups");
  }

  private JsonNode data(String path) throws IOException, InterruptedException {
    JsonNode answer = JSON.readTree(get(path).body());
    if (!answer.path("status").asText().equals("success")) {
      throw new IllegalStateException(path + ": " + answer);
    }
    return answer.get("data");
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
