package dev.sluice.bench;

import dev.sluice.model.ModelPackage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what a contender has written: each record has one prediction, of which all but the scores
 * is as expected byte by byte, and the scores are those of the contender that was checked first.
 * Two scores are the same where they differ by {@value #TOLERANCE} of the larger one at most, or of
 * 1, since kernels for one row and for many sum in different orders.
 */
final class PredictionCheck {
  static final double TOLERANCE = 1e-5;

  private final Trial trial;
  private final Payload payload;
  private float[] expected;

  PredictionCheck(Trial trial) {
    this.trial = trial;
    this.payload = new Payload(trial.topic(), ModelPackage.open(trial.workload().model()));
  }

  /**
   * Checks a topic.
   *
   * @param contender its name, for messages
   * @param records how many were to be scored; all there are for the first contender
   * @return predictions per second, from the first one's append to the broker's log to the last's
   * @throws IllegalStateException at the first difference
   */
  double check(String contender, String topic, long records) {
    int width = payload.width();
    float[] scores = new float[Math.toIntExact(records * width)];
    Arrays.fill(scores, Float.NaN);
    double rate = read(contender, topic, scores);
    if (expected == null) {
      expected = scores;
    }
    for (int i = 0; i < scores.length; i++) {
      if (!isSame(scores[i], expected[i])) {
        String what = Float.isNaN(scores[i]) ? "has no prediction" : "scored " + scores[i];
        throw new IllegalStateException(
            "%s: record %d %s, expected %s".formatted(contender, i / width, what, expected[i]));
      }
    }
    return rate;
  }

  private static boolean isSame(float score, float other) {
    double scale = Math.max(1, Math.max(Math.abs(score), Math.abs(other)));
    return Math.abs(score - other) <= TOLERANCE * scale;
  }

  private double read(String contender, String topic, float[] scores) {
    float[] values = new float[payload.width()];
    AvroIn in = new AvroIn();
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    long count = 0;
    long records = scores.length / values.length;
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Clients.with(Clients.CONSUMER, trial.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(200))) {
          first = Math.min(first, message.timestamp());
          last = Math.max(last, message.timestamp());
          count++;
          long record = record(contender, in.over(message.value()), values);
          if (record < 0 || record >= records) {
            throw new IllegalStateException(
                "%s: a prediction of record %d, expected 0 to %d"
                    .formatted(contender, record, records - 1));
          }
          System.arraycopy(values, 0, scores, (int) record * values.length, values.length);
        }
      }
    }
    if (count > records) {
      throw new IllegalStateException(
          "%s: %d predictions, expected %d".formatted(contender, count, records));
    }
    return 1000.0 * count / Math.max(1, last - first);
  }

  private long record(String contender, AvroIn prediction, float[] values) {
    try {
      return payload.read(prediction, values);
    } catch (IllegalStateException e) {
      throw new IllegalStateException(contender + ": " + e.getMessage(), e);
    }
  }
}
