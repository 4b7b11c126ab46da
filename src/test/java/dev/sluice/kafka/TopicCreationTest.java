package dev.sluice.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.JobOptions;
import dev.sluice.config.OptionReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class TopicCreationTest {
  private static JobOptions options(String... more) {
    Map<String, String> values = new HashMap<>();
    values.put("kafka.bootstrap-servers", "127.0.0.1:1");
    values.put("features.schema", "unused");
    values.put("model.uri", "unused");
    for (int i = 0; i < more.length; i += 2) {
      values.put(more[i], more[i + 1]);
    }
    return OptionReader.read(values);
  }

  @Test
  void topicsAreCreatedAsTheDeploymentDoes() throws Exception {
    int compared = 0;
    for (String line : Files.readAllLines(Path.of("deploy/kafka/topics.txt"))) {
      String[] words = line.strip().split("\\s+");
      if (line.startsWith("#") || words[0].equals("features")) {
        continue;
      }
      Map<String, String> settings = new HashMap<>();
      for (int i = 2; i < words.length; i++) {
        settings.put(words[i].split("=")[0], words[i].split("=")[1]);
      }
      NewTopic topic = TopicCreation.topic(words[0], options(), 4);
      assertThat(topic.numPartitions()).as(words[0]).isEqualTo(Integer.parseInt(words[1]));
      assertThat(topic.replicationFactor()).as("the brokers' default").isEqualTo((short) -1);
      assertThat(topic.configs()).as(words[0]).isEqualTo(settings);
      compared++;
    }
    assertThat(compared).isEqualTo(5);
  }

  @Test
  void optionsHaveTheLastWord() {
    JobOptions options =
        options(
            "topics.predictions",
            "p",
            "topic-creation.partitions",
            "12",
            "topic-creation.replication",
            "3",
            "topic-creation.retention",
            "1 h");
    NewTopic predictions = TopicCreation.topic("p", options, 4);
    assertThat(predictions.numPartitions()).isEqualTo(12);
    assertThat(predictions.replicationFactor()).isEqualTo((short) 3);
    assertThat(predictions.configs()).isEqualTo(Map.of("retention.ms", "3600000"));
    NewTopic alarms = TopicCreation.topic("alarms", options, 4);
    assertThat(alarms.numPartitions()).isEqualTo(1);
    assertThat(alarms.replicationFactor()).isEqualTo((short) 3);
    assertThat(alarms.configs()).isEqualTo(Map.of("cleanup.policy", "compact"));
  }
}
