package dev.sluice.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.config.JobOptions;
import dev.sluice.config.OptionReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A broker that trusts nobody without reason, and what a job is told before its start. */
abstract class SecurityChecks {
  static final List<String> OUTPUTS =
      List.of("predictions", "dead-letters", "input-profiles", "output-profiles", "alarms");
  static final String PRODUCER = "the producer for topics " + String.join(", ", OUTPUTS);
  static final String CONSUMER = "the consumer of topic features";
  static final String WRONG = "wrong-7d1c0f";
  static final String JAAS = "sasl.jaas.config";

  @TempDir static Path directory;
  static SecureKafka kafka;

  @BeforeAll
  static void start() {
    kafka = SecureKafka.start(directory);
    try (Topics topics = Topics.connect(kafka.openAddress())) {
      topics.create(List.of("features"), 1);
      topics.create(OUTPUTS, 1);
    }
    for (String everything : List.of("all", SecureKafka.ENVIRONMENT_USER, "CN=client")) {
      kafka.allowSource(everything, "features", "sluice");
      OUTPUTS.forEach(output -> kafka.allowSinks(everything, output, "sluice:"));
    }
    kafka.allowSource("source", "features", "sluice");
    OUTPUTS.forEach(output -> kafka.allowSinks("sinks", output, "sluice:"));
    kafka.allowLooking("looker", "features");
    kafka.allow("reader", ResourceType.TOPIC, "features", PatternType.LITERAL, AclOperation.READ);
    kafka.allow("asker", ResourceType.TOPIC, "features", PatternType.LITERAL, AclOperation.READ);
    kafka.allow("asker", ResourceType.GROUP, "sluice", PatternType.LITERAL, AclOperation.DESCRIBE);
    OUTPUTS.forEach(output -> kafka.allowLooking("writer", output));
    kafka.allow(
        "writer", ResourceType.TOPIC, "predictions", PatternType.LITERAL, AclOperation.WRITE);
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  /** Options of a job, the properties of all its clients at one listener. */
  static Map<String, String> options(String listener, Map<String, String> properties) {
    Map<String, String> options = new HashMap<>();
    options.put("kafka.bootstrap-servers", address(listener));
    options.put("features.schema", "unused");
    options.put("model.uri", "unused");
    options.put("kafka.group-id", "sluice");
    options.put("delivery.transactional-id-prefix", "sluice");
    options.put("delivery.guarantee", "exactly-once");
    properties.forEach((name, value) -> options.put("kafka.properties." + name, value));
    return options;
  }

  static String address(String listener) {
    return listener.equals("PLAINTEXT") ? kafka.openAddress() : kafka.address(listener);
  }

  static Map<String, String> plain(String user) {
    return options("SASL", kafka.sasl("PLAIN", user, SecureKafka.PASSWORD));
  }

  static void check(Map<String, String> options) {
    KafkaStart.check(OptionReader.read(options));
  }

  /** Returns the lines that the check fails with; none holds a secret, nor does a cause. */
  static List<String> refusal(Map<String, String> options) {
    JobOptions read = OptionReader.read(options);
    TopicException refused =
        catchThrowableOfType(TopicException.class, () -> KafkaStart.check(read));
    assertThat(refused).as("the check passed").isNotNull();
    for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
      assertThat(String.valueOf(cause.getMessage()))
          .doesNotContain(SecureKafka.PASSWORD, Certificates.PASSWORD, WRONG);
    }
    return refused.getMessage().lines().toList();
  }

  static Map<String, String> sasl(String user, String password) {
    return options("SASLTLS", saslTls("PLAIN", user, password));
  }

  static Map<String, String> saslTls(String mechanism, String user, String password) {
    Map<String, String> properties = kafka.tls(null);
    properties.putAll(kafka.sasl(mechanism, user, password));
    properties.put("security.protocol", "SASL_SSL");
    return properties;
  }
}
