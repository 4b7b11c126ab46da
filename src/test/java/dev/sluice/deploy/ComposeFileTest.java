package dev.sluice.deploy;

import static dev.sluice.deploy.Deployment.JOB;
import static dev.sluice.deploy.Deployment.map;
import static dev.sluice.deploy.Deployment.property;
import static dev.sluice.deploy.Deployment.service;
import static dev.sluice.deploy.Deployment.services;
import static dev.sluice.deploy.Deployment.strings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.config.JobOptions;
import dev.sluice.config.OptionReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import kafka.server.KafkaConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be checked of docker-compose.yml without Docker. */
class ComposeFileTest {
  private static final Set<String> PROFILES = Set.of("cpu", "gpu");

  @Test
  void theJobTakesItsOptions() throws IOException {
    JobOptions options = OptionReader.read(new String[] {"--config", JOB.toString()});
    assertThat(broker().get("KAFKA_ADVERTISED_LISTENERS").toString().split(","))
        .as("what the broker tells clients to connect to")
        .contains("INTERNAL://" + options.kafka().bootstrapServers());
    Map<?, ?> registry = map(service("registry"), "environment");
    assertThat(options.registry().url().orElseThrow())
        .hasToString("http://registry:" + registry.get("QUARKUS_HTTP_PORT") + "/apis/ccompat/v7");
    assertThat(options.kafka().bootstrapServers())
        .isEqualTo(registry.get("APICURIO_KAFKASQL_BOOTSTRAP_SERVERS"));
    assertThat(strings(service("registry-ready"), "command"))
        .contains(options.registry().url().orElseThrow() + "/subjects");
  }

  @Test
  void whatComposeMountsIsThere() throws IOException {
    Set<String> volumes = new TreeSet<>();
    for (Object name : services().keySet()) {
      Map<?, ?> service = service(name.toString());
      for (String volume : strings(service, "volumes")) {
        String source = volume.substring(0, volume.indexOf(':'));
        if (source.startsWith("./")) {
          assertThat(Path.of(source)).as("what %s mounts", name).exists();
          assertThat(volume).as("what is mounted is read-only").endsWith(":ro");
        } else {
          volumes.add(source);
        }
      }
      for (String word : strings(service, "command")) {
        if (word.startsWith("/opt/sluice/")) {
          assertThat(strings(service, "volumes"))
              .anyMatch(mount -> mount.endsWith(":" + word + ":ro"));
        }
      }
    }
    assertThat(volumes)
        .hasToString(new TreeSet<>(map(Deployment.compose(), "volumes").keySet()).toString());
  }

  @Test
  void imagesAreStagesOfTheBuildOrOfAFixedVersion() throws IOException {
    Map<String, String> released =
        Map.of(
            "kafka", "apache/kafka:" + property("kafka.version"),
            "topics", "apache/kafka:" + property("kafka.version"),
            "registry", "apicurio/apicurio-registry:" + property("apicurio.version"));
    for (Object name : services().keySet()) {
      Map<?, ?> service = service(name.toString());
      String image = service.get("image").toString();
      Map<?, ?> build = map(service, "build");
      if (build.isEmpty()) {
        assertThat(image).as("image of " + name).matches("[a-z/-]+:v?\\d+\\.\\d+\\.\\d+");
        assertThat(image).isEqualTo(released.getOrDefault(name.toString(), image));
      } else {
        assertThat(Path.of(build.get("context").toString(), build.get("dockerfile").toString()))
            .isEqualTo(Path.of("./" + Dockerfile.FILE));
        String target = build.get("target").toString();
        assertThat(Dockerfile.stages()).containsKey(target);
        assertThat(image).isEqualTo(target.equals("cli") ? "sluice-cli" : "sluice-flink:" + target);
      }
    }
    assertThat(Files.readString(Path.of("docker-compose.yml")))
        .as("the profile picks image and stage")
        .contains("image: sluice-flink:${COMPOSE_PROFILES:-cpu}")
        .contains("target: ${COMPOSE_PROFILES:-cpu}");
    assertThat(Deployment.environment()).isEqualTo(Map.of("COMPOSE_PROFILES", "cpu"));
  }

  @Test
  void eachProfileHasAWorkerAndSubmits() throws IOException {
    for (String profile : PROFILES) {
      String suffix = profile.equals("gpu") ? "-gpu" : "";
      for (String name : List.of("taskmanager", "submit")) {
        assertThat(strings(service(name + suffix), "profiles")).containsExactly(profile);
      }
    }
    Map<?, ?> gpu = service("taskmanager-gpu");
    assertThat(gpu.get("deploy").toString()).contains("driver=nvidia", "capabilities=[gpu]");
    assertThat(strings(map(map(gpu, "networks"), "default"), "aliases"))
        .as("so that it is scraped by the same name")
        .containsExactly("taskmanager");
    List<String> words = strings(service("submit-gpu"), "command");
    String[] options = words.subList(3, words.size()).toArray(String[]::new);
    Map<String, String> values = new TreeMap<>(OptionReader.values(options));
    assertThat(values)
        .containsExactly(
            Map.entry("model.execution", "cuda"), Map.entry("model.execution-mode", "require"));
  }

  @Test
  void everyPortIsOnLoopback() throws IOException {
    Map<String, Set<String>> users = new HashMap<>();
    for (Object name : services().keySet()) {
      Map<?, ?> service = service(name.toString());
      assertThat(service.containsKey("network_mode"))
          .as(name + " has a network of the host")
          .isFalse();
      List<String> own = strings(service, "profiles");
      Set<String> profiles = own.isEmpty() ? PROFILES : Set.copyOf(own);
      for (String port : strings(service, "ports")) {
        assertThat(port).as("port of " + name).matches("127\\.0\\.0\\.1:\\d+:\\d+");
        Set<String> taken = users.computeIfAbsent(port.split(":")[1], key -> new TreeSet<>());
        for (String profile : profiles) {
          assertThat(taken.add(profile)).as("%s is free for %s", port, name).isTrue();
        }
      }
    }
    assertThat(users).containsOnlyKeys("9092", "8081", "8082", "9249", "9250", "9090", "3000");
    assertThat(broker().get("KAFKA_ADVERTISED_LISTENERS").toString())
        .contains("HOST://127.0.0.1:9092");
  }

  @Test
  void theBrokerTakesItsSettings() throws IOException {
    Properties settings = new Properties();
    broker()
        .forEach(
            (name, value) -> {
              String key =
                  name.toString().substring("KAFKA_".length()).toLowerCase().replace('_', '.');
              assertThat(KafkaConfig.configNames().contains(key))
                  .as(key + " is a setting of Kafka")
                  .isTrue();
              settings.put(key, value);
            });
    KafkaConfig config = KafkaConfig.fromProps(settings, false);
    assertThat(config.autoCreateTopicsEnable()).isFalse();
    assertThat(strings(service("kafka"), "volumes"))
        .contains("kafka-data:" + settings.get("log.dirs"));
  }

  @Test
  void aServiceWaitsForWhatCanHappen() throws IOException {
    for (Object name : services().keySet()) {
      for (Map.Entry<?, ?> wait : map(service(name.toString()), "depends_on").entrySet()) {
        Map<?, ?> awaited = service(wait.getKey().toString());
        assertThat(awaited).as(name + " waits for " + wait.getKey()).isNotEmpty();
        assertThat(awaited.containsKey("profiles"))
            .as("%s of %s is there in each profile", wait.getKey(), name)
            .isFalse();
        switch (((Map<?, ?>) wait.getValue()).get("condition").toString()) {
          case "service_healthy" -> assertThat(map(awaited, "healthcheck").get("test")).isNotNull();
          case "service_completed_successfully" ->
              assertThat(awaited.get("restart")).as("restart of " + wait).isEqualTo("no");
          case "service_started" -> assertThat(awaited.get("restart")).isEqualTo("unless-stopped");
          default -> throw new AssertionError(name + " waits for " + wait);
        }
      }
    }
    assertThat(map(service("submit"), "depends_on")).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "gpu"})
  void composeItselfTakesTheFile(String profile) throws Exception {
    assumeTrue(runs("docker-compose", "version"), "docker-compose is not installed");
    ProcessBuilder builder =
        new ProcessBuilder("docker-compose", "config", "--services").redirectErrorStream(true);
    builder.environment().put("COMPOSE_PROFILES", profile);
    Process process = builder.start();
    List<String> lines = process.inputReader().lines().toList();
    assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
    assertThat(lines).contains("kafka", "jobmanager", "producer", "grafana");
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.inputReader().lines().toList();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static Map<?, ?> broker() throws IOException {
    return map(service("kafka"), "environment");
  }
}
