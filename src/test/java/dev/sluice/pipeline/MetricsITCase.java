package dev.sluice.pipeline;

import static dev.sluice.metric.KnownMetrics.PREFIX;
import static dev.sluice.pipeline.ExportedJob.EACH;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.FreePorts;
import dev.sluice.deploy.AlertRules;
import dev.sluice.deploy.Dashboards;
import dev.sluice.metric.Exported;
import dev.sluice.metric.KnownMetrics;
import dev.sluice.metric.PromQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a running job exports: the equations of its counts, and the names that others use. */
@ExtendWith(Alone.class)
class MetricsITCase {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static ExportedJob job;
  private static Exported exported;

  @BeforeAll
  static void start() throws Exception {
    job = new ExportedJob(SERVERS.kafka().bootstrapServers());
    assertThat(job.port()).isBetween(FreePorts.LOWEST, FreePorts.BEHIND - 1);
    exported = job.scrape();
  }

  @AfterAll
  static void stop() {
    if (job != null) {
      job.close();
    }
  }

  private static double sum(String name) {
    return exported.sum(PREFIX + name);
  }

  private static double sum(String name, String label, String value) {
    return exported.sum(PREFIX + name, label, value);
  }

  @Test
  void everyRecordIsInOneSumOfEachStage() {
    assertThat(sum("records_read_total")).isEqualTo(job.sent());
    assertThat(
            sum("records_decoded_total")
                + sum("records_malformed_total")
                + sum("tombstones_skipped_total")
                + sum("tombstones_passed_total"))
        .isEqualTo(sum("records_read_total"));
    assertThat(sum("records_valid_total") + sum("records_rejected_total"))
        .isEqualTo(sum("records_decoded_total"));
    assertThat(sum("records_batched_total") + sum("batch_pending_records"))
        .isEqualTo(sum("records_valid_total"));
    assertThat(sum("records_scored_total") + sum("records_unscored_total"))
        .isEqualTo(sum("records_batched_total"));
    assertThat(sum("records_predicted_total") + sum("records_failed_total"))
        .isEqualTo(sum("records_valid_total"));
    assertThat(sum("tombstones_written_total") + sum("tombstones_failed_total"))
        .isEqualTo(sum("tombstones_passed_total"))
        .isEqualTo(EACH);
    assertThat(sum("kind_dead_letters_total"))
        .isEqualTo(
            sum("records_malformed_total")
                + sum("records_rejected_total")
                + sum("records_failed_total")
                + sum("tombstones_failed_total"));
    assertThat(sum("trigger_batches_total"))
        .isEqualTo(sum("batches_total"))
        .isEqualTo(sum("batches_scored_total"));
  }

  @Test
  void whatIsProfiledIsWhatWasChecked() {
    assertThat(
            sum("profile_records_profiled_total", "profile", "input")
                + sum("profile_records_late_total", "profile", "input"))
        .isEqualTo(sum("records_valid_total") + sum("records_rejected_total"));
    assertThat(
            sum("profile_records_profiled_total", "profile", "output")
                + sum("profile_records_late_total", "profile", "output"))
        .isEqualTo(sum("records_predicted_total"));
    assertThat(sum("profile_records_late_total", "profile", "input")).isGreaterThanOrEqualTo(EACH);
  }

  @Test
  void reasonsAddUp() {
    for (String fate : List.of("malformed", "rejected", "failed")) {
      assertThat(sum("reason_records_" + fate + "_total"))
          .as("Σ " + fate + " by reason")
          .isEqualTo(sum("records_" + fate + "_total"))
          .isPositive();
    }
    assertThat(sum("reason_producer_records_rejected_total", "producer", "gateway"))
        .isEqualTo(sum("records_rejected_total"));
    for (String reason : List.of("EMPTY_VALUE", "UNDECODABLE", "UNKNOWN_SCHEMA")) {
      assertThat(sum("reason_records_malformed_total", "reason", reason)).isEqualTo(EACH);
    }
    for (String reason : List.of("NOT_IN_SET", "OUT_OF_RANGE", "NAN")) {
      assertThat(sum("reason_records_rejected_total", "reason", reason)).isEqualTo(EACH);
    }
    assertThat(sum("reason_records_failed_total", "reason", "MODEL_ERROR")).isEqualTo(EACH);
    assertThat(sum("kind_dead_letters_total", "kind", "FAILED")).isEqualTo(EACH);
  }

  @Test
  void gaugesSayWhatTheModelRunsOnAndWhatHasDrifted() {
    assertThat(exported.values(PREFIX + "provider_device_model_session", "provider"))
        .containsExactly("cpu");
    assertThat(exported.values(PREFIX + "provider_device_model_session", "device"))
        .containsExactly("none");
    assertThat(sum("model_gpu_fallback")).isZero();
    assertThat(sum("model_load_seconds")).isPositive();
    assertThat(sum("batch_size_records", "quantile", "0.5")).isPositive();
    assertThat(exported.values(PREFIX + "kind_dead_letters_total", "operator_name"))
        .as("labels are as they are")
        .containsExactly("encode dead letters");
    assertThat(
            exported.values(
                "flink_taskmanager_job_task_operator_currentInputWatermark", "operator_name"))
        .as("the alert about event time")
        .contains("merge input windows");
    String verdict = PREFIX + "profile_segment_column_distance_drift_verdict";
    assertThat(exported.values(verdict, "profile")).containsExactly("input", "output");
    assertThat(exported.values(verdict, "segment")).contains("_all", "Dongsi");
    assertThat(exported.values(verdict, "column")).contains("SO2", "wd", "p_unhealthy");
    assertThat(exported.sum(verdict, "column", "SO2"))
        .as("readings that are made up have drifted")
        .isPositive();
  }

  /** With {@code -Dsluice.update=true} the file is written. */
  @Test
  void theFileOfKnownMetricsIsWhatIsExported() throws Exception {
    Set<String> used = used();
    List<String> lines = new ArrayList<>();
    exported
        .metrics()
        .forEach(
            (name, labels) -> {
              if (name.startsWith(PREFIX) || used.contains(name)) {
                lines.add(name + " " + String.join(" ", labels));
              }
            });
    if (Boolean.getBoolean("sluice.update")) {
      Files.createDirectories(KnownMetrics.FILE.getParent());
      Files.write(KnownMetrics.FILE, lines);
      Files.write(
          Path.of("target/exported-all.txt"),
          exported.metrics().entrySet().stream().map(Object::toString).toList());
    }
    assertThat(Files.readAllLines(KnownMetrics.FILE)).isEqualTo(lines);
  }

  /** With {@code -Dsluice.update=true} the file is written. */
  @Test
  void theFileOfOperatorsIsWhatIsExported() throws Exception {
    List<String> lines = new ArrayList<>();
    for (String name : exported.metrics().keySet()) {
      if (name.startsWith(PREFIX)) {
        lines.add(
            name.substring(PREFIX.length())
                + ": "
                + String.join(", ", exported.values(name, "operator_name")));
      }
    }
    if (Boolean.getBoolean("sluice.update")) {
      Files.write(KnownMetrics.OPERATORS, lines);
    }
    assertThat(Files.readAllLines(KnownMetrics.OPERATORS)).isEqualTo(lines);
  }

  /** Returns the metrics that dashboards and alerts name. */
  private static Set<String> used() throws Exception {
    Set<String> used = new TreeSet<>();
    for (String query : Dashboards.queries("1m").values()) {
      used.addAll(new PromQuery(query).selectors().keySet());
    }
    for (AlertRules.Rule rule : AlertRules.read()) {
      used.addAll(new PromQuery(rule.expression()).selectors().keySet());
    }
    return used;
  }

  @Test
  void everyPanelShowsSomethingAndEveryRuleWorks(@TempDir Path directory) throws Exception {
    try (PrometheusServer prometheus = PrometheusServer.start(directory, job.port())) {
      Map<String, String> queries = Dashboards.queries("1m");
      Set<String> empty = new TreeSet<>(queries.keySet());
      try {
        Await.until(
            "series of all panels",
            PATIENCE,
            () -> {
              for (String where : Set.copyOf(empty)) {
                if (!prometheus.query(queries.get(where)).isEmpty()) {
                  empty.remove(where);
                }
              }
              return empty.isEmpty();
            });
      } catch (AssertionError e) {
        assertThat(empty).as("panels without a series").isEmpty();
      }
      assertRulesWork(prometheus);
    }
  }

  /** Every rule is evaluated, and an alert's text says what it is about. */
  private static void assertRulesWork(PrometheusServer prometheus) throws Exception {
    Set<String> raised = new TreeSet<>();
    Await.until(
        "alerts about drift",
        PATIENCE,
        () -> {
          for (JsonNode group : prometheus.ruleGroups()) {
            for (JsonNode rule : group.get("rules")) {
              if (!rule.path("alerts").isEmpty()) {
                raised.add(rule.get("name").asText());
              }
            }
          }
          return raised.containsAll(List.of("SluiceDrift", "SluiceAlarmsOpen"));
        });
    for (JsonNode group : prometheus.ruleGroups()) {
      for (JsonNode rule : group.get("rules")) {
        assertThat(rule.get("health").asText()).as(rule.toString()).isEqualTo("ok");
        for (JsonNode alert : rule.path("alerts")) {
          assertThat(alert.get("annotations").get("summary").asText())
              .doesNotContain("<error", "<no value>", "  ");
        }
      }
    }
    Await.until(
        "the lag of the one job: a scrape that took too long leaves a gap",
        PATIENCE,
        () -> prometheus.query("sluice:lag:records").size() == 1);
  }
}
