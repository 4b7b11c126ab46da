package dev.sluice.cli.produce;

import dev.sluice.config.ClientOptions;
import dev.sluice.kafka.ClientProperties;
import dev.sluice.kafka.Topics;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends messages to a topic by the job's properties of producers, with {@code acks=all}. It buffers
 * as far as the producer does. Owns a producer; one thread sends, any may close it and ask what has
 * arrived.
 */
public final class RecordSender implements AutoCloseable {
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final String topic;
  private final SendFailures failures;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicLong arrived = new AtomicLong();
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
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, ClientProperties.batchSize(options.kafka()));
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(Topics.TIMEOUT.toMillis()));
    properties.putAll(ClientProperties.sinks(options.kafka()));
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
            if (error == null) {
              arrived.incrementAndGet();
            } else {
              failures.add(number, error);
            }
          });
    } catch (KafkaException e) {
      failures.add(number, e);
    }
    failures.throwIfFatal(arrived.get());
  }

  /**
   * Waits until it is known of each message whether it has arrived.
   *
   * @return how many have not
   * @throws IllegalStateException if they failed for a reason that all will fail for
   */
  public long finish() {
    producer.flush();
    failures.throwIfFatal(arrived.get());
    return failures.count();
  }

  /** Returns how many messages it was given. */
  public long handed() {
    return handed;
  }

  /** Returns how many messages have arrived so far. */
  public long arrived() {
    return arrived.get();
  }

  /** Sends what was handed over, as far as that takes no more than some seconds. */
  @Override
  public void close() {
    producer.close(CLOSING);
  }
}
