package dev.sluice.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.sluice.InferenceJob;
import dev.sluice.JobPlanner;
import dev.sluice.cli.EmbeddedFlink;
import dev.sluice.config.OptionReader;
import dev.sluice.kafka.CheckedProducer;
import dev.sluice.kafka.Topics;
import dev.sluice.profile.file.DataProfileFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What the job allocates per record in steady state: 30 floats, MLP 30-64-32-1, everything on, the
 * clients' default settings, parallelism 1. The first half of the records warms up; the second half
 * is in the topic by then, in a transaction whose end lets the job read it: nothing else is at work
 * while it is measured.
 */
final class AllocationBenchmark {
  private static final Path MODEL = Path.of("src/test/resources/models/bench-mlp-30");
  private static final String FEATURES = "allocation-features";
  private static final String PREDICTIONS = "allocation-predictions";
  private static final List<String> OTHERS =
      List.of("dead-letters", "input-profiles", "output-profiles", "alarms");
  private static final int PROFILED = 20_000;

  /** A modest stream: a window of a minute, whose end allocates, holds 1,200,000 records. */
  private static final int RECORDS_PER_MILLI = 20;

  private static final String PRODUCER = "allocation-benchmark";
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration DEADLINE = Duration.ofMinutes(10);

  private final FloatRecords records = new FloatRecords(GrownModel.INPUTS);
  private final Path directory;
  private final String bootstrapServers;
  private final SplittableRandom random = new SplittableRandom(15);
  private long sent;

  /**
   * @param directory where the schema, the data profile and the report are written
   */
  AllocationBenchmark(Path directory, String bootstrapServers) {
    this.directory = directory;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * @param args number of records (default 3,000,000)
   */
  public static void main(String[] args) throws Exception {
    long records = args.length > 0 ? Long.parseLong(args[0]) : 3_000_000;
    Path directory = Path.of("target/bench");
    long bytes = records * (Long.BYTES + GrownModel.INPUTS * Float.BYTES);
    try (BrokerProcess broker = BrokerProcess.startInMemory(bytes)) {
      AllocationReport report =
          new AllocationBenchmark(directory, broker.bootstrapServers()).run(records);
      System.out.println(report.toTable());
      System.out.println("Written to " + directory.resolve("allocation.json"));
    }
    System.exit(0);
  }

  /**
   * Runs the job over so many records and reports of the second half.
   *
   * @throws IllegalStateException if the job ends or does not get through in time
   */
  AllocationReport run(long count) throws Exception {
    Files.createDirectories(directory);
    Files.writeString(schema(), records.schema().toString());
    DataProfileFile.write(records.profile(PROFILED), profile());
    try (Topics topics = Topics.connect(bootstrapServers)) {
      topics.create(List.of(FEATURES, PREDICTIONS), 1);
      topics.create(OTHERS.stream().map(AllocationBenchmark::topic).toList(), 1);
    }
    AllocationReport report = runJob(count / 2);
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(directory.resolve("allocation.json").toFile(), report.toJson());
    return report;
  }

  private AllocationReport runJob(long half) throws Exception {
    Configuration failFast = new Configuration();
    failFast.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    try (CheckedProducer producer = producer();
        AllocationSpan span = new AllocationSpan(directory.resolve("allocation.jfr"), worker());
        EmbeddedFlink flink = EmbeddedFlink.start(1, failFast)) {
      producer.initTransactions();
      send(producer, half);
      producer.commitTransaction();
      send(producer, half);
      JobClient job = start(flink);
      long before = await(job, half);
      span.begin();
      producer.commitTransaction();
      long after = await(job, before + half);
      AllocationReport report = span.end(after - before);
      job.cancel().get();
      return report;
    }
  }

  /** Neither this thread, nor its producer, nor the recorder are the job. */
  private static Predicate<String> worker() {
    String own = Thread.currentThread().getName();
    return name -> !name.equals(own) && !name.contains(PRODUCER) && !name.startsWith("JFR");
  }

  private CheckedProducer producer() {
    return new CheckedProducer(
        bootstrapServers,
        Map.of(
            "client.id",
            PRODUCER,
            "transactional.id",
            PRODUCER,
            "transaction.timeout.ms",
            900_000,
            "linger.ms",
            20,
            "batch.size",
            256 << 10));
  }

  /** Begins a transaction of so many records. */
  private void send(CheckedProducer producer, long count) {
    producer.beginTransaction();
    for (long i = 0; i < count; i++) {
      long millis = sent++ / RECORDS_PER_MILLI;
      producer.send(new ProducerRecord<>(FEATURES, 0, null, records.encode(millis, random)));
    }
    producer.flush();
  }

  private JobClient start(EmbeddedFlink flink) throws Exception {
    Map<String, String> options = new HashMap<>();
    options.put("kafka.bootstrap-servers", bootstrapServers);
    options.put("kafka.source.properties.isolation.level", "read_committed");
    options.put("source.start", "earliest");
    options.put("topics.features", FEATURES);
    options.put("topics.predictions", PREDICTIONS);
    OTHERS.forEach(name -> options.put("topics." + name, topic(name)));
    options.put("features.schema", schema().toString());
    options.put("features.event-time.field", FloatRecords.EVENT_TIME);
    options.put("model.uri", MODEL.toString());
    options.put("model.ship", "false");
    options.put("validation.profile", profile().toString());
    StreamExecutionEnvironment env = flink.environment();
    env.setParallelism(1);
    InferenceJob.attach(env, JobPlanner.plan(OptionReader.read(options)));
    return env.executeAsync("allocation");
  }

  private static String topic(String name) {
    return "allocation-" + name;
  }

  private Path schema() {
    return directory.resolve("AllocationRecord.avsc");
  }

  private Path profile() {
    return directory.resolve("allocation-profile.json");
  }

  /** Waits until the topic of predictions has so many messages, and returns how many it has. */
  private long await(JobClient job, long messages) throws Exception {
    TopicPartition partition = new TopicPartition(PREDICTIONS, 0);
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "client.id", PRODUCER),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      while (true) {
        long written = consumer.endOffsets(List.of(partition)).get(partition);
        if (written >= messages) {
          return written;
        }
        if (job.getJobStatus().get().isTerminalState() || System.nanoTime() > deadline) {
          throw new IllegalStateException(
              "the job is %s with %d predictions, expected %d"
                  .formatted(job.getJobStatus().get(), written, messages));
        }
        Thread.sleep(POLL.toMillis());
      }
    }
  }
}
