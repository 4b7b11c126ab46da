package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job, submitted by Flink's command line to a cluster of real processes, while processes are
 * killed and paused: afterwards every record has one answer, and the last revisions of the window
 * profiles are those of an undisturbed run. The model is one of trees, whose scores do not depend
 * on the batch.
 */
@EnabledIf(value = "canRun", disabledReason = "../shared/data or target/sluice-job.jar is absent")
class ClusterFailureITCase {
  private static final int RECORDS = Integer.getInteger("sluice.cluster.records", 1_000_000);
  private static final int PARTITIONS = 4;
  private static final int MALFORMED_EACH = 1000;
  private static final int REJECTED_EACH = 999;
  private static final long STEP_MILLIS = 60;

  @TempDir private static Path directory;
  private static LocalCluster cluster;
  private static Answers predictions;
  private static Answers deadLetters;
  private static Map<String, String> inputProfiles;
  private static Map<String, String> outputProfiles;

  static boolean canRun() {
    return Files.isDirectory(AirQualityFiles.DATA)
        && Files.isRegularFile(Path.of("target/sluice-job.jar"));
  }

  @BeforeAll
  static void runUndisturbed() throws Exception {
    cluster = LocalCluster.start(directory.resolve("cluster"), 2);
    JobRun run = run("undisturbed");
    produce(run);
    long start = System.nanoTime();
    cluster.awaitFinished(cluster.submit("-p 2", run.arguments()));
    System.out.printf(
        "%,d records on 2 TaskManagers, undisturbed, job start included: %.1f s%n",
        RECORDS, (System.nanoTime() - start) / 1e9);
    predictions = Answers.read(cluster.bootstrapServers(), run.topic("predictions"), "Prediction");
    deadLetters = Answers.read(cluster.bootstrapServers(), run.topic("dead-letters"), "DeadLetter");
    inputProfiles = last(run.inputProfiles());
    outputProfiles = last(run.outputProfiles());
    assertThat(predictions.count() + deadLetters.count()).isEqualTo(RECORDS);
    assertThat(predictions.repeated() + deadLetters.repeated()).isZero();
    assertThat(deadLetters.count())
        .isGreaterThan(RECORDS / MALFORMED_EACH)
        .isLessThan(3L * RECORDS / MALFORMED_EACH);
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static JobRun run(String name) {
    return new JobRun(name, cluster.bootstrapServers(), PARTITIONS)
        .option("topics.features", "undisturbed-features")
        .option("features.schema", "schemas/AirQualityReading.avsc")
        .option("features.event-time.field", "ts")
        .option("model.uri", AirQualityFiles.DATA.resolve("models/mlflow-gbt").toString())
        .option("model.ship", "true")
        .option("validation.profile", "src/main/resources/models/air-quality-mlp/data-profile.json")
        .option("delivery.guarantee", "exactly-once")
        .option("checkpoint.interval", "2 s");
  }

  private static void produce(JobRun run) {
    try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
      for (int i = 0; i < RECORDS; i++) {
        producer.send(run.feature(i % PARTITIONS, Readings.key("k" + i % 100), value(i)));
      }
    }
  }

  private static byte[] value(int i) {
    if (i % MALFORMED_EACH == 7) {
      return new byte[] {1, 2, 3};
    }
    GenericData.Record record = Readings.valid(i);
    record.put("ts", Readings.START + i * STEP_MILLIS);
    if (i % REJECTED_EACH == 8) {
      record.put("PRES", -9999f);
    }
    return Readings.bytes(record);
  }

  /** Returns the last profile of each key, its revision aside. */
  private static Map<String, String> last(List<GenericRecord> profiles) {
    Map<String, String> last = new TreeMap<>();
    for (GenericRecord profile : profiles) {
      List<?> columns = (List<?>) profile.get("columns");
      String column =
          columns.isEmpty() ? "" : ((GenericRecord) columns.get(0)).get("name").toString();
      profile.put("revision", 0);
      last.put(profile.get("windowStart") + "/" + column, profile.toString());
    }
    return last;
  }

  /** Waits until a share of the predictions is written, committed or not. */
  private static void awaitPredictions(JobRun run, double share) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      LocalCluster.await(
          share + " of the predictions of " + run.topic("predictions"),
          () -> written(admin, run.topic("predictions")) >= share * RECORDS);
    }
  }

  private static long written(Admin admin, String topic) {
    Map<TopicPartition, OffsetSpec> ends =
        Map.of(
            new TopicPartition(topic, 0), OffsetSpec.latest(),
            new TopicPartition(topic, 1), OffsetSpec.latest());
    try {
      return admin.listOffsets(ends).all().get().values().stream().mapToLong(o -> o.offset()).sum();
    } catch (Exception e) {
      return 0; // the broker is down: asked again
    }
  }

  private static void assertAllIsAsUndisturbed(JobRun run) throws IOException {
    String servers = cluster.bootstrapServers();
    Answers answered = Answers.read(servers, run.topic("predictions"), "Prediction");
    assertThat(answered.repeated()).as("predictions twice").isZero();
    assertThat(answered).isEqualTo(predictions);
    Answers refused = Answers.read(servers, run.topic("dead-letters"), "DeadLetter");
    assertThat(refused.repeated()).as("dead letters twice").isZero();
    assertThat(refused).isEqualTo(deadLetters);
    assertThat(last(run.inputProfiles())).isEqualTo(inputProfiles);
    assertThat(last(run.outputProfiles())).isEqualTo(outputProfiles);
  }

  private static long runningTasks(String job) throws Exception {
    return cluster.rest("/jobs/" + job).path("status-counts").path("RUNNING").asLong();
  }

  /** Waits until the job has failed and runs again; returns after how many seconds. */
  private static double awaitRecovery(String job, long since) throws Exception {
    LocalCluster.await(
        "a restart of " + job,
        () -> {
          try {
            return cluster.rest("/jobs/" + job + "/exceptions").toString().contains("timestamp")
                && cluster.state(job).equals("RUNNING")
                && runningTasks(job) > 0;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
    return (System.nanoTime() - since) / 1e9;
  }

  @Test
  void aKilledTaskManagerLosesAndRepeatsNothing() throws Exception {
    JobRun run = run("taskmanager-killed");
    String job = cluster.submit("-p 2", run.arguments());
    awaitPredictions(run, 0.2);
    long killed = System.nanoTime();
    String victim = taskManagerOf(job);
    cluster.kill(victim);
    System.out.printf(
        "%s killed, job runs again after %.1f s%n", victim, awaitRecovery(job, killed));
    cluster.startWhatIsDown();
    cluster.awaitFinished(job);
    assertAllIsAsUndisturbed(run);
  }

  /** Returns the process of a TaskManager that runs a task of the job: its log names its id. */
  private static String taskManagerOf(String job) throws Exception {
    var vertices = cluster.rest("/jobs/" + job).path("vertices");
    String id = vertices.get(0).path("id").asText();
    String location =
        cluster
            .rest("/jobs/" + job + "/vertices/" + id)
            .path("subtasks")
            .get(0)
            .path("taskmanager-id")
            .asText();
    for (String name : List.of("taskmanager-1", "taskmanager-2")) {
      Path log = directory.resolve("cluster/log").resolve(name + ".log");
      if (Files.readString(log).contains(location)) {
        return name;
      }
    }
    throw new IllegalStateException("no TaskManager logs " + location);
  }

  @Test
  void aKilledBrokerLosesAndRepeatsNothing() throws Exception {
    JobRun run = run("broker-killed");
    String job = cluster.submit("-p 2", run.arguments());
    awaitPredictions(run, 0.2);
    cluster.kill("kafka");
    cluster.startWhatIsDown();
    cluster.awaitFinished(job);
    assertAllIsAsUndisturbed(run);
  }

  @Test
  void aBrokerThatHangsLosesAndRepeatsNothing() throws Exception {
    JobRun run = run("broker-hangs");
    String job = cluster.submit("-p 2", run.arguments());
    awaitPredictions(run, 0.2);
    cluster.pause("kafka");
    Thread.sleep(30_000); // the failure itself
    cluster.resume("kafka");
    cluster.awaitFinished(job);
    assertAllIsAsUndisturbed(run);
  }

  @Test
  void aKilledJobManagerIsRestoredFromTheNewestCheckpoint() throws Exception {
    JobRun run = run("jobmanager-killed");
    String job = cluster.submit("-p 2", run.arguments());
    awaitPredictions(run, 0.2);
    LocalCluster.await(
        "a checkpoint",
        () -> {
          try {
            return cluster.newestCheckpoint(job).isPresent();
          } catch (IOException e) {
            return false; // not written yet
          }
        });
    cluster.kill("jobmanager");
    cluster.kill("taskmanager-1"); // else the old tasks go on until they miss the JobManager
    cluster.kill("taskmanager-2");
    cluster.startWhatIsDown();
    Path checkpoint = cluster.newestCheckpoint(job).orElseThrow();
    String restored = cluster.submit("-p 2 -s " + checkpoint, run.arguments());
    cluster.awaitFinished(restored);
    assertAllIsAsUndisturbed(run);
  }
}
