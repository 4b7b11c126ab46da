package dev.sluice.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.KafkaOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class UnknownPropertiesTest {
  private static List<String> warnings(String... keysAndValues) {
    Map<String, String> values = new HashMap<>();
    values.put("kafka.bootstrap-servers", "localhost:9092");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put("kafka." + keysAndValues[i], keysAndValues[i + 1]);
    }
    return UnknownProperties.warnings(KafkaOptions.from(Configuration.fromMap(values)));
  }

  @Test
  void aMisspeltPropertyIsNamedOnceWithoutItsValue() {
    assertThat(warnings("properties.ssl.keystore.pasword", "s3cret"))
        .containsExactly(
            "kafka.properties.ssl.keystore.pasword is no property of any Kafka client, expected"
                + " perhaps ssl.keystore.password; it is passed on");
  }

  @Test
  void aPropertyOfTheOtherSideIsNamed() {
    assertThat(
            warnings(
                "source.properties.linger.ms", "5",
                "sink.properties.max.poll.records", "5"))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith(
                        "kafka.source.properties.linger.ms is no property of Kafka's consumer"),
            line ->
                assertThat(line)
                    .startsWith(
                        "kafka.sink.properties.max.poll.records is no property of Kafka's producer"));
  }

  @Test
  void whatAnyClientOrFlinkKnowsIsRight() {
    assertThat(
            warnings(
                "properties.linger.ms", "5",
                "properties.max.poll.records", "5",
                "properties.sasl.jaas.config", "x",
                "properties.config.providers.vault.param.address", "x",
                "source.properties.commit.offsets.on.checkpoint", "true",
                "source.properties.source.reader.element.queue.capacity", "1",
                "sink.properties.register.producer.metrics", "false",
                "source.properties.partition.discovery.interval.ms", "1000"))
        .isEmpty();
  }
}
