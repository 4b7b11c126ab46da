package dev.sluice.bench;

import dev.sluice.kafka.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/** Makes, looks at and empties topics of one partition whose timestamps are the broker's. */
final class TrialTopics implements AutoCloseable {
  private final Topics topics;
  private final Admin admin;

  TrialTopics(String bootstrapServers) {
    topics = Topics.connect(bootstrapServers);
    admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  void create(Route route) {
    create(route.features());
    create(route.predictions());
  }

  void create(String topic) {
    NewTopic created = new NewTopic(topic, 1, (short) 1);
    created.configs(Map.of("message.timestamp.type", "LogAppendTime"));
    topics.create(List.of(created));
  }

  /** Returns the offset behind the topic's last message, committed or not. */
  long end(String topic) throws InterruptedException, ExecutionException {
    TopicPartition partition = new TopicPartition(topic, 0);
    return admin
        .listOffsets(Map.of(partition, OffsetSpec.latest()))
        .partitionResult(partition)
        .get()
        .offset();
  }

  /** Deletes all that a topic has. */
  void empty(String topic) throws InterruptedException, ExecutionException {
    TopicPartition partition = new TopicPartition(topic, 0);
    admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(end(topic)))).all().get();
  }

  @Override
  public void close() {
    admin.close();
    topics.close();
  }
}
