package dev.sluice.bench;

import dev.sluice.cli.EmbeddedFlink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Has the contenders score a workload in rounds, each in turn, and checks what they wrote. They run
 * on from round to round, and wait while it is another's turn. A rate is what the broker saw.
 * Beside it stands for how long the JVM compiled meanwhile: on two cores, much of it is a tenth of
 * a rate and more.
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
  private final long records;
  private final TrialTopics topics;
  private final List<Contender> contenders;
  private final Duration patience;
  private final Consumer<String> lines;

  /**
   * @param records of a round, 1 or more
   * @param contenders the first one's scores are what the others' are held against, so it scores
   *     all records
   * @param patience how long a round may take
   * @param lines takes a line per round and contender, for a person
   */
  WorkloadRounds(
      Trial trial,
      long records,
      TrialTopics topics,
      List<Contender> contenders,
      Duration patience,
      Consumer<String> lines) {
    this.trial = trial;
    this.records = records;
    this.topics = topics;
    this.contenders = List.copyOf(contenders);
    this.patience = patience;
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
   * Starts the contenders, runs the rounds and closes the contenders; called once.
   *
   * @param warmUps how many rounds before them do not count, at most: a JVM's first millions of
   *     records are slow, and a contender that is warm before has no more of them
   * @throws IllegalStateException if a contender's predictions are not right
   */
  WorkloadReport run(int warmUps, int rounds) throws Exception {
    List<ContenderRounds> started = new ArrayList<>();
    try {
      start(started);
      warmUp(started, warmUps);
      Map<String, List<Double>> rates = new LinkedHashMap<>();
      for (int round = 1; round <= rounds; round++) {
        for (ContenderRounds contender : started) {
          double rate = run(contender, "round-" + round);
          rates.computeIfAbsent(contender.contender().name(), name -> new ArrayList<>()).add(rate);
        }
      }
      Map<String, Rates> spread = new LinkedHashMap<>();
      rates.forEach((name, values) -> spread.put(name, new Rates(values)));
      return WorkloadReport.of(trial.workload(), records, perRecordRecords(), spread);
    } finally {
      started.forEach(ContenderRounds::close);
    }
  }

  /** Has all contenders run until they are warm. */
  private void warmUp(List<ContenderRounds> started, int most) throws Exception {
    ContenderRounds first = started.get(0);
    for (int round = 1; round <= most; round++) {
      List<ContenderRounds> cold = started.stream().filter(rounds -> !rounds.isWarm()).toList();
      if (!cold.isEmpty() && !cold.contains(first)) {
        run(first, "warm-up-" + round); // its scores are what the others' are held against
      }
      for (ContenderRounds contender : cold) {
        run(contender, "warm-up-" + round);
      }
    }
  }

  private void start(List<ContenderRounds> started) throws Exception {
    ExpectedScores expected = new ExpectedScores();
    for (Contender contender : contenders) {
      // Names of one length: predictions have that of the features' topic in them.
      String id = UUID.randomUUID().toString();
      Route route = new Route("features-" + id, "predictions-" + id);
      started.add(new ContenderRounds(contender, route, trial, topics, expected, patience));
      started.get(started.size() - 1).start();
    }
  }

  private long perRecordRecords() {
    return Math.max(1, (long) (records * trial.workload().perRecordShare()));
  }

  private double run(ContenderRounds rounds, String round) throws Exception {
    Contender contender = rounds.contender();
    double rate = rounds.run(contender.isPerRecord() ? perRecordRecords() : records);
    lines.accept(
        String.format(
            Locale.ROOT,
            "(%s) %-10s %-20s %,12.0f records/s, %4.1f s of compiling, %5.1f s of processor",
            trial.workload().name(),
            round,
            contender.name(),
            rate,
            rounds.compiledInRound(),
            rounds.processorInRound()));
    return rate;
  }
}
