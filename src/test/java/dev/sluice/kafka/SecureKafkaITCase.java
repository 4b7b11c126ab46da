package dev.sluice.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.KafkaOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecureKafkaITCase {
  @TempDir Path directory;

  @Test
  void aRightThatWasAllowedHoldsAtABusyBrokerToo() throws Exception {
    try (SecureKafka kafka = SecureKafka.start(directory);
        Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) kafka.openAddress()));
        Topics looker = Topics.connect(login(kafka, "looker"))) {
      admin.createTopics(List.of(new NewTopic("seen", 1, (short) 1))).all().get();
      NewTopic large = new NewTopic("large", 300, (short) 1);
      admin.createTopics(List.of(large)).all().get(); // the broker goes on making its files
      kafka.allowLooking("looker", "seen");
      assertThat(looker.require(List.of("seen"))).isEqualTo(Map.of("seen", 1));
    }
  }

  private static KafkaOptions login(SecureKafka kafka, String user) {
    Map<String, String> options = new HashMap<>();
    options.put(KafkaOptions.BOOTSTRAP_SERVERS.key(), kafka.address("SASL"));
    kafka
        .sasl("PLAIN", user, SecureKafka.PASSWORD)
        .forEach((name, value) -> options.put("kafka.properties." + name, value));
    return KafkaOptions.from(Configuration.fromMap(options));
  }
}
