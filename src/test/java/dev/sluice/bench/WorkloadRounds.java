package dev.sluice.bench;

import dev.sluice.cli.EmbeddedFlink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Has the contenders score a workload in rounds, each in turn, and checks what they wrote. A rate
 * is what the broker saw, so that starting a job and stopping it are left out. Beside it stands for
 * how long the JVM compiled meanwhile: on two cores, much of it is a tenth of a rate and more.
 */
final class WorkloadRounds {
  /** The names of all contenders, the plain loop first. */
  static final List<String> NAMES =
      List.of(
          LimitContender.NAME,
          SluiceContender.NAME,
          SluiceContender.EXACTLY_ONCE,
          SluiceContender.UNCHECKED,
          PerRecordContender.NAME,
          StreamsContender.NAME);

  private final Trial trial;
  private final TrialTopics topics;
  private final List<Contender> contenders;
  private final PredictionCheck check;
  private final Consumer<String> lines;

  /**
   * @param contenders the first one's scores are what the others' are held against, so it scores
   *     all records
   * @param lines takes a line per run, for a person
   */
  WorkloadRounds(
      Trial trial, TrialTopics topics, List<Contender> contenders, Consumer<String> lines) {
    this.trial = trial;
    this.topics = topics;
    this.contenders = List.copyOf(contenders);
    this.check = new PredictionCheck(trial);
    this.lines = lines;
  }

  /**
   * Returns all contenders, in the order of their names.
   *
   * @param state directory that Kafka Streams may use
   */
  static List<Contender> usual(EmbeddedFlink flink, Path state) {
    return List.of(
        new LimitContender(),
        SluiceContender.complete(flink),
        SluiceContender.exactlyOnce(flink),
        SluiceContender.unchecked(flink),
        new PerRecordContender(flink),
        new StreamsContender(state));
  }

  /**
   * Runs the rounds.
   *
   * @param warmUps how many rounds before them do not count: a JVM's first millions of records are
   *     slow
   * @throws IllegalStateException if a contender's predictions are not right
   */
  WorkloadReport run(int warmUps, int rounds) throws Exception {
    for (int round = 1; round <= warmUps; round++) {
      for (Contender contender : contenders) {
        run(contender, "warm-up-" + round);
      }
    }
    Map<String, List<Double>> rates = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      for (Contender contender : contenders) {
        double rate = run(contender, "round-" + round);
        rates.computeIfAbsent(contender.name(), name -> new ArrayList<>()).add(rate);
      }
    }
    Map<String, Rates> spread = new LinkedHashMap<>();
    rates.forEach((name, values) -> spread.put(name, new Rates(values)));
    return WorkloadReport.of(trial.workload(), trial.records(), perRecordRecords(), spread);
  }

  private long perRecordRecords() {
    return Math.max(1, (long) (trial.records() * trial.workload().perRecordShare()));
  }

  private double run(Contender contender, String round) throws Exception {
    long records = contender.isPerRecord() ? perRecordRecords() : trial.records();
    String topic = "predictions-" + trial.workload().name() + "-" + contender.name() + "-" + round;
    topics.create(topic);
    double rate;
    try {
      contender.run(trial, topic, records);
      rate = check.check(contender.name(), topic, records);
    } finally {
      topics.delete(topic);
    }
    lines.accept(
        String.format(
            Locale.ROOT,
            "(%s) %-10s %-20s %,12.0f records/s, %4.1f s of compiling",
            trial.workload().name(),
            round,
            contender.name(),
            rate,
            contender.compiledSeconds()));
    return rate;
  }
}
