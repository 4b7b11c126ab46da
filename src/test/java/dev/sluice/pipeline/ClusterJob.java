package dev.sluice.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A job on a cluster of processes, as Flink's web interface sees it. */
record ClusterJob(LocalCluster cluster, String id) {
  private static final List<String> ENDED = List.of("FINISHED", "FAILED", "CANCELED", "SUSPENDED");

  /** Returns its state: RUNNING, FINISHED. */
  String state() throws Exception {
    return get("").path("state").asText();
  }

  /** Returns what Flink says of its checkpoints. */
  JsonNode checkpoints() throws Exception {
    return get("/checkpoints");
  }

  /** Returns how often it has failed and was started again, newest first. */
  List<JsonNode> failures() throws Exception {
    List<JsonNode> failures = new ArrayList<>();
    get("/exceptions").at("/exceptionHistory/entries").forEach(failures::add);
    return failures;
  }

  private JsonNode get(String path) throws Exception {
    return cluster.rest("/jobs/" + id + path);
  }

  /**
   * Waits for something that the job does by itself, as long as {@link LocalCluster#await}.
   *
   * @throws IllegalStateException if it ends before that, or the time is over: with what became of
   *     the job
   */
  void await(String what, LocalCluster.Condition condition) throws Exception {
    try {
      LocalCluster.await(what, () -> holds(what, condition));
    } catch (LocalCluster.NotInTime e) {
      throw new IllegalStateException(e.getMessage() + "; " + describe(), e);
    }
  }

  private boolean holds(String what, LocalCluster.Condition condition) throws Exception {
    boolean ended = ENDED.contains(state()); // asked first: what it did last counts
    boolean holds = condition.holds();
    if (ended && !holds) {
      throw new IllegalStateException("the job has ended before this: " + what + "; " + describe());
    }
    return holds;
  }

  /** Returns its state, tasks, checkpoints and failures in a few lines. */
  private String describe() throws Exception {
    try {
      JsonNode checkpoints = checkpoints();
      StringBuilder text = new StringBuilder();
      text.append("job ").append(id).append(" is ").append(state());
      text.append(", its tasks ").append(tasks());
      text.append(", checkpoints ").append(checkpoints.path("counts"));
      text.append(", failed last ").append(checkpoints.at("/latest/failed"));
      for (JsonNode failure : failures()) {
        text.append("\nfailed: ").append(failure.path("taskName").asText());
        text.append(" at ").append(failure.path("endpoint").asText());
        text.append(": ").append(firstLines(failure.path("stacktrace").asText()));
      }
      return text.toString();
    } catch (IOException e) {
      return "job " + id + " cannot be asked for: " + e;
    }
  }

  /** Returns how many tasks are in which state, where. */
  private Map<String, Integer> tasks() throws Exception {
    Map<String, Integer> tasks = new TreeMap<>();
    for (JsonNode vertex : get("").path("vertices")) {
      JsonNode subtasks = get("/vertices/" + vertex.path("id").asText()).path("subtasks");
      for (JsonNode subtask : subtasks) {
        String where = subtask.path("status").asText() + " at " + subtask.path("endpoint").asText();
        tasks.merge(where, 1, Integer::sum);
      }
    }
    return tasks;
  }

  /** A stack trace's first line, and each cause's. */
  private static String firstLines(String stackTrace) {
    return String.join(
        " | ",
        stackTrace.lines().filter(l -> !l.startsWith("\t") && !l.isBlank()).limit(6).toList());
  }
}
