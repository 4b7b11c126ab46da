package dev.sluice.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.sluice.cli.EmbeddedFlink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Runs the contenders in turn and prints records per second and ratios. A rate is what the broker
 * saw: predictions over the time from the first's log-append time to the last's, start-up left out.
 * Every contender's predictions are checked against the plain loop's.
 */
public final class EndToEndBenchmark {
  private static final Path OUT = Path.of("target/bench");
  private static final double SCORE_TOLERANCE = 1e-5;

  private final String bootstrapServers;
  private final Map<String, List<Double>> rates = new LinkedHashMap<>();
  private float[] expected = {};

  private EndToEndBenchmark(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * @param args number of records (default 3,000,000) and of rounds (default 3)
   */
  public static void main(String[] args) throws Exception {
    long records = args.length > 0 ? Long.parseLong(args[0]) : 3_000_000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    Workload workload = new Workload(OUT);
    try (BrokerProcess broker = BrokerProcess.start();
        EmbeddedFlink flink = EmbeddedFlink.start(1, failFast())) {
      EndToEndBenchmark benchmark = new EndToEndBenchmark(broker.bootstrapServers());
      benchmark.createTopic(Workload.TOPIC);
      System.out.printf(Locale.ROOT, "Preloading %,d records …%n", records);
      workload.preload(broker.bootstrapServers(), records);
      Contender limit = new LimitContender();
      Contender sluice = new SluiceContender(flink, workload, "sluice", true, true);
      Contender unprofiled = new SluiceContender(flink, workload, "unprofiled", true, false);
      Contender bare = new SluiceContender(flink, workload, "sluice-bare", false, false);
      Contender perRecord = new PerRecordContender(flink);
      benchmark.run(limit, records, "warm-up");
      benchmark.run(sluice, records, "warm-up");
      benchmark.run(unprofiled, records, "warm-up");
      benchmark.run(bare, records, "warm-up");
      benchmark.run(perRecord, records / 10, "warm-up");
      benchmark.rates.clear();
      for (int round = 1; round <= rounds; round++) {
        benchmark.run(limit, records, "round " + round);
        benchmark.run(sluice, records, "round " + round);
        benchmark.run(unprofiled, records, "round " + round);
        benchmark.run(bare, records, "round " + round);
        benchmark.run(perRecord, records / 10, "round " + round);
      }
      benchmark.report(records, rounds);
    }
    System.exit(0);
  }

  private static Configuration failFast() {
    Configuration flink = new Configuration();
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    return flink;
  }

  private void createTopic(String topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      NewTopic created = new NewTopic(topic, 1, (short) 1);
      created.configs(Map.of("message.timestamp.type", "LogAppendTime"));
      admin.createTopics(List.of(created)).all().get();
    }
  }

  private void deleteTopic(String topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin.deleteTopics(List.of(topic)).all().get();
    }
  }

  private void run(Contender contender, long records, String round) throws Exception {
    String topic = "predictions-" + contender.name() + "-" + round.replace(' ', '-');
    createTopic(topic);
    contender.run(bootstrapServers, topic, records);
    double rate = check(contender.name(), topic, records);
    rates.computeIfAbsent(contender.name(), name -> new ArrayList<>()).add(rate);
    deleteTopic(topic);
    System.out.printf(Locale.ROOT, "%-8s %-12s %,12.0f records/s%n", round, contender.name(), rate);
  }

  /** Checks that each record has its prediction, and returns predictions per second. */
  private double check(String name, String topic, long records) {
    float[] scores = new float[(int) records];
    Arrays.fill(scores, Float.NaN);
    int scoreAt = -1;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    long count = 0;
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Clients.with(Clients.CONSUMER, bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(200))) {
          first = Math.min(first, message.timestamp());
          last = Math.max(last, message.timestamp());
          scores[(int) PredictionBytes.offset(message.value())] =
              PredictionBytes.score(message.value());
          count++;
        }
      }
    }
    if (expected.length == 0) {
      expected = scores;
    }
    for (int i = 0; i < records; i++) {
      if (!(Math.abs(scores[i] - expected[i]) <= SCORE_TOLERANCE)) {
        throw new IllegalStateException(
            name + ": record " + i + " scored " + scores[i] + ", expected " + expected[i]);
      }
    }
    if (count != records) {
      throw new IllegalStateException(name + ": " + count + " predictions, expected " + records);
    }
    return 1000.0 * records / Math.max(1, last - first);
  }

  private void report(long records, int rounds) throws Exception {
    Map<String, Double> medians = new TreeMap<>();
    rates.forEach((name, values) -> medians.put(name, median(values)));
    Map<String, Double> ratios = new LinkedHashMap<>();
    ratios.put("sluice/limit", medians.get("sluice") / medians.get("limit"));
    ratios.put("sluice/per-record", medians.get("sluice") / medians.get("per-record"));
    ratios.put("sluice/unprofiled", medians.get("sluice") / medians.get("unprofiled"));
    ratios.put("sluice/sluice-bare", medians.get("sluice") / medians.get("sluice-bare"));
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("workload", "(a) 30 floats, MLP 30-64-32-1, batch 256, parallelism 1");
    report.put("records", records);
    report.put("rounds", rounds);
    report.put("contenders", medians);
    report.put("spread", rates);
    report.put("ratios", ratios);
    Files.writeString(
        OUT.resolve("end-to-end.json"),
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(report));
    System.out.println();
    rates.forEach(
        (name, values) ->
            System.out.printf(
                Locale.ROOT,
                "%-12s median %,12.0f records/s, from %,12.0f to %,12.0f%n",
                name,
                median(values),
                values.stream().min(Double::compare).orElseThrow(),
                values.stream().max(Double::compare).orElseThrow()));
    print("sluice / limit", ratios.get("sluice/limit"), 0.5);
    print("sluice / per-record", ratios.get("sluice/per-record"), 5);
    print("sluice / without profiles", ratios.get("sluice/unprofiled"), 0.85);
    print("sluice / without validation and profiles", ratios.get("sluice/sluice-bare"), 0);
    System.out.println("Written to " + OUT.resolve("end-to-end.json"));
  }

  private static void print(String name, double ratio, double goal) {
    String verdict =
        goal == 0 ? "" : ratio >= goal ? "  goal " + goal + ": met" : "  goal " + goal + ": MISSED";
    System.out.printf(Locale.ROOT, "%-42s %6.2f%s%n", name, ratio, verdict);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
  }
}
