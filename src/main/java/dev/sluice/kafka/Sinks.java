package dev.sluice.kafka;

import dev.sluice.config.DeliveryOptions;
import dev.sluice.config.Guarantee;
import dev.sluice.config.JobOptions;
import dev.sluice.record.KafkaMessage;
import java.time.Duration;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The sinks of the job: one per topic.
 *
 * <p>The producers' defaults, which properties can change, lean towards throughput where that costs
 * little latency: records wait at most 5 ms for others, batches hold 128 KiB instead of 16 KiB
 * (predictions are small and come by the batch), and lz4 packs them, since neighbouring predictions
 * share most of their bytes.
 */
public final class Sinks {
  /** Whether Flink's sink shows the metrics of its producers. */
  private static final String PRODUCER_METRICS = "register.producer.metrics";

  /** Brokers take any up to their own limit; nothing is written within it. */
  private static final Duration ENDING_TIMEOUT = Duration.ofSeconds(10);

  private Sinks() {}

  /**
   * Returns the sink for a topic.
   *
   * @param topic where to write; with exactly-once delivery, also a part of the transactional ids
   */
  public static Sink<KafkaMessage> create(JobOptions options, String topic) {
    String prefix = transactionalIdPrefix(options.delivery(), topic);
    if (options.delivery().guarantee() == Guarantee.EXACTLY_ONCE) {
      return transactions(options, topic, prefix, options.delivery().transactionTimeout()).build();
    }
    KafkaSink<KafkaMessage> sink =
        builder(options, topic).setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE).build();
    return new AtLeastOnceSink(
        topic,
        sink,
        ending(options, topic, prefix),
        ClientProperties.admin(ClientSide.SINKS, options.kafka()),
        former -> ending(options, topic, former));
  }

  /** Returns a sink that writes nothing, but ends what others have begun. */
  private static KafkaSink<KafkaMessage> ending(JobOptions options, String topic, String prefix) {
    return transactions(options, topic, prefix, ENDING_TIMEOUT)
        .setProperty(PRODUCER_METRICS, "false")
        .build();
  }

  private static KafkaSinkBuilder<KafkaMessage> transactions(
      JobOptions options, String topic, String prefix, Duration timeout) {
    return builder(options, topic)
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(prefix)
        .setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Long.toString(timeout.toMillis()));
  }

  private static KafkaSinkBuilder<KafkaMessage> builder(JobOptions options, String topic) {
    return KafkaSink.<KafkaMessage>builder()
        .setKafkaProducerConfig(properties(options))
        .setBootstrapServers(options.kafka().bootstrapServers())
        .setRecordSerializer(new KafkaMessageWriter(topic));
  }

  /**
   * Returns what the transactional ids of a topic's sink begin with; Flink adds {@code -SUBTASK-N}.
   * No two sinks, of one job or of two with different prefixes, share an id: a topic's name has no
   * colon, so an id's last one ends the prefix.
   */
  static String transactionalIdPrefix(DeliveryOptions delivery, String topic) {
    return delivery.transactionalIdPrefix() + ":" + topic;
  }

  /** Returns the producers' properties, without the brokers' address. */
  static Properties properties(JobOptions options) {
    Properties properties = new Properties();
    properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, "5");
    properties.setProperty(
        ProducerConfig.BATCH_SIZE_CONFIG, ClientProperties.batchSize(options.kafka()));
    properties.setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    properties.putAll(ClientProperties.sinks(options.kafka()));
    return properties;
  }
}
