package dev.sluice.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A producer of bytes of which no message is lost unnoticed: after one that was not taken, sending,
 * flushing and closing fail.
 *
 * <p>It sends one request at a time: a partition that was just created may refuse the first one and
 * take the second, whose sequence number then makes the first one, sent again, be refused until it
 * times out.
 */
public final class CheckedProducer extends KafkaProducer<byte[], byte[]> {
  private final AtomicReference<Refusal> first = new AtomicReference<>();

  /** The first message that was not taken. */
  private record Refusal(String topic, Exception why) {}

  /** Connects to brokers with the client's default settings. */
  public CheckedProducer(String bootstrapServers) {
    this(bootstrapServers, Map.of());
  }

  /**
   * Connects to brokers.
   *
   * @param settings of the client, by their names
   */
  public CheckedProducer(String bootstrapServers, Map<String, ?> settings) {
    super(with(bootstrapServers, settings), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static Map<String, Object> with(String bootstrapServers, Map<String, ?> settings) {
    Map<String, Object> properties = new HashMap<>(settings);
    properties.put("bootstrap.servers", bootstrapServers);
    properties.put("max.in.flight.requests.per.connection", "1");
    return properties;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if an earlier message was not taken
   */
  @Override
  public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> message, Callback callback) {
    check();
    return super.send(
        message,
        (metadata, error) -> {
          if (error != null) {
            first.compareAndSet(null, new Refusal(message.topic(), error));
          }
          if (callback != null) {
            callback.onCompletion(metadata, error);
          }
        });
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if a message was not taken
   */
  @Override
  public void flush() {
    super.flush();
    check();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if a message was not taken
   */
  @Override
  public void close(Duration timeout) {
    super.close(timeout);
    check();
  }

  private void check() {
    Refusal refusal = first.get();
    if (refusal != null) {
      throw new IllegalStateException(
          "a message for topic " + refusal.topic() + " was not taken", refusal.why());
    }
  }
}
