package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.cli.EmbeddedFlink;
import dev.sluice.cli.EmbeddedKafka;
import dev.sluice.pipeline.Alone;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The benchmark with few records: what the contenders write is right. Nothing here is timed. */
@ExtendWith(Alone.class)
class EndToEndBenchmarkITCase {
  private static final int RECORDS = 1_000; // three full batches, and one that is not

  @TempDir static Path directory;
  private static EmbeddedKafka kafka;
  private static EmbeddedFlink flink;
  private static TrialTopics topics;

  @BeforeAll
  static void start() {
    Configuration failFast = new Configuration();
    failFast.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    kafka = EmbeddedKafka.start();
    flink = EmbeddedFlink.start(1, failFast);
    topics = new TrialTopics(kafka.bootstrapServers());
  }

  @AfterAll
  static void stop() {
    topics.close();
    flink.close();
    kafka.close();
  }

  private static Trial trial(String workload, String topic) throws Exception {
    topics.create(topic);
    return TrialPreparer.prepare(
        Workloads.named(workload), directory, kafka.bootstrapServers(), topic, RECORDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "b", "c", "d", "e"})
  void allContendersPredictTheSame(String name) throws Exception {
    Workload workload = Workloads.named(name);
    assumeTrue(workload.absence().isEmpty(), () -> workload.absence().orElseThrow());
    Trial trial = trial(name, "features-" + name);

    WorkloadReport report =
        new WorkloadRounds(
                trial,
                topics,
                WorkloadRounds.usual(flink, directory.resolve("streams")),
                line -> {})
            .run(0, 1);

    assertThat(report.contenders())
        .containsOnlyKeys(
            "limit", "sluice", "sluice-exactly-once", "unchecked", "per-record", "kafka-streams")
        .allSatisfy((contender, rate) -> assertThat(rate).isPositive());
    assertThat(report.ratios()).containsOnlyKeys(Goals.RATIOS);
    assertThat(report.goals()).isNotEmpty();
  }

  @Test
  void aContenderInAProcessOfItsOwnPredictsTheSame() throws Exception {
    Trial trial = trial("a", "features-process");
    List<String> lines = new ArrayList<>();
    try (ContenderProcess job = ContenderProcess.start("sluice", trial, directory)) {
      new WorkloadRounds(trial, topics, List.of(new LimitContender(), job), lines::add).run(0, 1);
      assertThat(job.compiledSeconds()).isPositive();
    }
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1)).contains("round-1    sluice ", " s of compiling");
  }

  @Test
  void aProcessOfAContenderSaysWhyItFails() throws Exception {
    Trial trial = trial("a", "features-nobody");
    assertThatThrownBy(() -> ContenderProcess.start("nobody", trial, directory))
        .hasMessageContaining("nobody: ")
        .hasMessageContaining("there is no such contender");
  }

  /** Writes what the plain loop writes, changed. */
  private record Wrong(Change change) implements Contender {
    /** What becomes of the predictions' bytes. */
    interface Change {
      List<byte[]> of(List<byte[]> predictions);
    }

    @Override
    public String name() {
      return "wrong";
    }

    @Override
    public void run(Trial trial, String topic, long records) throws Exception {
      String right = topic + "-right";
      topics.create(right);
      new LimitContender().run(trial, right, records);
      List<byte[]> predictions = TopicValues.read(trial.bootstrapServers(), right);
      topics.delete(right);
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(
              Clients.with(Clients.PRODUCER, trial.bootstrapServers()),
              new ByteArraySerializer(),
              new ByteArraySerializer())) {
        change.of(predictions).forEach(value -> producer.send(new ProducerRecord<>(topic, value)));
      }
    }
  }

  @Test
  void whatIsNotRightIsRefused() throws Exception {
    Trial trial = trial("a", "features-wrong");

    refuses(
        trial, predictions -> predictions.subList(0, RECORDS - 1), "record 999 has no prediction");
    refuses(
        trial,
        predictions -> {
          predictions.add(predictions.get(0));
          return predictions;
        },
        "1001 predictions, expected 1000");
    refuses(
        trial,
        predictions -> {
          byte[] changed = predictions.get(7);
          changed[changed.length - 4] ^= 1; // the exponent of the score
          return predictions;
        },
        "record 7 scored");
    refuses(
        trial,
        predictions -> {
          byte[] changed = predictions.get(7);
          changed[changed.length - 20] ^= 1; // the model's digest, or the output's name
          return predictions;
        },
        "a prediction has another");
    refuses(
        trial,
        predictions -> {
          predictions.set(3, new byte[] {0});
          return predictions;
        },
        "a prediction has another key and topic");
  }

  private static void refuses(Trial trial, Wrong.Change change, String message) {
    List<Contender> contenders = List.of(new LimitContender(), new Wrong(change));
    List<String> lines = new ArrayList<>();
    WorkloadRounds rounds = new WorkloadRounds(trial, topics, contenders, lines::add);
    assertThatThrownBy(() -> rounds.run(0, 1))
        .hasMessageContaining("wrong: ")
        .hasMessageContaining(message);
    assertThat(lines).as("the plain loop itself is right").hasSize(1);
  }
}
