package dev.sluice.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads when the broker took the predictions, once all are there: reading costs no time before. */
final class PredictionTimes {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final TopicPartition partition;
  private BinaryDecoder decoder;

  PredictionTimes(String bootstrapServers, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    partition = new TopicPartition(topic, 0);
    consumer.assign(List.of(partition));
  }

  /**
   * Waits for the predictions of the records from an offset on and returns the time of each, in
   * milliseconds since 1970.
   *
   * @throws IllegalStateException if one has none or several, or not in time
   */
  long[] take(long firstOffset, int records) throws Exception {
    long start = System.nanoTime();
    long end = firstOffset + records; // as many predictions as records: each has one
    while (consumer.endOffsets(List.of(partition)).get(partition) < end) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "%d predictions after %s, expected %d"
                .formatted(consumer.endOffsets(List.of(partition)).get(partition), PATIENCE, end));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    long[] times = new long[records];
    Arrays.fill(times, -1);
    while (consumer.position(partition) < end) {
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(200))) {
        long i = offset(message.value()) - firstOffset;
        if (i < 0 || i >= records || times[(int) i] >= 0) {
          throw new IllegalStateException(
              "a prediction of record %d, expected one each of %d to %d"
                  .formatted(i + firstOffset, firstOffset, end - 1));
        }
        times[(int) i] = message.timestamp();
      }
    }
    return times;
  }

  /** Reads a prediction up to the offset of its record: key, topic and partition come before. */
  private long offset(byte[] prediction) throws IOException {
    decoder = DecoderFactory.get().binaryDecoder(prediction, decoder);
    if (decoder.readIndex() == 1) {
      decoder.skipBytes();
    }
    decoder.skipString();
    decoder.readInt();
    return decoder.readLong();
  }

  void close() {
    consumer.close();
  }
}
