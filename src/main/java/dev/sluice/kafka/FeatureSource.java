package dev.sluice.kafka;

import dev.sluice.config.JobOptions;
import dev.sluice.config.KafkaOptions;
import dev.sluice.config.StartPosition;
import dev.sluice.record.EncodedRecord;
import java.util.Properties;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.base.source.reader.SourceReaderOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/**
 * The source of feature records. It looks for new partitions every ten seconds, which also keeps
 * subtasks without a partition from finishing and so from pushing the watermark to its end; a
 * bounded run looks once. The group's offsets are committed at each checkpoint, for monitoring and
 * for a start without savepoint; recovery goes by the checkpoint alone.
 *
 * <p>Records of open or aborted transactions are not read ({@code isolation.level=read_committed}):
 * a prediction for a record that was taken back cannot be taken back. This and every other property
 * can be set; properties of the source win over those of all clients.
 *
 * <p>A subtask holds at most 150 records that it has fetched ({@code max.poll.records} 50),
 * whatever their size.
 */
public final class FeatureSource {
  private static final long PARTITION_DISCOVERY_MILLIS = 10_000;

  /**
   * So many records are handed out at once. Brokers limit a batch as it is compressed: a megabyte
   * of it may be thousands of records of ten megabytes, and Kafka's default is to hand out 500.
   */
  private static final int MAX_POLL_RECORDS = 50;

  /** So many such portions wait, besides the one that is worked on and the one that is read. */
  private static final int WAITING_PORTIONS = 1;

  private FeatureSource() {}

  /**
   * Returns the source.
   *
   * @param type how records travel to the next operator
   */
  public static KafkaSource<EncodedRecord> create(
      JobOptions options, TypeInformation<EncodedRecord> type) {
    KafkaOptions kafka = options.kafka();
    KafkaSourceBuilder<EncodedRecord> builder =
        KafkaSource.<EncodedRecord>builder()
            .setProperties(properties(kafka))
            .setBootstrapServers(kafka.bootstrapServers())
            .setGroupId(kafka.groupId())
            .setTopics(kafka.featuresTopic())
            .setStartingOffsets(offsets(kafka.start()))
            .setDeserializer(new EncodedRecordReader(type));
    if (kafka.bounded()) {
      builder.setBounded(OffsetsInitializer.latest());
    }
    return builder.build();
  }

  private static Properties properties(KafkaOptions kafka) {
    Properties properties = new Properties();
    properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.setProperty(
        KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
        Long.toString(PARTITION_DISCOVERY_MILLIS));
    properties.setProperty(
        ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(MAX_POLL_RECORDS));
    properties.setProperty(
        SourceReaderOptions.ELEMENT_QUEUE_CAPACITY.key(), Integer.toString(WAITING_PORTIONS));
    properties.putAll(kafka.sourceProperties());
    return properties;
  }

  @SuppressWarnings("deprecation") // Flink's signature names Kafka's deprecated type.
  private static OffsetsInitializer offsets(StartPosition start) {
    return switch (start.kind()) {
      case COMMITTED -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
      case EARLIEST -> OffsetsInitializer.earliest();
      case LATEST -> OffsetsInitializer.latest();
      case TIMESTAMP -> OffsetsInitializer.timestamp(start.timestamp().toEpochMilli());
    };
  }
}
