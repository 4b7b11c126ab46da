package dev.sluice.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * A job begins at what its group has committed, else at the oldest record; the brokers are asked
 * once, before it reads. Flink's own {@code committedOffsets} keeps a mark in place of the offset
 * until a partition's first record, in checkpoints too: a partition that is quiet until then would
 * go on from a savepoint at what the group has committed <em>by then</em>, and pass over records,
 * or at its oldest record, where the group is another or its commit has expired. What another
 * reader of the group is just committing in a transaction is not waited for.
 */
final class CommittedOffsets implements OffsetsInitializer {
  private static final long serialVersionUID = 1L;

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
    Map<TopicPartition, Long> offsets = new HashMap<>(retriever.beginningOffsets(partitions));
    retriever
        .committedOffsets(partitions)
        .forEach(
            (partition, committed) -> {
              if (committed != null) {
                offsets.put(partition, committed);
              }
            });
    return offsets;
  }

  @Override
  @SuppressWarnings("deprecation") // Flink's signature names Kafka's deprecated type.
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.EARLIEST;
  }
}
