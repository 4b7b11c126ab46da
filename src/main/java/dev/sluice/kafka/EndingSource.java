package dev.sluice.kafka;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/**
 * Kafka's source for a bounded run, which ends after it was restored, too. Kafka's own enumerator
 * tells readers that no more partitions come only with partitions that it has just found, and a
 * restored one finds none (FLINK-31006).
 */
final class EndingSource<T> extends KafkaSourceWrapper<T> {
  private static final long serialVersionUID = 1L;

  EndingSource(
      Source<T, KafkaPartitionSplit, KafkaSourceEnumState> source, TypeInformation<T> type) {
    super(source, type);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state)
      throws Exception {
    DiscoveryContext<KafkaPartitionSplit> discovery =
        new DiscoveryContext<>(context, SplitEnumeratorContext::signalNoMoreSplits);
    return new TellingEnumerator<>(super.restoreEnumerator(discovery, state), discovery);
  }
}
