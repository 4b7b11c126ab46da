package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.kafka.TopicException;
import dev.sluice.kafka.Topics;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaITCase {
  @TempDir Path directory;

  @Test
  void topicsOutliveTheBrokerInADirectoryOfTheCaller() {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"));
        Topics topics = Topics.connect(kafka.bootstrapServers())) {
      topics.create(List.of("kept"), 3);
    }
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"));
        Topics topics = Topics.connect(kafka.bootstrapServers())) {
      assertThat(topics.require(List.of("kept"))).isEqualTo(Map.of("kept", 3));
    }
  }

  @Test
  void aClosedBrokerLeavesNothing() {
    String address;
    Path temporary;
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      address = kafka.bootstrapServers();
      temporary = kafka.directory();
      assertThat(temporary).isNotEmptyDirectory();
    }
    assertThat(temporary).doesNotExist();
    assertThatThrownBy(() -> connect(address)).isInstanceOf(IOException.class);
  }

  @Test
  void topicsAreNotCreatedByAsking() {
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        Topics topics = Topics.connect(kafka.bootstrapServers())) {
      assertThatThrownBy(() -> topics.require(List.of("a", "b")))
          .isInstanceOf(TopicException.class)
          .hasMessageContaining(": a, b; create them");
    }
  }

  @Test
  void aCreatedTopicIsShownByABusyBrokerToo() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        Topics topics = Topics.connect(kafka.bootstrapServers());
        Admin admin = Admin.create(broker(kafka))) {
      create(admin, "large", 300); // the broker goes on making its files
      topics.create(List.of("small"), 1);
      assertThat(topics.require(List.of("small"))).isEqualTo(Map.of("small", 1));
    }
  }

  /** A broker shows a partition before it has its files, and refuses messages until then. */
  @Test
  void aCreatedTopicTakesMessagesAtTheFirstAttempt() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        Topics topics = Topics.connect(kafka.bootstrapServers())) {
      Map<String, Object> once = new HashMap<>(broker(kafka));
      once.put("retries", 0);
      once.put("enable.idempotence", false);
      topics.create(List.of("large"), 300);
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(once, new ByteArraySerializer(), new ByteArraySerializer())) {
        for (int partition = 299; partition >= 0; partition--) {
          long offset = producer.send(message("large", partition)).get().offset();
          assertThat(offset).as("partition %d", partition).isZero();
        }
      }
    }
  }

  private static Map<String, Object> broker(EmbeddedKafka kafka) {
    return Map.of("bootstrap.servers", kafka.bootstrapServers());
  }

  /** Creates a topic and does not wait for the broker. */
  private static void create(Admin admin, String topic, int partitions) throws Exception {
    admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
  }

  private static ProducerRecord<byte[], byte[]> message(String topic, int partition) {
    return new ProducerRecord<>(topic, partition, null, new byte[1]);
  }

  private static void connect(String address) throws IOException {
    String[] parts = address.split(":");
    new Socket(parts[0], Integer.parseInt(parts[1])).close();
  }
}
