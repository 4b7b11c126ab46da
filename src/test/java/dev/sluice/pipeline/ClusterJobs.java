package dev.sluice.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The jobs of a cluster: how they are stopped, and waited for. */
final class ClusterJobs {
  private static final Pattern SAVEPOINT = Pattern.compile("Savepoint completed. Path: (\\S+)");
  private static final List<String> ENDED = List.of("FINISHED", "CANCELED", "FAILED");
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final LocalCluster cluster;

  ClusterJobs(LocalCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Stops a job with a savepoint, by Flink's command line.
   *
   * @param atTheEnd whether event time ends with it, so that all windows close
   * @return the savepoint
   */
  String stop(String job, boolean atTheEnd) throws Exception {
    List<String> command = new ArrayList<>(List.of("flink", "stop", "--type", "canonical"));
    if (atTheEnd) {
      command.add("--drain");
    }
    command.add(job);
    String output = cluster.script(Map.of(), command.toArray(String[]::new));
    Matcher matcher = SAVEPOINT.matcher(output);
    if (!matcher.find()) {
      throw new IllegalStateException("no savepoint in: " + output);
    }
    cluster.awaitFinished(job);
    return matcher.group(1);
  }

  /** Cancels a job and waits until it is and its slots are free. */
  void cancel(String job) throws Exception {
    cluster.cancel(job);
    Await.until(
        job + " is cancelled and its slots are free",
        PATIENCE,
        () -> {
          JsonNode overview = cluster.rest("/overview");
          return ENDED.contains(cluster.state(job))
              && overview.path("slots-available").asInt() == overview.path("slots-total").asInt();
        });
  }

  /** Cancels whatever a test has left. */
  void cancelAll() throws Exception {
    for (JsonNode job : cluster.rest("/jobs").path("jobs")) {
      if (!ENDED.contains(job.path("status").asText())) {
        cancel(job.path("id").asText());
      }
    }
  }

  /** Waits until all tasks of a job run. */
  void awaitRunning(String job) throws Exception {
    Await.until(
        "all tasks of " + job + " run",
        PATIENCE,
        () -> {
          JsonNode tasks = cluster.rest("/jobs/" + job).path("vertices");
          int running = 0;
          for (JsonNode task : tasks) {
            running += task.path("status").asText().equals("RUNNING") ? 1 : 0;
          }
          return !tasks.isEmpty() && running == tasks.size();
        });
  }

  /** Returns the directory for temporary files of a process, native libraries among them. */
  Path temporaryFiles(String process) {
    return cluster.directory().resolve("tmp/java-" + process);
  }
}
