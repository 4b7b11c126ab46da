package dev.sluice.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The alert rules of the deployment. */
public final class AlertRules {
  static final Path FILE = Path.of("deploy/prometheus/alerts.yml");

  private AlertRules() {}

  /**
   * One rule.
   *
   * @param name of the alert or of the record
   */
  public record Rule(
      String name, boolean isAlert, String expression, Map<?, ?> labels, Map<?, ?> annotations) {}

  /** Reads all of them, in order. */
  public static List<Rule> read() throws IOException {
    List<Rule> rules = new ArrayList<>();
    for (Object group : (List<?>) yaml(FILE).get("groups")) {
      for (Object entry : (List<?>) ((Map<?, ?>) group).get("rules")) {
        Map<?, ?> rule = (Map<?, ?>) entry;
        boolean isAlert = rule.containsKey("alert");
        rules.add(
            new Rule(
                rule.get(isAlert ? "alert" : "record").toString(),
                isAlert,
                rule.get("expr").toString(),
                map(rule.get("labels")),
                map(rule.get("annotations"))));
      }
    }
    return rules;
  }

  private static Map<?, ?> map(Object value) {
    return value == null ? Map.of() : (Map<?, ?>) value;
  }

  static Map<?, ?> yaml(Path file) throws IOException {
    return (Map<?, ?>)
        new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
  }
}
