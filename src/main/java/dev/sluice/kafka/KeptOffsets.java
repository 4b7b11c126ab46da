package dev.sluice.kafka;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a job begins, and that it goes on with the oldest record that there is if the brokers have
 * deleted what comes next. Flink's own {@code latest} and {@code timestamp} would go on at the end
 * then, and pass over everything that is still there.
 */
final class KeptOffsets implements OffsetsInitializer {
  private static final long serialVersionUID = 1L;

  private final OffsetsInitializer starts;

  KeptOffsets(OffsetsInitializer starts) {
    this.starts = requireNonNull(starts, "starts is null");
  }

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
    return starts.getPartitionOffsets(partitions, retriever);
  }

  @Override
  @SuppressWarnings("deprecation") // Flink's signature names Kafka's deprecated type.
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.EARLIEST;
  }
}
