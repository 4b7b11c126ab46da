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
 * Reads what a contender has written, round by round: each record has one prediction, of which all
 * but the scores is as expected byte by byte, and the scores are those of {@link ExpectedScores}.
 */
final class PredictionCheck implements AutoCloseable {
  private final String contender;
  private final ExpectedScores expected;
  private final Workload workload;
  private final Payload payload;
  private final AvroIn in = new AvroIn();
  private final TopicPartition partition;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private int rounds;
  private long checked;
  private long first;
  private long last;

  /**
   * @param contender its name, for messages
   */
  PredictionCheck(String contender, Trial trial, Route route, ExpectedScores expected) {
    this.contender = contender;
    this.expected = expected;
    this.workload = trial.workload();
    this.payload = new Payload(route.features(), ModelPackage.open(workload.model()));
    this.partition = new TopicPartition(route.predictions(), 0);
    this.consumer =
        new KafkaConsumer<>(
            Clients.with(Clients.CONSUMER, trial.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(List.of(partition));
  }

  /** Returns the offset from which on the next round's predictions stand. */
  long position() {
    return consumer.position(partition);
  }

  /**
   * Checks the predictions of the next round.
   *
   * @param records of the round
   * @param patience for how long to wait for the next prediction, of a transaction for instance
   * @return predictions per second, from the first one's append to the broker's log to the last's
   * @throws IllegalStateException at the first difference
   */
  double check(long records, Duration patience) {
    int width = payload.width();
    float[] scores = new float[Math.toIntExact(records * width)];
    Arrays.fill(scores, Float.NaN);
    first = Long.MAX_VALUE;
    last = Long.MIN_VALUE;
    long count = read(scores, patience);
    if (count > records) {
      throw new IllegalStateException(
          "%s: %d predictions, expected %d".formatted(contender, count, records));
    }
    expected.check(contender, checked, scores, width);
    checked += records;
    rounds++;
    return 1000.0 * count / Math.max(1, last - first);
  }

  /** Reads as many as there have to be, and what else is there then. */
  private long read(float[] scores, Duration patience) {
    float[] values = new float[payload.width()];
    long records = scores.length / values.length;
    long count = 0;
    long since = System.nanoTime();
    while (count < records ? System.nanoTime() - since < patience.toNanos() : !isAtEnd()) {
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(200))) {
        first = Math.min(first, message.timestamp());
        last = Math.max(last, message.timestamp());
        count++;
        long record = record(in.over(message.value()), values) - checked;
        if (record < 0 || record >= records) {
          throw new IllegalStateException(
              "%s: a prediction of record %d, expected %d to %d"
                  .formatted(contender, checked + record, checked, checked + records - 1));
        }
        System.arraycopy(values, 0, scores, (int) record * values.length, values.length);
        since = System.nanoTime();
      }
    }
    return count;
  }

  private boolean isAtEnd() {
    long end = consumer.endOffsets(List.of(partition)).get(partition);
    return consumer.position(partition) >= end;
  }

  private long record(AvroIn prediction, float[] values) {
    try {
      return payload.read(prediction, workload, rounds, values);
    } catch (IllegalStateException e) {
      throw new IllegalStateException(contender + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
