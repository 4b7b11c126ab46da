package dev.sluice.pipeline;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** How far topics have come, by the offsets at their ends. */
final class Ends {
  private Ends() {}

  static Admin admin(LocalCluster cluster) {
    return admin(cluster.bootstrapServers());
  }

  static Admin admin(JobRun run) {
    return admin(run.kafkaOptions().bootstrapServers());
  }

  private static Admin admin(String bootstrapServers) {
    return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  /** Returns the sum of the ends of a topic's partitions, markers of transactions included. */
  static long committed(Admin admin, String topic) throws ExecutionException, InterruptedException {
    return sum(admin, List.of(topic), IsolationLevel.READ_COMMITTED);
  }

  /** Returns how many feature records the job has read, as of its last checkpoint. */
  static long read(Admin admin, JobRun run) throws ExecutionException, InterruptedException {
    return admin
        .listConsumerGroupOffsets(run.kafkaOptions().groupId())
        .partitionsToOffsetAndMetadata()
        .get()
        .values()
        .stream()
        .mapToLong(OffsetAndMetadata::offset)
        .sum();
  }

  /** Returns how many it has not read yet. */
  static long lag(Admin admin, JobRun run) throws ExecutionException, InterruptedException {
    long read = read(admin, run);
    return sum(admin, List.of(run.topic("features")), IsolationLevel.READ_UNCOMMITTED) - read;
  }

  private static long sum(Admin admin, List<String> topics, IsolationLevel isolation)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> ends =
        admin.describeTopics(topics).allTopicNames().get().values().stream()
            .flatMap(
                topic ->
                    topic.partitions().stream()
                        .map(p -> new TopicPartition(topic.name(), p.partition())))
            .collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
    return admin.listOffsets(ends, new ListOffsetsOptions(isolation)).all().get().values().stream()
        .mapToLong(end -> end.offset())
        .sum();
  }
}
