package dev.sluice.deploy;

import static dev.sluice.deploy.Deployment.JOB;
import static dev.sluice.deploy.Deployment.map;
import static dev.sluice.deploy.Deployment.service;
import static dev.sluice.deploy.Deployment.services;
import static dev.sluice.deploy.Deployment.strings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.JobOptions;
import dev.sluice.config.OptionReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import kafka.server.KafkaConfig;
import org.junit.jupiter.api.Test;

/** What can be checked of docker-compose.yml without Docker. */
class ComposeFileTest {
  @Test
  void theJobTakesItsOptions() throws IOException {
    JobOptions options = OptionReader.read(new String[] {"--config", JOB.toString()});
    assertThat(broker().get("KAFKA_ADVERTISED_LISTENERS").toString().split(","))
        .as("what the broker tells clients to connect to")
        .contains("INTERNAL://" + options.kafka().bootstrapServers());
  }

  @Test
  void whatComposeMountsOrBuildsIsThere() throws IOException {
    Set<String> volumes = new TreeSet<>();
    for (Object name : services().keySet()) {
      Map<?, ?> service = service(name.toString());
      for (String volume : strings(service, "volumes")) {
        String source = volume.substring(0, volume.indexOf(':'));
        if (source.startsWith("./")) {
          assertThat(Path.of(source)).isRegularFile();
          assertThat(volume).as("a mounted file is read-only").endsWith(":ro");
        } else {
          volumes.add(source);
        }
      }
      if (service.containsKey("build")) {
        Map<?, ?> build = map(service, "build");
        assertThat(Path.of(build.get("context").toString(), build.get("dockerfile").toString()))
            .isRegularFile();
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
  void everyPortIsOnLoopback() throws IOException {
    Set<String> hostPorts = new TreeSet<>();
    for (Object name : services().keySet()) {
      Map<?, ?> service = service(name.toString());
      assertThat(service.containsKey("network_mode"))
          .as(name + " has a network of the host")
          .isFalse();
      for (String port : strings(service, "ports")) {
        assertThat(port).as("port of " + name).matches("127\\.0\\.0\\.1:\\d+:\\d+");
        assertThat(hostPorts.add(port.split(":")[1])).as("%s is free for %s", port, name).isTrue();
      }
    }
    assertThat(hostPorts).contains("9092", "8081");
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
      map(service(name.toString()), "depends_on")
          .forEach(
              (other, condition) -> {
                try {
                  Map<?, ?> awaited = service(other.toString());
                  assertThat(awaited).as(name + " waits for " + other).isNotEmpty();
                  if (condition.toString().equals("{condition=service_healthy}")) {
                    assertThat(awaited.get("healthcheck")).as("health of " + other).isNotNull();
                  } else {
                    assertThat(condition).hasToString("{condition=service_completed_successfully}");
                    assertThat(awaited.get("restart")).as("restart of " + other).isEqualTo("no");
                  }
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
    }
    assertThat(map(service("submit"), "depends_on")).hasSize(3);
  }

  private static Map<?, ?> broker() throws IOException {
    return map(service("kafka"), "environment");
  }
}
