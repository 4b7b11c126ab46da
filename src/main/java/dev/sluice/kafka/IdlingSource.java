package dev.sluice.kafka;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/**
 * Kafka's source for a run without an end whose partitions are never idle: readers without a
 * partition are idle all the same. Flink marks them only by an idleness of its own, without which
 * they would hold back event time for ever.
 */
final class IdlingSource<T> extends KafkaSourceWrapper<T> {
  private static final long serialVersionUID = 1L;

  IdlingSource(
      Source<T, KafkaPartitionSplit, KafkaSourceEnumState> source, TypeInformation<T> type) {
    super(source, type);
  }

  @Override
  public SourceReader<T, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    return new IdlingReader<>(super.createReader(context));
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) throws Exception {
    DiscoveryContext<KafkaPartitionSplit> discovery = discovery(context);
    return new TellingEnumerator<>(super.createEnumerator(discovery), discovery);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state)
      throws Exception {
    DiscoveryContext<KafkaPartitionSplit> discovery = discovery(context);
    return new TellingEnumerator<>(super.restoreEnumerator(discovery, state), discovery);
  }

  private static DiscoveryContext<KafkaPartitionSplit> discovery(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return new DiscoveryContext<>(
        context,
        (readers, subtask) -> readers.sendEventToSourceReader(subtask, new PartitionsAssigned()));
  }
}
