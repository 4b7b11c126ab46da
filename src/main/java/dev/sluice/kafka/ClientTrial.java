package dev.sluice.kafka;

import dev.sluice.config.JobOptions;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes a consumer and a producer of the job's properties and closes them again: what Kafka refuses
 * is known before the start, and not when a task fails by it again and again. The clients that ask
 * about topics know only what all clients do.
 */
final class ClientTrial {
  private ClientTrial() {}

  /**
   * Tries both sides.
   *
   * @param problem takes one line for each side that is refused
   */
  static void check(
      JobOptions options, ClientLogin source, ClientLogin sinks, Consumer<String> problem) {
    attempt(source, FeatureSource.properties(options.kafka()), ClientTrial::consume, problem);
    attempt(sinks, Sinks.properties(options), ClientTrial::produce, problem);
  }

  private static void attempt(
      ClientLogin login,
      Properties properties,
      Consumer<Properties> client,
      Consumer<String> problem) {
    properties.setProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, login.servers());
    try {
      client.accept(properties);
    } catch (KafkaException e) {
      problem.accept(ClientRefusal.of(login, e).getMessage());
    }
  }

  private static void consume(Properties properties) {
    new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .close();
  }

  private static void produce(Properties properties) {
    new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())
        .close(Duration.ZERO);
  }
}
