package dev.sluice.kafka;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/**
 * Kafka's source for a run without an end, which goes on where the brokers do not answer when it
 * looks for new partitions again.
 */
final class LastingSource<T> extends KafkaSourceWrapper<T> {
  private static final long serialVersionUID = 1L;

  LastingSource(
      Source<T, KafkaPartitionSplit, KafkaSourceEnumState> source, TypeInformation<T> type) {
    super(source, type);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) throws Exception {
    return super.createEnumerator(discovery(context));
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state)
      throws Exception {
    return super.restoreEnumerator(discovery(context), state);
  }

  private static DiscoveryContext<KafkaPartitionSplit> discovery(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return new DiscoveryContext<>(context, (readers, subtask) -> {});
  }
}
