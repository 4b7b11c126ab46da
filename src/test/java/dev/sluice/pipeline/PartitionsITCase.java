package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kafka.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job without end on partitions of every kind: one busy, one that falls silent, one that never
 * has a record, and one that is added later; with a subtask more than there are partitions at
 * first.
 */
class PartitionsITCase {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration IDLENESS = Duration.ofSeconds(1);
  private static final int BUSY = 0;
  private static final int SILENT = 1;
  private static final int THIRD = 2;
  private static final int ADDED = 3;
  private static final int BEFORE = 10;

  @TempDir Path directory;
  private JobRun run;
  private final Map<Integer, Long> latest = new HashMap<>(); // event time that was sent
  private int next;

  private void run(String name, Duration idleness) {
    run =
        new JobRun(name, SERVERS.kafka().bootstrapServers(), SERVERS.flink(), 3)
            .option("features.schema", "schemas/AirQualityReading.avsc")
            .option("features.event-time.field", "ts")
            .option("model.uri", "src/main/resources/models/air-quality-mlp")
            .option("profile.window", "P1D")
            .option("source.bounded", "false")
            .option("source.start", "latest")
            .option("event-time.idleness", idleness.toSeconds() + " s")
            .option("checkpoint.interval", "200 ms")
            .option("kafka.source.properties.partition.discovery.interval.ms", "500")
            .parallelism(4);
  }

  @Test
  void windowsCloseAndAddedPartitionsAreRead() throws Exception {
    run("partitions", IDLENESS);
    try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
      for (int i = 0; i < BEFORE; i++) {
        send(producer, BUSY);
        send(producer, SILENT);
      }
      producer.flush();
      try (LiveJob job = new LiveJob(run.submit(new Configuration()))) {
        awaitPredictions(producer, BUSY, SILENT);
        awaitAWindow(producer, BUSY);
        addPartition();
        send(producer, ADDED);
        producer.flush();
        Await.until(
            "a prediction of the partition that was added",
            PATIENCE,
            () -> predictedPartitions().contains(ADDED));
        // All are idle then, and through a chain that is idle the end of event time does not come.
        TimeUnit.MILLISECONDS.sleep(3 * IDLENESS.toMillis());
        job.stop(directory, true);
      }
    }
    assertNothingIsMissing();
  }

  /** Where no partition is ever idle, a subtask without one holds back nothing all the same. */
  @Test
  void windowsCloseWithoutIdlenessWhileASubtaskHasNoPartition() throws Exception {
    run("partitions-never-idle", Duration.ZERO);
    try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
      Configuration settings = new Configuration();
      try (LiveJob job = new LiveJob(run.submit(settings))) {
        awaitPredictions(producer, BUSY, SILENT, THIRD);
        awaitAWindow(producer, BUSY, SILENT, THIRD);
        settings.set(StateRecoveryOptions.SAVEPOINT_PATH, job.stop(directory, false));
      }
      try (LiveJob job = new LiveJob(run.submit(settings))) {
        awaitAWindow(producer, BUSY, SILENT, THIRD);
        addPartition();
        awaitPredictions(producer, BUSY, SILENT, THIRD, ADDED);
        awaitAWindow(producer, BUSY, SILENT, THIRD, ADDED);
        assertTheLastHoldsBack(producer, BUSY, SILENT, THIRD);
        job.stop(directory, true);
      }
    }
    new Books(run).assertBalanced(run.predictions().size());
  }

  /** Sends until the job has begun to read: what was sent before is not read. */
  private void awaitPredictions(KafkaProducer<byte[], byte[]> producer, Integer... partitions)
      throws Exception {
    Await.until(
        "predictions of partitions " + List.of(partitions),
        PATIENCE,
        () -> {
          for (int partition : partitions) {
            send(producer, partition);
          }
          producer.flush();
          return predictedPartitions().equals(new TreeSet<>(List.of(partitions)));
        });
  }

  private void awaitAWindow(KafkaProducer<byte[], byte[]> producer, int... partitions)
      throws Exception {
    int inputs = run.inputProfiles().size();
    int outputs = run.outputProfiles().size();
    Await.until(
        "a window that closes",
        PATIENCE,
        () -> {
          sendADay(producer, partitions);
          return run.inputProfiles().size() > inputs && run.outputProfiles().size() > outputs;
        });
  }

  /** A partition that is silent holds windows back: the one that was sent to last. */
  private void assertTheLastHoldsBack(KafkaProducer<byte[], byte[]> producer, int... others)
      throws Exception {
    awaitAllThatWasSent();
    long last = (Long) Readings.valid(next - 1).get("ts");
    for (int day = 0; day < 5; day++) {
      sendADay(producer, others);
    }
    awaitAllThatWasSent();
    assertThat(run.inputProfiles())
        .allSatisfy(
            profile -> assertThat((Long) profile.get("windowEnd")).isLessThanOrEqualTo(last));
  }

  private void awaitAllThatWasSent() throws Exception {
    Await.until(
        "predictions of the last record of each partition",
        PATIENCE,
        () ->
            run.predictions().stream()
                .map(prediction -> (Long) prediction.get("eventTime"))
                .collect(Collectors.toSet())
                .containsAll(latest.values()));
    TimeUnit.SECONDS.sleep(2); // watermarks follow records within 200 ms
  }

  private void sendADay(KafkaProducer<byte[], byte[]> producer, int... partitions) {
    for (int hour = 0; hour < 24; hour++) {
      for (int partition : partitions) {
        send(producer, partition);
      }
    }
    producer.flush();
  }

  private void send(KafkaProducer<byte[], byte[]> producer, int partition) {
    GenericRecord reading = Readings.valid(next++);
    latest.put(partition, (Long) reading.get("ts"));
    producer.send(run.feature(partition, null, Readings.bytes(reading)));
  }

  private TreeSet<Integer> predictedPartitions() throws Exception {
    return run.predictions().stream()
        .map(prediction -> (Integer) prediction.get("partition"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void addPartition() throws Exception {
    try (Admin admin =
        Admin.create(
            Map.<String, Object>of("bootstrap.servers", SERVERS.kafka().bootstrapServers()))) {
      admin
          .createPartitions(Map.of(run.kafkaOptions().featuresTopic(), NewPartitions.increaseTo(4)))
          .all()
          .get();
    }
    try (Topics topics = Topics.connect(SERVERS.kafka().bootstrapServers())) {
      String features = run.kafkaOptions().featuresTopic();
      Await.until(
          "the new partition",
          PATIENCE,
          () -> topics.require(List.of(features)).get(features) == 4);
    }
  }

  /**
   * From the first record that was read of each partition on, all were; none of before the start.
   */
  private void assertNothingIsMissing() throws Exception {
    Books books = new Books(run);
    Map<Integer, IntSummaryStatistics> offsets =
        books.predictions().stream()
            .collect(
                Collectors.groupingBy(
                    prediction -> (Integer) prediction.get("partition"),
                    Collectors.summarizingInt(PartitionsITCase::offset)));
    assertThat(offsets.get(BUSY).getMin()).isGreaterThanOrEqualTo(BEFORE);
    assertThat(offsets.get(SILENT).getMin()).isGreaterThanOrEqualTo(BEFORE);
    int sent = offsets.values().stream().mapToInt(one -> one.getMax() + 1).sum();
    assertThat(sent).as("read to the end").isEqualTo(next);
    assertThat(offsets.values())
        .allSatisfy(one -> assertThat(one.getCount()).isEqualTo(one.getMax() - one.getMin() + 1L));
    books.assertBalanced(books.predictions().size());
  }

  private static int offset(GenericRecord prediction) {
    return Math.toIntExact((Long) prediction.get("offset"));
  }
}
