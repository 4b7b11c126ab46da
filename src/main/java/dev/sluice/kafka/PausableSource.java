package dev.sluice.kafka;

import static java.util.Objects.requireNonNull;

import dev.sluice.record.EncodedRecord;
import java.util.Properties;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.synchronization.FutureCompletingBlockingQueue;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.connector.kafka.source.reader.KafkaRecordEmitter;
import org.apache.flink.connector.kafka.source.reader.KafkaSourceReader;
import org.apache.flink.connector.kafka.source.reader.fetcher.KafkaSourceFetcherManager;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Kafka's source, whose readers go on when a partition is paused just as it ends. Those of Kafka's
 * own fail the task then (FLINK-39728); they cannot be told otherwise, so these are made here, of
 * the same parts.
 */
final class PausableSource extends KafkaSourceWrapper<EncodedRecord> {
  private static final long serialVersionUID = 1L;

  private final Properties properties;
  private final EncodedRecordReader deserializer;

  /**
   * @param properties of the consumers, with the brokers and the group
   * @param reset what a consumer does where the offset that it is to read is gone
   */
  PausableSource(
      Source<EncodedRecord, KafkaPartitionSplit, KafkaSourceEnumState> source,
      EncodedRecordReader deserializer,
      Properties properties,
      String reset) {
    super(source, deserializer.getProducedType());
    this.deserializer = requireNonNull(deserializer, "deserializer is null");
    this.properties = completed(properties, requireNonNull(reset, "reset is null"));
  }

  /** Adds what Kafka's source adds by itself. */
  private static Properties completed(Properties given, String reset) {
    Properties properties = new Properties();
    String bytes = ByteArrayDeserializer.class.getName();
    properties.setProperty(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, bytes);
    properties.setProperty(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, bytes);
    properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.setProperty(
        KafkaSourceOptions.CLIENT_ID_PREFIX.key(),
        given.getProperty(ConsumerConfig.GROUP_ID_CONFIG));
    properties.putAll(given);
    properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, reset);
    return properties;
  }

  @Override
  public SourceReader<EncodedRecord, KafkaPartitionSplit> createReader(
      SourceReaderContext context) {
    KafkaSourceReaderMetrics metrics = new KafkaSourceReaderMetrics(context.metricGroup());
    FutureCompletingBlockingQueue<RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>>> queue =
        new FutureCompletingBlockingQueue<>();
    KafkaSourceFetcherManager fetchers =
        new KafkaSourceFetcherManager(
            queue, () -> new PausableSplitReader(properties, context, metrics), finished -> {});
    Configuration configuration = new Configuration();
    properties
        .stringPropertyNames()
        .forEach(name -> configuration.setString(name, properties.getProperty(name)));
    return new KafkaSourceReader<>(
        queue, fetchers, new KafkaRecordEmitter<>(deserializer), configuration, context, metrics);
  }
}
