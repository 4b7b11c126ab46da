package dev.sluice.kafka;

import org.junit.jupiter.api.extension.RegisterExtension;

/** The suite on the broker's own image; skipped where Docker does not answer. */
class ContainerKafkaEndpointsITCase extends KafkaEndpointsSuite {
  @RegisterExtension static final KafkaImage IMAGE = new KafkaImage();

  @Override
  String bootstrapServers() {
    return IMAGE.bootstrapServers();
  }
}
