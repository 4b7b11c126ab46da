package dev.sluice.bench;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Makes and removes topics of one partition whose timestamps are the broker's. */
final class TrialTopics implements AutoCloseable {
  private final Admin admin;

  TrialTopics(String bootstrapServers) {
    admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  void create(String topic) throws Exception {
    NewTopic created = new NewTopic(topic, 1, (short) 1);
    created.configs(Map.of("message.timestamp.type", "LogAppendTime"));
    admin.createTopics(List.of(created)).all().get();
  }

  void delete(String topic) throws Exception {
    admin.deleteTopics(List.of(topic)).all().get();
  }

  @Override
  public void close() {
    admin.close();
  }
}
