package dev.sluice.kafka;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** The suite on the broker's own image; skipped where Docker does not answer. */
@EnabledIf(value = "dockerAnswers", disabledReason = "Docker does not answer")
class ContainerKafkaEndpointsITCase extends KafkaEndpointsSuite {
  private static KafkaContainer kafka;

  static boolean dockerAnswers() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  @BeforeAll
  static void startBroker() {
    kafka = new KafkaContainer("apache/kafka:4.2.1");
    kafka.start();
  }

  @AfterAll
  static void stopBroker() {
    if (kafka != null) {
      kafka.stop();
    }
  }

  @Override
  String bootstrapServers() {
    return kafka.getBootstrapServers();
  }
}
