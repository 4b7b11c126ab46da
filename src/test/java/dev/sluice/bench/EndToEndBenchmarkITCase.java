package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.cli.EmbeddedFlink;
import dev.sluice.cli.EmbeddedKafka;
import dev.sluice.kafka.CheckedProducer;
import dev.sluice.pipeline.Alone;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.kafka.clients.producer.ProducerRecord;
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
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration SHORT_PATIENCE = Duration.ofSeconds(3);

  @TempDir static Path directory;
  private static EmbeddedKafka kafka;
  private static EmbeddedFlink flink;
  private static TrialTopics topics;

  @BeforeAll
  static void start() {
    Configuration failFast = new Configuration();
    failFast.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    kafka = EmbeddedKafka.start();
    flink = EmbeddedFlink.start(4, failFast); // a job each for those that are jobs
    topics = new TrialTopics(kafka.bootstrapServers());
  }

  @AfterAll
  static void stop() {
    topics.close();
    flink.close();
    kafka.close();
  }

  private static Trial trial(String workload) throws Exception {
    return TrialPreparer.prepare(
        Workloads.named(workload),
        directory,
        kafka.bootstrapServers(),
        3 * RECORDS,
        Duration.ofMillis(500));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "b", "c", "d", "e"})
  void allContendersPredictTheSameRoundByRound(String name) throws Exception {
    Workload workload = Workloads.named(name);
    assumeTrue(workload.absence().isEmpty(), () -> workload.absence().orElseThrow());

    WorkloadReport report =
        new WorkloadRounds(
                trial(name),
                RECORDS,
                topics,
                WorkloadRounds.usual(flink, directory.resolve("streams-" + name)),
                PATIENCE,
                line -> {})
            .run(name.equals("a") ? 1 : 0, 1); // one shows that a warm-up does not count

    assertThat(report.contenders())
        .containsOnlyKeys(
            "limit", "sluice", "sluice-exactly-once", "unchecked", "per-record", "kafka-streams")
        .allSatisfy((contender, rate) -> assertThat(rate).isPositive());
    assertThat(report.spread())
        .allSatisfy((contender, rates) -> assertThat(rates.rounds()).hasSize(1));
    assertThat(report.ratios()).containsOnlyKeys(Goals.RATIOS);
    assertThat(report.goals()).isNotEmpty();
  }

  @Test
  void aContenderInAProcessOfItsOwnPredictsTheSame() throws Exception {
    List<String> lines = new ArrayList<>();
    Trial trial = trial("a");
    try (ContenderProcess job = ContenderProcess.start("sluice", trial, directory)) {
      rounds(trial, job, PATIENCE, lines).run(0, 2);
      assertThat(job.compiledSeconds()).isPositive();
    }
    assertThat(lines).hasSize(4);
    assertThat(lines.get(3)).contains("round-2    sluice ", " s of compiling", " s of processor");
    assertThat(lines.get(3)).doesNotContain(" 0.0 s of processor");
  }

  @Test
  void aProcessOfAContenderSaysWhyItFails() throws Exception {
    Trial trial = trial("a");
    assertThatThrownBy(() -> ContenderProcess.start("nobody", trial, directory))
        .hasMessageContaining("nobody: ")
        .hasMessageContaining("there is no such contender");
  }

  @Test
  void aContenderThatFailsEndsTheRound() throws Exception {
    Trial trial = trial("a");
    Trial broken =
        new Trial(
            trial.workload(),
            trial.bootstrapServers(),
            trial.schema(),
            directory.resolve("no-profile.json"),
            trial.checkpointInterval());
    try (ContenderProcess job = ContenderProcess.start("sluice", broken, directory)) {
      assertThatThrownBy(() -> rounds(trial, job, PATIENCE, new ArrayList<>()).run(0, 1))
          .hasMessageContaining("sluice: ")
          .hasMessageContaining("no-profile.json");
    }
  }

  /** The plain loop and another contender, on topics of their own. */
  private static WorkloadRounds rounds(
      Trial trial, Contender other, Duration patience, List<String> lines) {
    List<Contender> contenders = List.of(new LimitContender(), other);
    return new WorkloadRounds(trial, RECORDS, topics, contenders, patience, lines::add);
  }

  /** Writes what the plain loop writes, changed, for one round. */
  private static final class Wrong implements Contender {
    private final Change change;
    private final LimitContender right = new LimitContender();
    private Trial trial;
    private Route route;
    private boolean written;

    Wrong(Change change) {
      this.change = change;
    }

    /** What becomes of the predictions' bytes. */
    interface Change {
      List<byte[]> of(List<byte[]> predictions);
    }

    @Override
    public String name() {
      return "wrong";
    }

    @Override
    public void start(Trial trial, Route route) throws Exception {
      this.trial = trial;
      this.route = route;
      topics.create(unchanged());
      right.start(trial, new Route(route.features(), unchanged()));
    }

    private String unchanged() {
      return route.predictions() + "-right";
    }

    @Override
    public void requireRunning() throws Exception {
      right.requireRunning();
      if (!written && topics.end(unchanged()) == RECORDS) {
        written = true;
        write(change.of(TopicValues.read(trial.bootstrapServers(), unchanged())));
      }
    }

    private void write(List<byte[]> predictions) {
      try (CheckedProducer producer =
          new CheckedProducer(trial.bootstrapServers(), Clients.PRODUCER)) {
        predictions.forEach(
            value -> producer.send(new ProducerRecord<>(route.predictions(), value)));
      }
    }

    @Override
    public void close() {
      right.close();
    }
  }

  @Test
  void whatIsNotRightIsRefused() throws Exception {
    Trial trial = trial("a");

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
    List<String> lines = new ArrayList<>();
    WorkloadRounds rounds = rounds(trial, new Wrong(change), SHORT_PATIENCE, lines);
    assertThatThrownBy(() -> rounds.run(0, 1))
        .hasMessageContaining("wrong: ")
        .hasMessageContaining(message);
    assertThat(lines).as("the plain loop itself is right").hasSize(1);
  }
}
