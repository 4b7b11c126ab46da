package dev.sluice.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.BrokerSettings;
import dev.sluice.cli.EmbeddedKafka;
import dev.sluice.config.JobOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is checked before a job starts where the brokers do not answer the user. */
class GuardedBrokerITCase {
  @Test
  void brokersThatMayNotBeAskedAreAWarning() {
    List<String> problems = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    try (EmbeddedKafka guarded = EmbeddedKafka.start(BrokerSettings.with(guarded()))) {
      JobOptions options =
          StartChecksITCase.options(
              guarded,
              "kafka.properties.security.protocol",
              "SASL_PLAINTEXT",
              "kafka.properties.sasl.mechanism",
              "PLAIN",
              "kafka.properties.sasl.jaas.config",
              login("app", "app-pass"));
      try (Topics topics = Topics.connect(options.kafka())) {
        for (StartCheck check : List.of(new DeliveryCheck(), new SizeCheck())) {
          check.check(options, topics, topics, problems::add, warnings::add);
        }
      }
    }
    assertThat(problems).isEmpty();
    assertThat(warnings.subList(2, warnings.size()))
        .containsExactlyElementsOf(
            List.of("predictions", "dead-letters", "input-profiles", "output-profiles", "alarms")
                .stream()
                .map(
                    topic ->
                        "topics.%1$s: the broker does not tell the max.message.bytes of topic %1$s, expected at least the 1048576 of the producers' max.request.size"
                            .formatted(topic))
                .toList());
    assertThat(warnings.subList(0, 2))
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith(
                        "delivery.transaction-timeout is not checked: the brokers do not tell their"
                            + " transaction.max.timeout.ms ("))
        .anySatisfy(line -> assertThat(line).startsWith("kafka.group-id is not checked: "))
        .allSatisfy(line -> assertThat(line).doesNotContain("app-pass").doesNotContain("\n"));
  }

  /** A broker where the user app may do nothing. */
  private static Map<String, String> guarded() {
    Map<String, String> settings = new HashMap<>();
    settings.put(
        "listeners", "SASL_PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}");
    settings.put(
        "listener.security.protocol.map", "SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("inter.broker.listener.name", "SASL_PLAINTEXT");
    settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    settings.put("sasl.enabled.mechanisms", "PLAIN");
    settings.put(
        "listener.name.sasl_plaintext.plain.sasl.jaas.config",
        login("admin", "admin-pass").replace(";", "")
            + " user_admin=\"admin-pass\" user_app=\"app-pass\";");
    settings.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    settings.put("super.users", "User:ANONYMOUS;User:admin");
    return settings;
  }

  private static String login(String user, String password) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
        .formatted(user, password);
  }
}
