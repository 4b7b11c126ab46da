package dev.sluice.kafka;

import dev.sluice.config.JobOptions;
import dev.sluice.config.KafkaOptions;
import dev.sluice.config.StartPosition;
import dev.sluice.config.StopPosition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;

/**
 * Whether offsets to start and to stop at fit the features topic. What time alone brings about,
 * such as records that are gone, is no more than a warning: a job that goes on from a savepoint is
 * given the offsets of its first start again, and does not use them.
 */
final class PositionCheck implements StartCheck {
  @Override
  public void check(
      JobOptions options,
      Topics source,
      Topics sinks,
      Consumer<String> problem,
      Consumer<String> warning) {
    KafkaOptions kafka = options.kafka();
    Map<Integer, Long> starts = kafka.start().offsets();
    Map<Integer, Long> stops = kafka.stop().map(StopPosition::offsets).orElse(Map.of());
    if (starts.isEmpty() && stops.isEmpty()) {
      return;
    }
    String topic = kafka.featuresTopic();
    int partitions = source.require(List.of(topic)).get(topic);
    try {
      Map<Integer, Long> first = offsets(source, topic, partitions, OffsetSpec.earliest());
      Map<Integer, Long> last = offsets(source, topic, partitions, OffsetSpec.latest());
      if (kafka.start().kind() == StartPosition.Kind.OFFSETS) {
        checkStart(starts, first, last, problem, warning);
      }
      if (!stops.isEmpty()) {
        checkStop(stops, last, problem, warning);
      }
    } catch (ApiException e) {
      problem.accept("cannot ask for the offsets of topic " + topic + ": " + e.getMessage());
    }
  }

  private static void checkStart(
      Map<Integer, Long> starts,
      Map<Integer, Long> first,
      Map<Integer, Long> last,
      Consumer<String> problem,
      Consumer<String> warning) {
    String option = KafkaOptions.START.key();
    starts.forEach(
        (partition, offset) -> {
          if (!last.containsKey(partition)) {
            problem.accept(noPartition(option, partition, last));
          } else if (offset > last.get(partition)) {
            // Kafka would begin at the earliest record in place of an offset that is not there yet.
            problem.accept(
                "%s has the offset %d for partition %d, expected at most %d, its end"
                    .formatted(option, offset, partition, last.get(partition)));
          } else if (offset < first.get(partition)) {
            warning.accept(
                "%s has the offset %d for partition %d, whose records before %d are gone"
                    .formatted(option, offset, partition, first.get(partition)));
          }
        });
    Set<Integer> others = new TreeSet<>(last.keySet());
    others.removeAll(starts.keySet());
    if (!others.isEmpty()) {
      warning.accept(
          "%s has no offset for partitions %s: they start at the group's committed offsets, else at their earliest record"
              .formatted(option, others));
    }
  }

  private static void checkStop(
      Map<Integer, Long> stops,
      Map<Integer, Long> last,
      Consumer<String> problem,
      Consumer<String> warning) {
    String option = KafkaOptions.STOP.key();
    stops.forEach(
        (partition, offset) -> {
          if (!last.containsKey(partition)) {
            problem.accept(noPartition(option, partition, last));
          } else if (offset > last.get(partition)) {
            warning.accept(
                "%s has the offset %d for partition %d, which ends at %d: the job waits for the records between"
                    .formatted(option, offset, partition, last.get(partition)));
          }
        });
    Set<Integer> others = new TreeSet<>(last.keySet());
    others.removeAll(stops.keySet());
    if (!others.isEmpty()) {
      problem.accept(
          "%s has no offset for partitions %s, expected one for each from 0 to %d"
              .formatted(option, others, last.size() - 1));
    }
  }

  private static String noPartition(String option, int partition, Map<Integer, Long> last) {
    return "%s has an offset for partition %d, expected partitions 0 to %d"
        .formatted(option, partition, last.size() - 1);
  }

  private static Map<Integer, Long> offsets(
      Topics source, String topic, int partitions, OffsetSpec which) {
    Map<TopicPartition, OffsetSpec> question = new HashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      question.put(new TopicPartition(topic, partition), which);
    }
    Map<TopicPartition, ListOffsetsResultInfo> answer =
        source.ask(
            "ask for the offsets of topic " + topic, admin -> admin.listOffsets(question).all());
    Map<Integer, Long> offsets = new HashMap<>();
    answer.forEach((partition, info) -> offsets.put(partition.partition(), info.offset()));
    return offsets;
  }
}
