package dev.sluice.pipeline;

import static dev.sluice.pipeline.ProcessFigures.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The job submitted to one session cluster again and again, each time until it has scored records:
 * a job that has ended leaves nothing behind in the cluster's processes.
 */
@Tag("soak") // takes minutes
@EnabledIf(value = "canRun", disabledReason = "target/sluice-job.jar is absent")
@ExtendWith(Alone.class)
class RepeatedSubmitITCase {
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster();

  private static final int SUBMITS = Integer.getInteger("sluice.submits", 10);

  /** The first ones load what stays: Flink's classes, ONNX Runtime, threads of pools. */
  private static final int SETTLED = 3;

  private static final int RECORDS = 400;
  private static final int PARTITIONS = 4;
  private static final List<String> PROCESSES =
      List.of("jobmanager", "taskmanager-1", "taskmanager-2");

  static boolean canRun() {
    return SharedCluster.canRun() && Path.of("/proc/self/smaps").toFile().exists();
  }

  private static void submitAndCancel(JobRun run, Admin admin) throws Exception {
    LocalCluster cluster = CLUSTER.cluster();
    String job = cluster.submit("-p 4", run.arguments());
    CLUSTER.jobs().awaitRunning(job);
    long before = Ends.committed(admin, run.topic("predictions"));
    try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
      for (int i = 0; i < RECORDS; i++) {
        producer.send(run.feature(i % PARTITIONS, null, Readings.bytes(Readings.valid(i))));
      }
    }
    Await.until(
        "predictions of all subtasks",
        Duration.ofMinutes(3),
        () -> Ends.committed(admin, run.topic("predictions")) - before >= RECORDS);
    CLUSTER.jobs().cancel(job);
  }

  @AfterEach
  void cancelWhatIsLeft() throws Exception {
    CLUSTER.jobs().cancelAll();
  }

  @Test
  void nothingGrowsInTheClustersProcesses() throws Exception {
    LocalCluster cluster = CLUSTER.cluster();
    JobRun run =
        new JobRun("repeated", cluster.bootstrapServers(), PARTITIONS)
            .option("features.schema", "schemas/AirQualityReading.avsc")
            .option("features.event-time.field", "ts")
            .option("model.uri", Packages.MODEL.toString())
            .option("model.ship", "true")
            .option("profile.window", "PT240H")
            .option("source.start", "committed")
            .option("source.bounded", "false");
    Map<String, List<ProcessFigures>> figures = new LinkedHashMap<>();
    try (Admin admin = Ends.admin(cluster)) {
      for (int submit = 1; submit <= SUBMITS; submit++) {
        submitAndCancel(run, admin);
        for (String process : PROCESSES) {
          figures
              .computeIfAbsent(process, name -> new ArrayList<>())
              .add(
                  ProcessFigures.measure(
                      cluster.pid(process), CLUSTER.jobs().temporaryFiles(process)));
        }
      }
    } finally {
      print(figures);
    }
    figures.forEach(
        (process, all) -> assertFlat(process, all.get(SETTLED - 1), all.get(all.size() - 1)));
  }

  private static void print(Map<String, List<ProcessFigures>> figures) {
    figures.forEach(
        (process, all) -> {
          System.out.printf("%-15s submit %s (MiB)%n", process, ProcessFigures.header());
          for (int i = 0; i < all.size(); i++) {
            System.out.printf("%-15s %6d %s%n", process, i + 1, all.get(i).row());
          }
        });
  }

  /** One submission that stayed would be a class loader, thousands of classes and 37 MiB. */
  private static void assertFlat(String process, ProcessFigures early, ProcessFigures late) {
    assertThat(late.classLoaders())
        .as("class loaders of jobs in %s", process)
        .isLessThanOrEqualTo(early.classLoaders());
    assertThat(late.classes() - early.classes()).as("classes in %s", process).isLessThan(300);
    assertThat(late.metaspace() - early.metaspace())
        .as("metaspace of %s", process)
        .isLessThan(3 * MIB);
    assertThat(late.libraries())
        .as("native libraries in %s", process)
        .isLessThanOrEqualTo(early.libraries());
    assertThat(late.threads() - early.threads()).as("threads of %s", process).isLessThan(6);
    assertThat(late.temporaryFiles() - early.temporaryFiles())
        .as("temporary files of %s", process)
        .isLessThanOrEqualTo(0);
    assertThat(late.heap() - early.heap()).as("heap of %s", process).isLessThan(10 * MIB);
    assertThat(late.residentOutsideHeap() - early.residentOutsideHeap())
        .as("memory of %s outside the heap", process)
        .isLessThan(48 * MIB);
  }
}
