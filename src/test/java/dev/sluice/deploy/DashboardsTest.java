package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.metric.KnownMetrics;
import dev.sluice.metric.Promtool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboards, and how Grafana is told of them. */
class DashboardsTest {
  private static final Path PROVISIONING = Path.of("deploy/grafana/provisioning");
  private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((\\w+), (\\w+)\\)");
  private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");

  @Test
  void everyQueryNamesWhatAJobExports() throws IOException {
    Map<String, Set<String>> known = KnownMetrics.read();
    Map<String, String> queries = Dashboards.queries("1m");
    assertThat(queries).hasSizeGreaterThan(50);
    queries.values().forEach(query -> KnownMetrics.assertKnown(query, known));
    for (JsonNode dashboard : Dashboards.read().values()) {
      for (JsonNode variable : dashboard.get("templating").get("list")) {
        Matcher matcher = LABEL_VALUES.matcher(variable.get("query").get("query").asText());
        assertThat(matcher.matches()).isTrue();
        assertThat(known.get(matcher.group(1))).contains(matcher.group(2));
      }
    }
  }

  @Test
  void everyQueryIsPromQl(@TempDir Path directory) throws Exception {
    StringBuilder rules = new StringBuilder("groups:\n  - name: dashboards\n    rules:\n");
    int[] count = {0};
    Dashboards.queries("1m")
        .forEach(
            (where, query) ->
                rules.append(
                    "      - record: query:%d%n        expr: '%s'%n"
                        .formatted(count[0]++, query.replace("'", "''"))));
    Path file = Files.writeString(directory.resolve("queries.yml"), rules);
    assertThat(Promtool.run("check", "rules", file.toString()))
        .contains("SUCCESS: " + count[0] + " rules found");
  }

  @Test
  void everyPanelHasATitleAUnitAndItsOwnPlace() throws IOException {
    String uid = datasource().get("uid").toString();
    Set<String> uids = new HashSet<>();
    for (JsonNode dashboard : Dashboards.read().values()) {
      assertThat(uids.add(dashboard.get("uid").asText())).isTrue();
      Set<Integer> ids = new HashSet<>();
      Set<String> cells = new HashSet<>();
      for (JsonNode panel : dashboard.get("panels")) {
        assertThat(ids.add(panel.get("id").asInt())).as("id of " + panel).isTrue();
        assertThat(panel.get("title").asText()).isNotBlank();
        JsonNode place = panel.get("gridPos");
        for (int x = 0; x < place.get("w").asInt(); x++) {
          for (int y = 0; y < place.get("h").asInt(); y++) {
            int column = place.get("x").asInt() + x;
            assertThat(column).isLessThan(24);
            assertThat(cells.add(column + "/" + (place.get("y").asInt() + y)))
                .as("room for " + panel.get("title"))
                .isTrue();
          }
        }
      }
      for (JsonNode panel : Dashboards.panels(dashboard)) {
        assertThat(panel.get("description").asText()).endsWith(".");
        assertThat(panel.get("fieldConfig").get("defaults").get("unit").asText()).isNotBlank();
        assertThat(panel.get("datasource").get("uid").asText()).isEqualTo(uid);
        assertThat(panel.get("targets")).isNotEmpty();
        panel
            .get("targets")
            .forEach(
                target -> assertThat(target.get("datasource").get("uid").asText()).isEqualTo(uid));
      }
      for (JsonNode variable : dashboard.get("templating").get("list")) {
        assertThat(variable.get("datasource").get("uid").asText()).isEqualTo(uid);
      }
    }
  }

  /** A query may use variables that its dashboard has, and no others. */
  @Test
  void everyVariableIsThere() throws IOException {
    for (JsonNode dashboard : Dashboards.read().values()) {
      Set<String> variables = new HashSet<>(Set.of("__rate_interval"));
      dashboard
          .get("templating")
          .get("list")
          .forEach(variable -> variables.add(variable.get("name").asText()));
      for (JsonNode panel : Dashboards.panels(dashboard)) {
        for (JsonNode target : panel.get("targets")) {
          assertThat(variables)
              .containsAll(
                  Pattern.compile("\\$(\\w+)")
                      .matcher(target.get("expr").asText())
                      .results()
                      .map(variable -> variable.group(1))
                      .toList());
        }
      }
    }
  }

  /** A legend may show labels that are left by the query's outermost grouping. */
  @Test
  void everyLegendShowsLabelsThatAreLeft() throws IOException {
    Map<String, Set<String>> known = KnownMetrics.read();
    for (JsonNode dashboard : Dashboards.read().values()) {
      for (JsonNode panel : Dashboards.panels(dashboard)) {
        for (JsonNode target : panel.get("targets")) {
          String query = target.get("expr").asText();
          List<String> shown =
              LEGEND
                  .matcher(target.get("legendFormat").asText())
                  .results()
                  .map(label -> label.group(1))
                  .toList();
          assertThat(left(query, known)).as("labels left by " + query).containsAll(shown);
        }
      }
    }
  }

  private static Set<String> left(String query, Map<String, Set<String>> known) {
    var parsed = new dev.sluice.metric.PromQuery(query);
    if (query.matches("(?s)(sum|min|max)\\W.*")) {
      return parsed.grouping();
    }
    Set<String> labels = new HashSet<>();
    parsed.selectors().keySet().forEach(metric -> labels.addAll(known.get(metric)));
    return labels;
  }

  @Test
  void grafanaIsToldOfPrometheusAndTheDashboards() throws IOException {
    assertThat(datasource().get("type")).isEqualTo("prometheus");
    assertThat(datasource().get("url")).isEqualTo("http://prometheus:9090");
    Map<?, ?> provider =
        (Map<?, ?>)
            ((List<?>)
                    AlertRules.yaml(PROVISIONING.resolve("dashboards/sluice.yml")).get("providers"))
                .get(0);
    assertThat(((Map<?, ?>) provider.get("options")).get("path"))
        .isEqualTo("/var/lib/grafana/dashboards");
  }

  private static Map<?, ?> datasource() throws IOException {
    List<?> sources =
        (List<?>)
            AlertRules.yaml(PROVISIONING.resolve("datasources/sluice.yml")).get("datasources");
    assertThat(sources).hasSize(1);
    return (Map<?, ?>) sources.get(0);
  }
}
