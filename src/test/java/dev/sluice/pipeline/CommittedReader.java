package dev.sluice.pipeline;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Somebody downstream: reads the predictions as they are committed, in a thread of its own, and
 * counts how often each feature record is answered. What it has seen is not taken back, unlike what
 * a reader finds who comes when all is over.
 */
final class CommittedReader implements AutoCloseable {
  private final Map<String, Integer> answers = new ConcurrentHashMap<>();
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final GenericDatumReader<GenericRecord> decoder;
  private final Thread thread = new Thread(this::read, "committed-reader");
  private volatile boolean closed;
  private volatile Throwable failure;

  CommittedReader(String bootstrapServers, String topic) throws IOException {
    decoder =
        new GenericDatumReader<>(new Schema.Parser().parse(new File("schemas/Prediction.avsc")));
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> all =
        consumer.partitionsFor(topic).stream()
            .map(p -> new TopicPartition(topic, p.partition()))
            .toList();
    consumer.assign(all);
    consumer.seekToBeginning(all);
    thread.start();
  }

  private void read() {
    try (consumer) {
      while (!closed) {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(50))) {
          GenericRecord prediction =
              decoder.read(
                  null,
                  DecoderFactory.get()
                      .directBinaryDecoder(new ByteArrayInputStream(message.value()), null));
          answers.merge(
              prediction.get("partition") + "@" + prediction.get("offset"), 1, Math::addExact);
        }
      }
    } catch (IOException | RuntimeException e) {
      failure = e;
    }
  }

  /** Waits until so many more records have been answered than now. */
  void awaitMore(int records) throws Exception {
    await(answers.size() + records);
  }

  /** Waits until so many records have been answered. */
  void await(int records) throws Exception {
    Await.until(
        records + " answered records",
        Duration.ofSeconds(60),
        () -> {
          if (failure != null) {
            throw new AssertionError("the reader fails", failure);
          }
          return answers.size() >= records;
        });
  }

  /** Returns the records with more than one answer. */
  List<String> repeated() {
    return answers.entrySet().stream()
        .filter(entry -> entry.getValue() > 1)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** Returns which of so many records, sent to the partitions in turn, have no answer. */
  List<String> missing(int partitions, int records) {
    return IntStream.range(0, records)
        .mapToObj(i -> i % partitions + "@" + i / partitions)
        .filter(record -> !answers.containsKey(record))
        .toList();
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
