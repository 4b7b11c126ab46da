package dev.sluice.kafka;

import dev.sluice.config.JobOptions;
import dev.sluice.config.KafkaOptions;
import dev.sluice.config.StartPosition;
import dev.sluice.config.StopPosition;
import dev.sluice.config.WireFormat;
import dev.sluice.decode.WriterSchemas;
import dev.sluice.record.EncodedRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * The source of feature records. It looks for new partitions every ten seconds, which also keeps
 * subtasks without a partition from finishing and so from pushing the watermark to its end; a
 * bounded run looks once. A look that fails after the first is a warning. The group's offsets are
 * committed at each checkpoint, for monitoring and for a start without savepoint; recovery goes by
 * the checkpoint alone.
 *
 * <p>Records of open or aborted transactions are not read ({@code isolation.level=read_committed}):
 * a prediction for a record that was taken back cannot be taken back. This and every other property
 * can be set; properties of the source win over those of all clients.
 *
 * <p>A subtask holds at most four polls of records that it has fetched, of {@code max.poll.records}
 * each, whatever their size. Two more in the queue gained 2 % where records are small.
 */
public final class FeatureSource {
  private static final long PARTITION_DISCOVERY_MILLIS = 10_000;

  private FeatureSource() {}

  /**
   * Returns the source.
   *
   * @param type how records travel to the next operator
   * @param schemas what decoding asks for writer schemas: records that name theirs are not handed
   *     over before it is known
   */
  public static Source<EncodedRecord, ?, ?> create(
      JobOptions options, TypeInformation<EncodedRecord> type, WriterSchemas schemas) {
    WireFormat format = options.formats().features();
    if (format == WireFormat.PLAIN || options.registry().url().isEmpty()) {
      return source(options, type, properties(options.kafka()));
    }
    Properties properties = properties(options.kafka());
    properties.merge(
        ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
        SchemaPrefetch.class.getName(),
        (users, ours) -> users.toString().isBlank() ? ours : users + "," + ours);
    return new PrefetchingSource<>(source(options, type, properties), type, format, schemas);
  }

  private static Source<EncodedRecord, KafkaPartitionSplit, KafkaSourceEnumState> source(
      JobOptions options, TypeInformation<EncodedRecord> type, Properties properties) {
    KafkaOptions kafka = options.kafka();
    OffsetsInitializer starts = starts(kafka.start(), kafka.featuresTopic());
    EncodedRecordReader deserializer = new EncodedRecordReader(type);
    KafkaSourceBuilder<EncodedRecord> builder =
        KafkaSource.<EncodedRecord>builder()
            .setProperties(properties)
            .setBootstrapServers(kafka.bootstrapServers())
            .setGroupId(kafka.groupId())
            .setTopics(kafka.featuresTopic())
            .setStartingOffsets(starts)
            .setDeserializer(deserializer);
    kafka.stop().ifPresent(stop -> builder.setBounded(ends(stop, kafka.featuresTopic())));
    Source<EncodedRecord, KafkaPartitionSplit, KafkaSourceEnumState> source =
        options.eventTime().maxDrift().isZero()
            ? builder.build()
            : pausable(builder.build(), deserializer, properties, kafka, starts);
    Source<EncodedRecord, KafkaPartitionSplit, KafkaSourceEnumState> checked =
        new CheckedSource<>(source, type, kafka.featuresTopic(), kafka.stop());
    Source<EncodedRecord, KafkaPartitionSplit, KafkaSourceEnumState> chunked =
        new ChunkedSource<>(checked, type);
    if (kafka.stop().isPresent()) {
      return new EndingSource<>(chunked, type);
    }
    return options.eventTime().idleness().isZero()
        ? new IdlingSource<>(chunked, type)
        : new LastingSource<>(chunked, type);
  }

  private static PausableSource pausable(
      KafkaSource<EncodedRecord> source,
      EncodedRecordReader deserializer,
      Properties given,
      KafkaOptions kafka,
      OffsetsInitializer starts) {
    Properties properties = new Properties();
    properties.putAll(given);
    properties.setProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.setProperty(ConsumerConfig.GROUP_ID_CONFIG, kafka.groupId());
    return new PausableSource(source, deserializer, properties, reset(starts));
  }

  @SuppressWarnings("deprecation") // Flink's signature names Kafka's deprecated type.
  private static String reset(OffsetsInitializer starts) {
    return starts.getAutoOffsetResetStrategy().toString();
  }

  /** Returns the consumer's properties, without the brokers' address. */
  static Properties properties(KafkaOptions kafka) {
    Properties properties = new Properties();
    properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.setProperty(
        KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
        Long.toString(PARTITION_DISCOVERY_MILLIS));
    properties.putAll(ClientProperties.source(kafka));
    return properties;
  }

  /** A partition that is added later begins at its earliest record, whatever this says. */
  @SuppressWarnings("deprecation") // Flink's signature names Kafka's deprecated type.
  static OffsetsInitializer starts(StartPosition start, String topic) {
    return switch (start.kind()) {
      case COMMITTED -> new CommittedOffsets();
      case EARLIEST -> OffsetsInitializer.earliest();
      case LATEST -> new KeptOffsets(OffsetsInitializer.latest());
      case TIMESTAMP ->
          new KeptOffsets(OffsetsInitializer.timestamp(start.timestamp().toEpochMilli()));
      case OFFSETS ->
          OffsetsInitializer.offsets(offsets(start.offsets(), topic), OffsetResetStrategy.EARLIEST);
    };
  }

  private static OffsetsInitializer ends(StopPosition stop, String topic) {
    return switch (stop.kind()) {
      case LATEST -> OffsetsInitializer.latest();
      case TIMESTAMP -> OffsetsInitializer.timestamp(stop.timestamp().toEpochMilli());
      case OFFSETS -> OffsetsInitializer.offsets(offsets(stop.offsets(), topic));
    };
  }

  private static Map<TopicPartition, Long> offsets(Map<Integer, Long> byPartition, String topic) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    byPartition.forEach(
        (partition, offset) -> offsets.put(new TopicPartition(topic, partition), offset));
    return offsets;
  }
}
