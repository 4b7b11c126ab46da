package dev.sluice.pipeline;

import dev.sluice.InferenceJob;
import dev.sluice.JobPlan;
import dev.sluice.JobPlanner;
import dev.sluice.cli.EmbeddedFlink;
import dev.sluice.config.KafkaOptions;
import dev.sluice.config.OptionReader;
import dev.sluice.kafka.CheckedProducer;
import dev.sluice.kafka.CommittedMessages;
import dev.sluice.kafka.KafkaStart;
import dev.sluice.kafka.TopicFacts;
import dev.sluice.kafka.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One bounded run of the real job on its own topics: create them, produce, run to the end, read
 * what it wrote with Avro's own reader and the public schemas.
 */
final class JobRun {
  private static final Path SCHEMAS = Path.of("schemas");

  private final String bootstrapServers;
  private final EmbeddedFlink flink;
  private final Map<String, String> options = new HashMap<>();
  private final int partitions;
  private int parallelism = 2;
  private boolean chained = true;
  private UnaryOperator<JobPlan> change = UnaryOperator.identity();
  private HttpRegistry registry;

  JobRun(String name, String bootstrapServers, EmbeddedFlink flink, int partitions) {
    this.bootstrapServers = bootstrapServers;
    this.flink = flink;
    this.partitions = partitions;
    options.put("kafka.bootstrap-servers", bootstrapServers);
    options.put("kafka.group-id", name);
    options.put("delivery.transactional-id-prefix", name);
    options.put("model.ship", "false");
    for (String topic :
        List.of(
            "features",
            "predictions",
            "input-profiles",
            "output-profiles",
            "alarms",
            "dead-letters")) {
      options.put("topics." + topic, name + "-" + topic);
    }
    options.put("source.start", "earliest");
    options.put("source.bounded", "true");
    options.put("checkpoint.interval", "500 ms");
    try (Topics topics = Topics.connect(bootstrapServers)) {
      topics.create(List.of(name + "-features"), partitions);
      topics.create(
          options.entrySet().stream()
              .filter(o -> o.getKey().startsWith("topics.") && !o.getKey().endsWith(".features"))
              .map(Map.Entry::getValue)
              .toList(),
          2);
    }
  }

  /** A run by a cluster of its own processes. */
  JobRun(String name, String bootstrapServers, int partitions) {
    this(name, bootstrapServers, null, partitions);
  }

  /** Returns the options as the job takes them on its command line, all but the brokers. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    options.forEach((key, value) -> arguments.addAll(List.of("--" + key, value)));
    int brokers = arguments.indexOf("--kafka.bootstrap-servers");
    arguments.subList(brokers, brokers + 2).clear();
    return arguments;
  }

  JobRun option(String key, String value) {
    options.put(key, value);
    return this;
  }

  JobRun parallelism(int subtasks) {
    parallelism = subtasks;
    return this;
  }

  /** Gives each operator a task of its own, so that records cross a network between them. */
  JobRun unchained() {
    chained = false;
    return this;
  }

  /** Changes the plan before it runs, for example to a model that fails. */
  JobRun change(UnaryOperator<JobPlan> planned) {
    change = planned;
    return this;
  }

  /** Lets the job, and who reads its topics, ask a registry. */
  JobRun registry(String url) {
    registry = new HttpRegistry(url);
    return option("registry.url", url);
  }

  /** Returns a producer, which the caller closes. */
  CheckedProducer producer() {
    return producer(262_144);
  }

  /**
   * Returns a producer, as {@link #producer()}.
   *
   * @param batchBytes the most that a batch of records has
   */
  CheckedProducer producer(int batchBytes) {
    return new CheckedProducer(
        bootstrapServers, Map.of("linger.ms", "20", "batch.size", Integer.toString(batchBytes)));
  }

  /** Returns a record for the features topic. */
  ProducerRecord<byte[], byte[]> feature(int partition, byte[] key, byte[] value) {
    return new ProducerRecord<>(options.get("topics.features"), partition, key, value);
  }

  /** Runs the job to the end of what has been produced. */
  void execute() throws Exception {
    built(new Configuration()).execute(options.get("kafka.group-id"));
  }

  /**
   * Submits the job and returns while it runs.
   *
   * @param settings settings of Flink for this run, such as the savepoint to go on from
   */
  JobClient submit(Configuration settings) throws Exception {
    return built(settings).executeAsync(options.get("kafka.group-id"));
  }

  private StreamExecutionEnvironment built(Configuration settings) {
    JobPlan plan = change.apply(plan());
    TopicFacts topics = KafkaStart.check(plan.options());
    StreamExecutionEnvironment env = flink.environment();
    env.configure(settings);
    env.setParallelism(parallelism);
    if (!chained) {
      env.disableOperatorChaining();
    }
    InferenceJob.attach(env, plan, topics);
    return env;
  }

  /** Plans the job, which asks the registry. */
  JobPlan plan() {
    return JobPlanner.plan(OptionReader.read(options), asked -> registry);
  }

  List<GenericRecord> predictions() throws IOException {
    return read("predictions", "Prediction");
  }

  /** Decodes one message of the predictions. */
  static GenericRecord prediction(ConsumerRecord<byte[], byte[]> message) throws IOException {
    return new GenericDatumReader<GenericRecord>(
            dev.sluice.avro.Prediction.getClassSchema(),
            dev.sluice.avro.Prediction.getClassSchema(),
            new GenericData())
        .read(null, DecoderFactory.get().binaryDecoder(message.value(), null));
  }

  List<GenericRecord> deadLetters() throws IOException {
    return read("dead-letters", "DeadLetter");
  }

  List<GenericRecord> inputProfiles() throws IOException {
    return read("input-profiles", "DataProfile");
  }

  List<GenericRecord> outputProfiles() throws IOException {
    return read("output-profiles", "DataProfile");
  }

  List<GenericRecord> alarms() throws IOException {
    return read("alarms", "Alarm");
  }

  /** Returns the name of a topic by what the job calls it. */
  String topic(String role) {
    return options.get("topics." + role);
  }

  KafkaOptions kafkaOptions() {
    return OptionReader.read(options).kafka();
  }

  private List<GenericRecord> read(String topic, String schemaName) throws IOException {
    List<GenericRecord> records = new ArrayList<>();
    each(topic, schemaName, records::add);
    return records;
  }

  /** Hands on each record of a topic, by what the job calls it, without keeping them. */
  void each(String topic, String schemaName, Consumer<GenericRecord> taker) throws IOException {
    Schema schema = new Schema.Parser().parse(SCHEMAS.resolve(schemaName + ".avsc").toFile());
    ForeignReader reader =
        new ForeignReader(
            OptionReader.read(options).formats().of(topic),
            schema,
            registry == null ? null : registry::schema);
    try {
      eachMessage(
          options.get("topics." + topic),
          message -> {
            if (message.value() != null) { // else a tombstone that was passed on
              taker.accept(read(reader, message.value()));
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static GenericRecord read(ForeignReader reader, byte[] value) {
    try {
      return reader.read(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the messages without a value among the predictions. */
  List<ConsumerRecord<byte[], byte[]>> tombstones() {
    List<ConsumerRecord<byte[], byte[]>> tombstones = new ArrayList<>();
    eachMessage(
        options.get("topics.predictions"),
        message -> {
          if (message.value() == null) {
            tombstones.add(message);
          }
        });
    return tombstones;
  }

  /** Reads all committed messages of a topic. */
  List<ConsumerRecord<byte[], byte[]>> messages(String topic) {
    return CommittedMessages.all(bootstrapServers, topic);
  }

  private void eachMessage(String topic, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    CommittedMessages.each(bootstrapServers, topic, taker);
  }
}
