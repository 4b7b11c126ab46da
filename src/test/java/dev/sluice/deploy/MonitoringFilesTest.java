package dev.sluice.deploy;

import static dev.sluice.deploy.Deployment.map;
import static dev.sluice.deploy.Deployment.service;
import static dev.sluice.deploy.Deployment.services;
import static dev.sluice.deploy.Deployment.strings;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.flink.configuration.GlobalConfiguration;
import org.junit.jupiter.api.Test;

/** What Prometheus and Grafana are told of the services of docker-compose.yml. */
class MonitoringFilesTest {
  private static final Path PROMETHEUS = Path.of("deploy/prometheus/prometheus.yml");
  private static final Path PROVISIONING = Path.of("deploy/grafana/provisioning");

  @Test
  void prometheusScrapesBothProcesses() throws IOException {
    String port =
        GlobalConfiguration.loadConfiguration("deploy/flink")
            .toMap()
            .get("metrics.reporter.prom.port");
    List<String> targets = new ArrayList<>();
    for (Object scrape : (List<?>) yaml(PROMETHEUS).get("scrape_configs")) {
      for (Object group : (List<?>) ((Map<?, ?>) scrape).get("static_configs")) {
        targets.addAll(strings((Map<?, ?>) group, "targets"));
      }
    }
    assertThat(targets).contains("jobmanager:" + port, "taskmanager:" + port);
    for (String target : targets) {
      assertThat(services().containsKey(target.replaceAll(":.*", ""))).as(target).isTrue();
    }
  }

  @Test
  void prometheusFindsItsRules() throws IOException {
    for (String rules : strings(yaml(PROMETHEUS), "rule_files")) {
      assertThat(strings(service("prometheus"), "volumes"))
          .contains("./deploy/prometheus/" + rules + ":/etc/prometheus/" + rules + ":ro");
    }
  }

  @Test
  void grafanaFindsPrometheusAndItsDashboards() throws IOException {
    Map<?, ?> source =
        (Map<?, ?>)
            ((List<?>) yaml(PROVISIONING.resolve("datasources/sluice.yml")).get("datasources"))
                .get(0);
    String port = strings(service("prometheus"), "ports").get(0).replaceAll(".*:", "");
    assertThat(source.get("url")).isEqualTo("http://prometheus:" + port);
    Map<?, ?> provider =
        (Map<?, ?>)
            ((List<?>) yaml(PROVISIONING.resolve("dashboards/sluice.yml")).get("providers")).get(0);
    assertThat(strings(service("grafana"), "volumes"))
        .contains("./deploy/grafana/dashboards:" + map(provider, "options").get("path") + ":ro");
    try (var files = Files.list(Path.of("deploy/grafana/dashboards"))) {
      assertThat(new TreeSet<>(files.map(Path::toString).toList()))
          .isNotEmpty()
          .allMatch(file -> file.endsWith(".json"));
    }
  }

  private static Map<?, ?> yaml(Path file) throws IOException {
    return (Map<?, ?>) Deployment.yaml(Files.readString(file));
  }
}
