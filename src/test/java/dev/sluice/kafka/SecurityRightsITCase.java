package dev.sluice.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said before the start where a right is missing: one line. */
class SecurityRightsITCase extends SecurityChecks {
  @Test
  void whoSeesNoTopicIsToldWhich() {
    assertThat(refusal(plain("blind")))
        .containsExactly(noRight(CONSUMER, "DESCRIBE topic features", ""));
    Map<String, String> options = plain("blind");
    options.put(
        "kafka.source.properties." + JAAS,
        SecureKafka.jaas("PLAIN", "source", SecureKafka.PASSWORD));
    assertThat(refusal(options))
        .containsExactly(noRight(PRODUCER, "DESCRIBE topics " + String.join(", ", OUTPUTS), ""));
  }

  @Test
  void whoMayNotReadIsToldSo() {
    Map<String, String> options = plain("sinks");
    options.put(
        "kafka.source.properties." + JAAS,
        SecureKafka.jaas("PLAIN", "looker", SecureKafka.PASSWORD));
    assertThat(refusal(options))
        .containsExactly(
            noRight(CONSUMER, "READ topic features", "source."),
            noRight(CONSUMER, "READ group sluice", "source."));
  }

  @Test
  void whoMayNotCommitOffsetsIsToldSo() {
    Map<String, String> options = plain("sinks");
    options.put(
        "kafka.source.properties." + JAAS,
        SecureKafka.jaas("PLAIN", "reader", SecureKafka.PASSWORD));
    assertThat(refusal(options)).containsExactly(noRight(CONSUMER, "READ group sluice", "source."));
    options.put("kafka.source.properties.commit.offsets.on.checkpoint", "false");
    options.put("source.start", "earliest");
    check(options);
  }

  @Test
  void whoMayNotAskForCommittedOffsetsIsToldSo() {
    Map<String, String> options = plain("sinks");
    options.put(
        "kafka.source.properties." + JAAS,
        SecureKafka.jaas("PLAIN", "reader", SecureKafka.PASSWORD));
    options.put("kafka.source.properties.commit.offsets.on.checkpoint", "false");
    for (String start : List.of("committed", "offsets:1=0")) {
      options.put("source.start", start);
      assertThat(refusal(options)).contains(noRight(CONSUMER, "DESCRIBE group sluice", "source."));
    }
    for (String start : List.of("offsets:0=0", "latest", "timestamp:2026-01-31T00:00:00Z")) {
      options.put("source.start", start);
      check(options);
    }
    options.put("source.start", "committed");
    options.put(
        "kafka.source.properties." + JAAS,
        SecureKafka.jaas("PLAIN", "asker", SecureKafka.PASSWORD));
    check(options);
  }

  @Test
  void whoMayNotWriteIsToldEachTopic() {
    Map<String, String> options = plain("source");
    options.put(
        "kafka.sink.properties." + JAAS, SecureKafka.jaas("PLAIN", "writer", SecureKafka.PASSWORD));
    options.put("delivery.guarantee", "at-least-once");
    assertThat(refusal(options))
        .containsExactlyElementsOf(
            OUTPUTS.stream()
                .filter(output -> !output.equals("predictions"))
                .map(output -> noRight(PRODUCER, "WRITE topic " + output, "sink."))
                .toList());
  }

  @Test
  void whoMayNotUseTransactionsIsToldSo() {
    Map<String, String> options = plain("all");
    options.put("delivery.transactional-id-prefix", "another");
    assertThat(refusal(options))
        .containsExactlyElementsOf(
            OUTPUTS.stream()
                .map(
                    output ->
                        noRight(
                            PRODUCER,
                            "WRITE transactional ids that begin with another:" + output,
                            ""))
                .toList());
    options.put("delivery.guarantee", "at-least-once");
    check(options);
  }

  private static String noRight(String who, String what, String side) {
    return "%s has no right to %s at %s; check the ACLs of the user of kafka.%sproperties.%s"
        .formatted(who, what, address("SASL"), side, JAAS);
  }
}
