package dev.sluice.pipeline;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Which records have an answer in a topic, and how many twice: bits, since they are millions. */
final class Answers {
  private final Map<Integer, BitSet> offsets = new HashMap<>();
  private long count;
  private long repeated;

  /**
   * Reads the committed answers of a topic.
   *
   * @param schema the name of its schema: Prediction or DeadLetter
   */
  static Answers read(String bootstrapServers, String topic, String schema) throws IOException {
    GenericDatumReader<GenericRecord> reader =
        new GenericDatumReader<>(
            new Schema.Parser().parse(new File("schemas/" + schema + ".avsc")));
    Answers answers = new Answers();
    BinaryDecoder[] decoder = new BinaryDecoder[1];
    GenericRecord[] reused = new GenericRecord[1];
    forEach(
        bootstrapServers,
        topic,
        value -> {
          try {
            decoder[0] = DecoderFactory.get().binaryDecoder(value, decoder[0]);
            reused[0] = reader.read(reused[0], decoder[0]);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          answers.add((Integer) reused[0].get("partition"), (Long) reused[0].get("offset"));
        });
    return answers;
  }

  private static void forEach(String servers, String topic, Consumer<byte[]> each) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", servers,
                "isolation.level", "read_committed",
                "max.poll.records", "5000",
                "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(message -> each.accept(message.value()));
      }
    }
  }

  private void add(int partition, long offset) {
    BitSet seen = offsets.computeIfAbsent(partition, key -> new BitSet());
    repeated += seen.get((int) offset) ? 1 : 0;
    seen.set((int) offset);
    count++;
  }

  /** Returns how many answers there are. */
  long count() {
    return count;
  }

  /** Returns how many records were answered before. */
  long repeated() {
    return repeated;
  }

  /** Returns whether the record has an answer. */
  boolean has(int partition, long offset) {
    BitSet seen = offsets.get(partition);
    return seen != null && seen.get((int) offset);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Answers that && offsets.equals(that.offsets);
  }

  @Override
  public int hashCode() {
    return offsets.hashCode();
  }

  @Override
  public String toString() {
    return count + " answers, " + repeated + " repeated";
  }
}
