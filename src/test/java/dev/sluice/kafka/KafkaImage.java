package dev.sluice.kafka;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/**
 * A broker on Kafka's own image: one for all suites of a run, started at their first use. Where
 * Docker does not answer, the suites that register it are skipped.
 */
public final class KafkaImage implements ExecutionCondition, BeforeAllCallback {
  private static KafkaContainer kafka;

  /** Stops the broker at the end of the run. */
  private static final class Stop implements AutoCloseable {
    @Override
    public void close() {
      kafka.stop();
    }
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return DockerClientFactory.instance().isDockerAvailable()
        ? ConditionEvaluationResult.enabled("Docker answers")
        : ConditionEvaluationResult.disabled("Docker does not answer");
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(KafkaImage.class))
        .computeIfAbsent(Stop.class, key -> start());
  }

  private static Stop start() {
    kafka = new KafkaContainer("apache/kafka:4.2.1");
    kafka.start();
    return new Stop();
  }

  public String bootstrapServers() {
    return kafka.getBootstrapServers();
  }
}
