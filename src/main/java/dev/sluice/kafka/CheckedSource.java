package dev.sluice.kafka;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.StopPosition;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.SplitAndAssignmentStatus;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/**
 * Kafka's source, which goes on from a savepoint only with the topic that the savepoint was written
 * with, and with an end only where it had one, at the same offsets where the options say which
 * (what {@code latest} and a timestamp came to stays): partitions have both in their state, and
 * Kafka's source goes by that, whatever the options say. A run that had an end would read no
 * further, though it was to have none any more; one that had none would not end; and another topic
 * would be read beside the one of before.
 */
final class CheckedSource<T> extends KafkaSourceWrapper<T> {
  private static final long serialVersionUID = 1L;

  private final String topic;
  private final boolean ends;
  private final HashMap<Integer, Long> stopOffsets;

  /**
   * @param topic that the source was made for
   * @param stop where the source was told to end
   */
  CheckedSource(
      Source<T, KafkaPartitionSplit, KafkaSourceEnumState> source,
      TypeInformation<T> type,
      String topic,
      Optional<StopPosition> stop) {
    super(source, type);
    this.topic = requireNonNull(topic, "topic is null");
    this.ends = stop.isPresent();
    this.stopOffsets = new HashMap<>(stop.map(StopPosition::offsets).orElse(Map.of()));
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state)
      throws Exception {
    for (SplitAndAssignmentStatus known : state.splits()) {
      String problem = problem(known.split());
      if (!problem.isEmpty()) {
        return new RefusingEnumerator<>(
            problem + "; expected the same as before, or a start without the savepoint", state);
      }
    }
    return super.restoreEnumerator(context, state);
  }

  /** Returns why a partition cannot be gone on with, empty if it can. */
  private String problem(KafkaPartitionSplit split) {
    if (!split.getTopic().equals(topic)) {
      return "topics.features is %s, but the savepoint has offsets of topic %s"
          .formatted(topic, split.getTopic());
    }
    Optional<Long> end = split.getStoppingOffset();
    if (ends != end.isPresent()) {
      return ends
          ? "source.stop is given, but the savepoint is of a run without an end"
          : "source.stop is not given, but the savepoint is of a run that has an end";
    }
    Long stop = stopOffsets.get(split.getPartition());
    return stop == null || stop.equals(end.orElseThrow())
        ? ""
        : "source.stop is %d for partition %d, but the savepoint is of a run that ends at %d"
            .formatted(stop, split.getPartition(), end.get());
  }
}
