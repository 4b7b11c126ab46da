package dev.sluice.pipeline;

import dev.sluice.InferenceJob;
import dev.sluice.JobPlan;
import dev.sluice.JobPlanner;
import dev.sluice.cli.EmbeddedFlink;
import dev.sluice.config.KafkaOptions;
import dev.sluice.config.OptionReader;
import dev.sluice.kafka.KafkaStart;
import dev.sluice.kafka.Topics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

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
  private UnaryOperator<JobPlan> change = UnaryOperator.identity();

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

  JobRun option(String key, String value) {
    options.put(key, value);
    return this;
  }

  JobRun parallelism(int subtasks) {
    parallelism = subtasks;
    return this;
  }

  /** Changes the plan before it runs, for example to a model that fails. */
  JobRun change(UnaryOperator<JobPlan> planned) {
    change = planned;
    return this;
  }

  KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", bootstrapServers, "linger.ms", "20", "batch.size", "262144"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** Returns a record for the features topic. */
  ProducerRecord<byte[], byte[]> feature(int partition, byte[] key, byte[] value) {
    return new ProducerRecord<>(options.get("topics.features"), partition, key, value);
  }

  /** Runs the job to the end of what has been produced. */
  void execute() throws Exception {
    JobPlan plan = change.apply(JobPlanner.plan(OptionReader.read(options)));
    KafkaStart.check(plan.options());
    StreamExecutionEnvironment env = flink.environment();
    env.setParallelism(parallelism);
    InferenceJob.attach(env, plan);
    env.execute(options.get("kafka.group-id"));
  }

  List<GenericRecord> predictions() throws IOException {
    return read("predictions", "Prediction");
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
    GenericDatumReader<GenericRecord> reader = new GenericDatumReader<>(schema);
    try {
      eachMessage(options.get("topics." + topic), message -> taker.accept(read(reader, message)));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static GenericRecord read(
      GenericDatumReader<GenericRecord> reader, ConsumerRecord<byte[], byte[]> message) {
    ByteArrayInputStream bytes = new ByteArrayInputStream(message.value());
    try {
      GenericRecord record =
          reader.read(null, DecoderFactory.get().directBinaryDecoder(bytes, null));
      if (bytes.available() > 0) {
        throw new IOException(
            "%s has %d bytes after a %s"
                .formatted(message.topic(), bytes.available(), reader.getSchema().getName()));
      }
      return record;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads all committed messages of a topic. */
  List<ConsumerRecord<byte[], byte[]>> messages(String topic) {
    List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
    eachMessage(topic, messages::add);
    return messages;
  }

  private void eachMessage(String topic, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(taker);
      }
    }
  }
}
