package dev.sluice.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.OptionReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientPropertyCheckTest {
  private static final Map<String, String> REQUIRED =
      Map.of(
          "kafka.bootstrap-servers", "127.0.0.1:1",
          "features.schema", "unused",
          "model.uri", "unused");

  private static Map<String, String> with(String... more) {
    Map<String, String> values = new HashMap<>(REQUIRED);
    for (int i = 0; i < more.length; i += 2) {
      values.put(more[i], more[i + 1]);
    }
    return values;
  }

  private static List<String> problems(Map<String, String> values) {
    List<String> problems = new ArrayList<>();
    ClientPropertyCheck.check(OptionReader.read(values).kafka(), problems::add);
    return problems;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "source | enable.auto.commit | true | false: offsets are committed at checkpoints",
        "source | group.id | g | kafka.group-id in its place",
        "source | auto.offset.reset | latest | source.start in its place",
        "source | bootstrap.servers | h:1 | kafka.bootstrap-servers in its place",
        "source | key.deserializer | D | none: the job decodes",
        "source | value.deserializer | D | none: the job decodes",
        "source | partition.discovery.interval.ms | 0 | 1 or more: without discovery",
        "source | partition.discovery.interval.ms | -1 | 1 or more: without discovery",
        "sink | transactional.id | t | delivery.transactional-id-prefix in its place",
        "sink | transaction.timeout.ms | 60000 | delivery.transaction-timeout in its place",
        "sink | transaction.two.phase.commit.enable | true | none: transactions have a timeout",
        "sink | bootstrap.servers | h:1 | kafka.bootstrap-servers in its place",
        "sink | key.serializer | S | none: the job encodes",
        "sink | value.serializer | S | none: the job encodes",
        "sink | enable.idempotence | false | true: without it, repeated sends duplicate and",
        "sink | acks | 1 | all: with less, a broker that fails loses messages",
        "sink | acks | 0 | all: with less, a broker that fails loses messages",
        "sink | retries | 0 | 1 or more: without any, idempotence is off",
        "sink | max.in.flight.requests.per.connection | 6 | 1 to 5: with more, idempotence is off",
      })
  void whatBreaksDeliveryIsRefused(String side, String key, String value, String expected) {
    String option = "kafka." + side + ".properties." + key;
    assertThat(problems(with(option, value)))
        .singleElement()
        .asString()
        .startsWith(option + " is " + value + ", expected " + expected);
  }

  @Test
  void aPropertyOfAllClientsIsNamedAsGiven() {
    assertThat(problems(with("kafka.properties.acks", "1")))
        .containsExactly(
            "kafka.properties.acks is 1, expected all: with less, a broker that fails loses"
                + " messages");
  }

  @Test
  void whatDoesNoHarmPasses() {
    assertThat(
            problems(
                with(
                    "kafka.source.properties.enable.auto.commit", "false",
                    "kafka.source.properties.partition.discovery.interval.ms", "1000",
                    "kafka.source.properties.isolation.level", "read_uncommitted",
                    "kafka.sink.properties.acks", "-1",
                    "kafka.sink.properties.enable.idempotence", "TRUE",
                    "kafka.sink.properties.retries", "3",
                    "kafka.sink.properties.max.in.flight.requests.per.connection", "5")))
        .isEmpty();
  }

  @Test
  void allAreRefusedAtOnceAndBeforeABrokerIsAsked() {
    Map<String, String> values =
        with("kafka.sink.properties.acks", "0", "kafka.source.properties.group.id", "g");
    assertThatThrownBy(() -> KafkaStart.check(OptionReader.read(values)))
        .isInstanceOf(TopicException.class)
        .hasMessage(
            "kafka.source.properties.group.id is g, expected kafka.group-id in its place\n"
                + "kafka.sink.properties.acks is 0, expected all: with less, a broker that fails"
                + " loses messages");
  }
}
