package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.AlertRules.Rule;
import dev.sluice.metric.KnownMetrics;
import dev.sluice.metric.PromQuery;
import dev.sluice.metric.Promtool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The alert rules, and Prometheus' own settings. */
class AlertRulesTest {
  private static final Path TESTS = Path.of("deploy/prometheus/alerts.test.yml");
  private static final Path SETTINGS = Path.of("deploy/prometheus/prometheus.yml");
  private static final Pattern FIRING = Pattern.compile("alertname=\"(\\w+)\"");
  private static final Pattern LABEL = Pattern.compile("\\$labels\\.(\\w+)");

  /** Names what is exported, or what an earlier rule records. */
  @Test
  void everyRuleNamesWhatAJobExports() throws IOException {
    Map<String, Set<String>> known = KnownMetrics.read();
    for (Rule rule : AlertRules.read()) {
      KnownMetrics.assertKnown(rule.expression(), known);
      if (!rule.isAlert()) {
        known.put(rule.name(), labels(rule, known));
      }
    }
  }

  /** Returns the labels of a rule's result: those it groups by, or all of its metrics'. */
  private static Set<String> labels(Rule rule, Map<String, Set<String>> known) {
    PromQuery query = new PromQuery(rule.expression());
    if (!query.grouping().isEmpty()) {
      return query.grouping();
    }
    Set<String> labels = new TreeSet<>();
    query.selectors().keySet().forEach(metric -> labels.addAll(known.get(metric)));
    return labels;
  }

  @Test
  void everyAlertSaysWhatItMeansAndWhatToDo() throws IOException {
    Map<String, Set<String>> known = KnownMetrics.read();
    Set<String> names = new HashSet<>();
    for (Rule rule : AlertRules.read()) {
      if (!rule.isAlert()) {
        known.put(rule.name(), labels(rule, known));
        continue;
      }
      assertThat(names.add(rule.name())).as(rule.name() + " is there once").isTrue();
      assertThat(rule.name()).startsWith("Sluice");
      assertThat(rule.labels().get("severity")).isIn("critical", "warning", "info");
      assertThat(rule.annotations().get("runbook").toString()).hasSizeGreaterThan(100);
      assertThat(labels(rule, known))
          .as("labels of " + rule.name())
          .containsAll(
              LABEL
                  .matcher(rule.annotations().get("summary").toString())
                  .results()
                  .map(label -> label.group(1))
                  .toList());
    }
  }

  @Test
  void prometheusTakesTheRulesAndItsSettings() throws Exception {
    assertThat(Promtool.run("check", "config", SETTINGS.toString()))
        .contains("is valid", "SUCCESS: " + AlertRules.read().size() + " rules found");
  }

  @Test
  void everyAlertIsTestedAndPasses() throws Exception {
    Set<String> tested = new TreeSet<>();
    for (Object test : (List<?>) AlertRules.yaml(TESTS).get("tests")) {
      for (Object question : (List<?>) ((Map<?, ?>) test).get("promql_expr_test")) {
        Map<?, ?> asked = (Map<?, ?>) question;
        if (!((List<?>) asked.get("exp_samples")).isEmpty()) {
          FIRING
              .matcher(asked.get("expr").toString())
              .results()
              .forEach(alert -> tested.add(alert.group(1)));
        }
      }
    }
    assertThat(tested)
        .containsExactlyInAnyOrderElementsOf(
            AlertRules.read().stream().filter(Rule::isAlert).map(Rule::name).toList());
    assertThat(Promtool.run("test", "rules", TESTS.toString())).contains("SUCCESS");
  }

  @Test
  void prometheusAsksWhereFlinkAnswers() throws IOException {
    Map<?, ?> flink = AlertRules.yaml(Path.of("deploy/flink/config.yaml"));
    Map<?, ?> reporter =
        (Map<?, ?>) ((Map<?, ?>) ((Map<?, ?>) flink.get("metrics")).get("reporter")).get("prom");
    assertThat(reporter.get("filterLabelValueCharacters")).isEqualTo(false);
    Object port = reporter.get("port");
    assertThat(Files.readString(SETTINGS))
        .contains("- jobmanager:" + port + "\n", "- taskmanager:" + port + "\n");
  }
}
