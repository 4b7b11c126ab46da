package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.kafka.TopicException;
import dev.sluice.kafka.Topics;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
  void aCreatedTopicIsShownByABusyBrokerToo() {
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        Topics topics = Topics.connect(kafka.bootstrapServers())) {
      topics.create(List.of("large"), 300); // the broker goes on making its files
      topics.create(List.of("small"), 1);
      assertThat(topics.require(List.of("small"))).isEqualTo(Map.of("small", 1));
    }
  }

  private static void connect(String address) throws IOException {
    String[] parts = address.split(":");
    new Socket(parts[0], Integer.parseInt(parts[1])).close();
  }
}
