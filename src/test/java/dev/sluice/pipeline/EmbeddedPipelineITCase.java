package dev.sluice.pipeline;

/** The suite on the broker in this process. */
class EmbeddedPipelineITCase extends PipelineSuite {
  @Override
  String bootstrapServers() {
    return SERVERS.kafka().bootstrapServers();
  }
}
