package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** The suite on the broker's own image; skipped where Docker does not answer. */
class TestcontainersPipelineITCase extends PipelineSuite {
  private static KafkaContainer kafka;

  @BeforeAll
  static void startBroker() {
    assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "Docker does not answer");
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
