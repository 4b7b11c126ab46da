package dev.sluice.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The dashboards of the deployment. */
public final class Dashboards {
  static final Path DIRECTORY = Path.of("deploy/grafana/dashboards");
  private static final JsonMapper JSON = new JsonMapper();

  private Dashboards() {}

  /** Reads all of them by the names of their files. */
  static Map<String, JsonNode> read() throws IOException {
    Map<String, JsonNode> dashboards = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      for (Path file : files.sorted().toList()) {
        dashboards.put(file.getFileName().toString(), JSON.readTree(file.toFile()));
      }
    }
    return dashboards;
  }

  /** Returns the panels that show something. */
  static List<JsonNode> panels(JsonNode dashboard) {
    List<JsonNode> panels = new ArrayList<>();
    dashboard
        .get("panels")
        .forEach(
            panel -> {
              if (!panel.get("type").asText().equals("row")) {
                panels.add(panel);
              }
            });
    return panels;
  }

  /**
   * Returns all queries by where they are, as Prometheus takes them.
   *
   * @param interval stands for the interval of a rate
   */
  public static Map<String, String> queries(String interval) throws IOException {
    Map<String, String> queries = new LinkedHashMap<>();
    read()
        .forEach(
            (file, dashboard) -> {
              for (JsonNode panel : panels(dashboard)) {
                for (JsonNode target : panel.get("targets")) {
                  queries.put(
                      "%s, %s, %s"
                          .formatted(
                              file, panel.get("title").asText(), target.get("refId").asText()),
                      target
                          .get("expr")
                          .asText()
                          .replace("$__rate_interval", interval)
                          .replaceAll("\"\\$\\w+\"", "\".*\""));
                }
              }
            });
    return queries;
  }
}
