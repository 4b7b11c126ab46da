package dev.sluice.cli;

import dev.sluice.avro.Alarm;
import dev.sluice.avro.DataProfile;
import dev.sluice.avro.DeadLetter;
import dev.sluice.avro.Prediction;
import dev.sluice.config.KafkaOptions;
import dev.sluice.kafka.ClientProperties;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads back what the job writes: counts every record's fate, gathers the profiles, and keeps all
 * of it in files. Owns a consumer; not thread-safe.
 */
final class DemoResults implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaOptions topics;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final RecordFormat predictions = new RecordFormat(Prediction.getClassSchema());
  private final RecordFormat deadLetters = new RecordFormat(DeadLetter.getClassSchema());
  private final RecordFormat profiles = new RecordFormat(DataProfile.getClassSchema());
  private final RecordFormat alarms = new RecordFormat(Alarm.getClassSchema());
  private final DataFileWriter<GenericRecord> predictionFile;
  private final BufferedWriter deadLetterFile;
  private final BufferedWriter profileFile;
  private final BufferedWriter alarmFile;
  private final Accounting accounting = new Accounting();
  private final WindowTable windows = new WindowTable();
  private long alarmsRaised;
  private GenericRecord firstPrediction;
  private GenericRecord firstDeadLetter;

  /**
   * @param directory where the files go; exists
   */
  DemoResults(KafkaOptions topics, Path directory) throws IOException {
    this.topics = topics;
    this.predictionFile =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(predictions.schema()))
            .setCodec(CodecFactory.deflateCodec(1))
            .create(predictions.schema(), directory.resolve("predictions.avro").toFile());
    this.deadLetterFile = Files.newBufferedWriter(directory.resolve("dead-letters.jsonl"));
    this.profileFile = Files.newBufferedWriter(directory.resolve("profiles.jsonl"));
    this.alarmFile = Files.newBufferedWriter(directory.resolve("alarms.jsonl"));
    Properties properties = new Properties();
    properties.putAll(ClientProperties.source(topics));
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, topics.bootstrapServers());
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    this.consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic :
        List.of(
            topics.predictionsTopic(),
            topics.deadLettersTopic(),
            topics.inputProfilesTopic(),
            topics.outputProfilesTopic(),
            topics.alarmsTopic())) {
      for (PartitionInfo partition : consumer.partitionsFor(topic)) {
        partitions.add(new TopicPartition(topic, partition.partition()));
      }
    }
    consumer.assign(partitions);
  }

  /** Takes what has come; returns how many messages that were. */
  int poll() throws IOException {
    int count = 0;
    for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
      take(message);
      count++;
    }
    return count;
  }

  /** Takes all there is once the job has stopped. */
  void drain() throws IOException {
    var ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      poll();
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> message) throws IOException {
    if (message.topic().equals(topics.predictionsTopic())) {
      takePrediction(message.value());
    } else if (message.topic().equals(topics.deadLettersTopic())) {
      takeDeadLetter(message.value());
    } else if (message.topic().equals(topics.alarmsTopic())) {
      writeLine(alarmFile, alarms.decode(message.value()));
      alarmsRaised++;
    } else {
      GenericRecord profile = profiles.decode(message.value());
      writeLine(profileFile, profile);
      windows.add(profile);
    }
  }

  private void takePrediction(byte[] value) throws IOException {
    GenericRecord prediction = predictions.decode(value);
    if (count(Accounting.Fate.PREDICTED, prediction)) {
      predictionFile.appendEncoded(ByteBuffer.wrap(value));
      firstPrediction = firstPrediction == null ? prediction : firstPrediction;
    }
  }

  private void takeDeadLetter(byte[] value) throws IOException {
    GenericRecord letter = deadLetters.decode(value);
    if (count(Accounting.Fate.valueOf(letter.get("kind").toString()), letter)) {
      writeLine(deadLetterFile, letter);
      firstDeadLetter = firstDeadLetter == null ? letter : firstDeadLetter;
    }
  }

  private boolean count(Accounting.Fate fate, GenericRecord answer) {
    return accounting.add(fate, (Integer) answer.get("partition"), (Long) answer.get("offset"));
  }

  private static void writeLine(BufferedWriter file, GenericRecord record) throws IOException {
    file.write(GenericData.get().toString(record));
    file.newLine();
  }

  Accounting accounting() {
    return accounting;
  }

  WindowTable windows() {
    return windows;
  }

  long alarmsRaised() {
    return alarmsRaised;
  }

  /** Returns the first prediction that came, or null. */
  GenericRecord firstPrediction() {
    return firstPrediction;
  }

  /** Returns the first dead letter that came, or null. */
  GenericRecord firstDeadLetter() {
    return firstDeadLetter;
  }

  /** Returns the bytes of the feature record that an answer points to. */
  byte[] featureOf(GenericRecord answer) {
    TopicPartition partition =
        new TopicPartition(answer.get("topic").toString(), (Integer) answer.get("partition"));
    long offset = (Long) answer.get("offset");
    consumer.assign(List.of(partition));
    consumer.seek(partition, offset);
    for (int attempt = 0; attempt < 50; attempt++) {
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
        if (message.offset() == offset) {
          return message.value();
        }
      }
    }
    throw new IllegalStateException("cannot read back " + partition + "@" + offset);
  }

  @Override
  public void close() throws IOException {
    consumer.close();
    predictionFile.close();
    deadLetterFile.close();
    profileFile.close();
    alarmFile.close();
  }
}
