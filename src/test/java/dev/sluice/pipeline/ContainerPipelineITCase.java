package dev.sluice.pipeline;

import dev.sluice.kafka.KafkaImage;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The suite on the broker's own image; skipped where Docker does not answer. */
class ContainerPipelineITCase extends PipelineSuite {
  @RegisterExtension static final KafkaImage IMAGE = new KafkaImage();

  @Override
  String bootstrapServers() {
    return IMAGE.bootstrapServers();
  }
}
