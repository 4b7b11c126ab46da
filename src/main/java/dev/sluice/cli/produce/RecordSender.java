package dev.sluice.cli.produce;

import dev.sluice.config.ClientOptions;
import dev.sluice.kafka.Topics;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends messages to a topic by the job's properties of producers, with {@code acks=all}. It buffers
 * as far as the producer does. Owns a producer; one thread uses it.
 */
public final class RecordSender implements AutoCloseable {
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final String topic;
  private final SendFailures failures;
  private final KafkaProducer<byte[], byte[]> producer;
  private long handed;

  private RecordSender(String topic, SendFailures failures, Properties properties) {
    this.topic = topic;
    this.failures = failures;
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Connects to the brokers of a job.
   *
   * @param notes takes a line for a person about each of the first messages that do not arrive,
   *     from any thread
   */
  public static RecordSender open(ClientOptions options, String topic, Consumer<String> notes) {
    Properties properties = new Properties();
    properties.put(ProducerConfig.LINGER_MS_CONFIG, "5");
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, "131072");
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(Topics.TIMEOUT.toMillis()));
    properties.putAll(options.kafka().sinkProperties());
    properties.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, options.kafka().bootstrapServers());
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    return new RecordSender(topic, new SendFailures(notes), properties);
  }

  /**
   * Hands a message to the producer; whether it arrives turns out later.
   *
   * @throws IllegalStateException if an earlier one failed for a reason that all will fail for
   */
  public void send(Outgoing message) {
    long number = ++handed;
    try {
      producer.send(
          new ProducerRecord<>(topic, message.key(), message.value()),
          (metadata, error) -> {
            if (error != null) {
              failures.add(number, error);
            }
          });
    } catch (KafkaException e) {
      failures.add(number, e);
    }
    failures.throwIfFatal();
  }

  /**
   * Waits until it is known of each message whether it has arrived.
   *
   * @return how many have not
   * @throws IllegalStateException if they failed for a reason that all will fail for
   */
  public long finish() {
    producer.flush();
    failures.throwIfFatal();
    return failures.count();
  }

  /** Returns how many messages it was given. */
  public long handed() {
    return handed;
  }

  @Override
  public void close() {
    producer.close(CLOSING);
  }
}
