package dev.sluice.cli.letters;

import dev.sluice.config.ClientOptions;
import dev.sluice.kafka.ClientProperties;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.util.TimeUtils;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends records in one transaction: all of them are read, or none is. The transactional id is the
 * same for every run over a topic of dead letters, so a second run at the same time ends the first,
 * and one after a crash aborts what that left open, which would hold up readers of committed
 * records until the transaction's timeout. Closing aborts a transaction that is not committed; from
 * any thread.
 */
public final class RedriveProducer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final String transactionalId;
  private final Duration transactionTimeout;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  private RedriveProducer(
      String transactionalId, Duration transactionTimeout, Properties properties) {
    this.transactionalId = transactionalId;
    this.transactionTimeout = transactionTimeout;
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Connects to the brokers of a job and ends other runs over the same topic.
   *
   * @param topic that of the dead letters
   */
  public static RedriveProducer open(ClientOptions options, String topic) {
    String id = options.transactionalIdPrefix() + "-redrive-" + topic;
    Properties properties = new Properties();
    properties.put(ProducerConfig.LINGER_MS_CONFIG, "5");
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    properties.put(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
        Integer.toString(Math.toIntExact(options.transactionTimeout().toMillis())));
    properties.putAll(ClientProperties.sinks(options.kafka()));
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, options.kafka().bootstrapServers());
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(PATIENCE.toMillis()));
    RedriveProducer opened = new RedriveProducer(id, options.transactionTimeout(), properties);
    try {
      opened.producer.initTransactions();
      return opened;
    } catch (KafkaException e) {
      opened.close();
      throw new IllegalStateException(
          "cannot begin a transaction as %s; delivery.transaction-timeout is %s"
              .formatted(id, TimeUtils.formatWithHighestUnit(options.transactionTimeout())),
          e);
    }
  }

  void begin() {
    producer.beginTransaction();
  }

  void send(ProducerRecord<byte[], byte[]> message) {
    try {
      producer.send(
          message,
          (metadata, error) -> {
            if (error != null) {
              failure.compareAndSet(null, error);
            }
          });
    } catch (KafkaException e) {
      throw failed(e);
    }
    check();
  }

  void commit(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
    try {
      producer.flush();
      check();
      producer.sendOffsetsToTransaction(offsets, group);
    } catch (KafkaException e) {
      throw failed(e);
    }
    try {
      producer.commitTransaction();
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "the brokers did not say whether the letters are sent; give the same command again, it"
              + " leaves out what has been sent",
          e);
    } catch (KafkaException e) {
      throw failed(e);
    }
  }

  private void check() {
    if (failure.get() != null) {
      throw failed(failure.get());
    }
  }

  private IllegalStateException failed(Exception cause) {
    Exception first = failure.get() == null ? cause : failure.get();
    if (first instanceof ProducerFencedException
        || first instanceof InvalidProducerEpochException) {
      return new IllegalStateException(
          "nothing was sent: another run has taken over as "
              + transactionalId
              + ", or this one took longer than delivery.transaction-timeout, which is "
              + TimeUtils.formatWithHighestUnit(transactionTimeout),
          first);
    }
    return new IllegalStateException("nothing was sent", first);
  }

  @Override
  public void close() {
    producer.close(CLOSING); // aborts what is open
  }
}
