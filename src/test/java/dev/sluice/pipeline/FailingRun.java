package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * A run on a cluster of processes in which something fails while records flow, and what is to be
 * said of it afterwards. Its steps: {@link #start}, {@link #fail}, {@link #awaitRecovered}, {@link
 * #finish}.
 */
final class FailingRun {
  private static final int OUTPUT_PARTITIONS = 2;

  private final LocalCluster cluster;
  private final JobRun run;
  private final FeatureFlow flow;
  private final String options;
  private final long predicted;
  private ClusterJob job;
  private long failingMillis;
  private long failedMillis;
  private double recoverySeconds;
  private long failedCheckpointsBefore;
  private long failedCheckpoints; // not those that are declined since tasks end
  private long startNanos;

  /** Something that breaks. */
  interface Failure {
    void happen() throws Exception;
  }

  /**
   * Takes a run that was not started yet.
   *
   * @param options options of {@code flink run}
   * @param predicted how many predictions it is to make
   */
  FailingRun(LocalCluster cluster, JobRun run, String options, long predicted) {
    this.cluster = cluster;
    this.run = run;
    this.flow = new FeatureFlow(cluster.bootstrapServers());
    this.options = options;
    this.predicted = predicted;
  }

  /**
   * Submits the job, and waits until it is in the midst: some predictions are committed, others are
   * written and not.
   *
   * @param bytesPerSecond how fast each of its consumers may read, until {@link #finish}
   */
  FailingRun start(long bytesPerSecond) throws Exception {
    flow.slow(bytesPerSecond);
    startNanos = System.nanoTime();
    job = new ClusterJob(cluster, cluster.submit(options, run.arguments()));
    try (Admin admin = admin()) {
      job.await(
          "predictions committed, and others not yet, in " + run.topic("predictions"),
          () -> {
            long committed = predictions(admin, IsolationLevel.READ_COMMITTED);
            return committed > 0 && predictions(admin, IsolationLevel.READ_UNCOMMITTED) > committed;
          });
    }
    return this;
  }

  ClusterJob job() {
    return job;
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()));
  }

  /** Counts messages and the marks of transactions. */
  private long predictions(Admin admin, IsolationLevel isolation) throws Exception {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (int partition = 0; partition < OUTPUT_PARTITIONS; partition++) {
      ends.put(new TopicPartition(run.topic("predictions"), partition), OffsetSpec.latest());
    }
    return admin.listOffsets(ends, new ListOffsetsOptions(isolation)).all().get().values().stream()
        .mapToLong(end -> end.offset())
        .sum();
  }

  /** Lets something fail, while many records are still to come. */
  void fail(Failure failure) throws Exception {
    try (Admin admin = admin()) {
      assertThat(predictions(admin, IsolationLevel.READ_UNCOMMITTED))
          .as("predictions written when the failure comes")
          .isLessThan(predicted * 3 / 4);
    }
    failedCheckpointsBefore = countFailedCheckpoints();
    failingMillis = System.currentTimeMillis();
    failure.happen();
    failedMillis = System.currentTimeMillis();
  }

  /** Submits the job again from its newest completed checkpoint, by the script for that. */
  void restore() throws Exception {
    String newest = cluster.newestCheckpoint(job.id()).orElseThrow().toString();
    job = new ClusterJob(cluster, cluster.restore(job.id(), options, run.arguments()));
    failedCheckpointsBefore = 0; // it counts anew
    job.await("a job that says where it was restored from", () -> job.checkpoints().has("latest"));
    assertThat(job.checkpoints().at("/latest/restored/external_path").asText()).endsWith(newest);
  }

  /** Waits until a checkpoint that began after the failure is complete: its answers are there. */
  void awaitRecovered() throws Exception {
    job.await(
        "a checkpoint after the failure",
        () -> {
          JsonNode completed = job.checkpoints().at("/latest/completed");
          return completed.path("trigger_timestamp").asLong() > failedMillis;
        });
    failedCheckpoints = failedCheckpoints();
    recoverySeconds =
        (job.checkpoints().at("/latest/completed/latest_ack_timestamp").asLong() - failingMillis)
            / 1e3;
  }

  /** Returns how many checkpoints have failed since something did. */
  long failedCheckpoints() throws Exception {
    return countFailedCheckpoints() - failedCheckpointsBefore;
  }

  private long countFailedCheckpoints() throws Exception {
    return job.checkpoints().at("/counts/failed").asLong();
  }

  /** Lets the run end, compares what it said with an undisturbed one, and prints the figures. */
  void finish(Outcome expected) throws Exception {
    flow.free();
    cluster.awaitFinished(job.id());
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    Outcome outcome = Outcome.read(run, cluster.bootstrapServers());
    outcome.assertSameAs(expected);
    System.out.printf(
        "%-18s %,d records, %,d predictions, %,d dead letters; job failed %d times, checkpoints failed %d;"
            + " recovered after %.1f s; job took %.0f s%n",
        run.topic("predictions").replace("-predictions", ""),
        outcome.predictions().count() + outcome.deadLetters().count(),
        outcome.predictions().count(),
        outcome.deadLetters().count(),
        job.failures().size(),
        failedCheckpoints,
        recoverySeconds,
        seconds);
  }
}
