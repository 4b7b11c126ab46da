package dev.sluice.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Brings a workload's records to one contender, by rounds. A round is a transaction, which the
 * broker shows only when it is committed: whoever reads finds all of it at once, as if he had been
 * behind, and the producer takes no time from him. A round's last offset is its commit's, so that a
 * record's offset is its number and the number of rounds before.
 */
final class Feed implements AutoCloseable {
  // One request at a time: a partition that was just created may refuse the first one and take the
  // second, after which the first one, sent again, is refused until it times out.
  private static final Map<String, String> SETTINGS =
      Map.of(
          "linger.ms",
          "20",
          "batch.size",
          "262144",
          "max.in.flight.requests.per.connection",
          "1",
          "transaction.timeout.ms",
          "600000");

  private final Workload workload;
  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;
  private long next;

  Feed(Trial trial, String topic) {
    this.workload = trial.workload();
    this.topic = topic;
    Map<String, Object> settings = new HashMap<>(Clients.with(SETTINGS, trial.bootstrapServers()));
    settings.put("transactional.id", topic);
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
  }

  /** Sends the next records, which nobody sees yet; all are with the broker when it returns. */
  void prepare(long records) {
    AtomicReference<Exception> failure = new AtomicReference<>();
    producer.beginTransaction();
    long end = next + records;
    for (; next < end && failure.get() == null; next++) {
      producer.send(
          new ProducerRecord<>(topic, 0, null, workload.record(next)),
          (metadata, error) -> {
            if (error != null) {
              failure.set(error);
            }
          });
    }
    producer.flush();
    if (failure.get() != null) {
      throw new IllegalStateException("the records do not get into " + topic, failure.get());
    }
  }

  /** Shows them. */
  void release() {
    producer.commitTransaction();
  }

  @Override
  public void close() {
    producer.close();
  }
}
