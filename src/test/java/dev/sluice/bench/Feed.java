package dev.sluice.bench;

import dev.sluice.kafka.CheckedProducer;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Brings a workload's records to one contender, by rounds. A round is a transaction, which the
 * broker shows only when it is committed: whoever reads finds all of it at once, as if he had been
 * behind, and the producer takes no time from him. A round's last offset is its commit's, so that a
 * record's offset is its number and the number of rounds before.
 */
final class Feed implements AutoCloseable {
  private static final Map<String, String> SETTINGS =
      Map.of("linger.ms", "20", "batch.size", "262144", "transaction.timeout.ms", "600000");

  private final Workload workload;
  private final String topic;
  private final CheckedProducer producer;
  private long next;

  Feed(Trial trial, String topic) {
    this.workload = trial.workload();
    this.topic = topic;
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.put("transactional.id", topic);
    producer = new CheckedProducer(trial.bootstrapServers(), settings);
    producer.initTransactions();
  }

  /** Sends the next records, which nobody sees yet; all are with the broker when it returns. */
  void prepare(long records) {
    producer.beginTransaction();
    for (long end = next + records; next < end; next++) {
      producer.send(new ProducerRecord<>(topic, 0, null, workload.record(next)));
    }
    producer.flush();
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
