package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metric.KnownMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The page about metrics, held against what a running job exports. */
class MetricsPageTest {
  private static final Path PAGE = Path.of("src/site/markdown/metrics.md");

  /** Of every sample of an operator. */
  private static final Set<String> FLINKS_LABELS =
      Set.of(
          "host",
          "tm_id",
          "job_id",
          "job_name",
          "task_id",
          "task_name",
          "task_attempt_id",
          "task_attempt_num",
          "subtask_index",
          "operator_id",
          "operator_name");

  private static List<String[]> rows() throws IOException {
    String page = Files.readString(PAGE);
    String table =
        page.substring(page.indexOf("## What the job counts"), page.indexOf("## What Flink"));
    return table
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.substring(2, line.length() - 2).split(" *\\| *"))
        .toList();
  }

  @Test
  void namesAndLabelsAreThoseOfARunningJob() throws IOException {
    Map<String, Set<String>> page = new TreeMap<>();
    for (String[] row : rows()) {
      String name = row[0].replace("`", "");
      Set<String> labels = new TreeSet<>();
      Arrays.stream(row[3].split(", "))
          .map(label -> label.replace("`", ""))
          .filter(label -> !label.isEmpty())
          .forEach(labels::add);
      page.put(name, labels);
      if (row[2].equals("summary")) {
        page.put(name + "_count", new TreeSet<>());
      }
    }
    Map<String, Set<String>> exported = new LinkedHashMap<>();
    KnownMetrics.read()
        .forEach(
            (name, labels) -> {
              if (name.startsWith(KnownMetrics.PREFIX)) {
                Set<String> own = new TreeSet<>(labels);
                own.removeAll(FLINKS_LABELS);
                exported.put(name.substring(KnownMetrics.PREFIX.length()), own);
              }
            });
    assertThat(page).containsExactlyInAnyOrderEntriesOf(exported);
  }

  @Test
  void operatorsAreThoseOfARunningJob() throws IOException {
    Map<String, Set<String>> page = new TreeMap<>();
    for (String[] row : rows()) {
      Set<String> operators = new TreeSet<>(List.of(row[1].split(", ")));
      String name = row[0].replace("`", "");
      page.put(name, operators);
      if (row[2].equals("summary")) {
        page.put(name + "_count", operators);
      }
    }
    assertThat(page).containsExactlyInAnyOrderEntriesOf(KnownMetrics.operators());
  }

  @Test
  void unitsAreThoseOfTheNames() throws IOException {
    for (String[] row : rows()) {
      String name = row[0].replace("`", "");
      assertThat(row).as(name).hasSize(6);
      assertThat(name.endsWith("_total"))
          .as(name + " only grows")
          .isEqualTo(row[2].equals("counter"));
      for (String unit : List.of("seconds", "bytes")) {
        assertThat(name.contains("_" + unit)).as("unit of " + name).isEqualTo(row[4].equals(unit));
      }
    }
  }
}
