package dev.sluice.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The metrics that a running job exports, with their labels, as written down in a file. The
 * integration tests hold the file against a running job.
 */
public final class KnownMetrics {
  /** One metric a line: its name, and its labels separated by blanks. */
  public static final Path FILE = Path.of("src/test/resources/metrics/exported.txt");

  /** One metric of this project a line: its name without the prefix, and its operators by name. */
  public static final Path OPERATORS = Path.of("src/test/resources/metrics/operators.txt");

  /** What all metrics of this project are called in Prometheus. */
  public static final String PREFIX = "flink_taskmanager_job_task_operator_sluice_";

  /** What Prometheus itself adds. */
  private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance");

  private KnownMetrics() {}

  /** Reads the file. */
  public static Map<String, Set<String>> read() throws IOException {
    Map<String, Set<String>> metrics = new LinkedHashMap<>();
    for (String line : Files.readAllLines(FILE)) {
      String[] words = line.split(" ");
      metrics.put(words[0], new TreeSet<>(Arrays.asList(words).subList(1, words.length)));
    }
    metrics.put("up", OF_PROMETHEUS);
    return metrics;
  }

  /** Reads the operators of each metric of this project. */
  public static Map<String, Set<String>> operators() throws IOException {
    Map<String, Set<String>> operators = new TreeMap<>();
    for (String line : Files.readAllLines(OPERATORS)) {
      String[] parts = line.split(": ", 2);
      operators.put(parts[0], new TreeSet<>(Arrays.asList(parts[1].split(", "))));
    }
    return operators;
  }

  /**
   * Asserts that a query names nothing that no job exports.
   *
   * @param known metrics and their labels
   */
  public static void assertKnown(String query, Map<String, Set<String>> known) {
    PromQuery parsed = new PromQuery(query);
    assertThat(parsed.selectors()).as("metrics of " + query).isNotEmpty();
    Set<String> labels = new TreeSet<>();
    parsed
        .selectors()
        .forEach(
            (metric, used) -> {
              assertThat(known.keySet()).as("metrics that are exported").contains(metric);
              assertThat(known.get(metric)).as("labels of " + metric).containsAll(used);
              labels.addAll(known.get(metric));
            });
    labels.addAll(OF_PROMETHEUS);
    assertThat(labels).as("labels of the metrics in " + query).containsAll(parsed.grouping());
  }
}
