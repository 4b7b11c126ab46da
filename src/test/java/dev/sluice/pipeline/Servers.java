package dev.sluice.pipeline;

import dev.sluice.cli.EmbeddedFlink;
import dev.sluice.cli.EmbeddedKafka;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One broker and one Flink cluster for all tests of a run, started at their first use. */
final class Servers implements BeforeAllCallback {
  private static final int SLOTS = 4;

  private static EmbeddedKafka kafka;
  private static EmbeddedFlink flink;

  /** Stops both at the end of the run. */
  private static final class Stop implements AutoCloseable {
    @Override
    public void close() {
      flink.close();
      kafka.close();
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(Servers.class))
        .computeIfAbsent(Stop.class, key -> start());
  }

  private static Stop start() {
    Configuration restarts = new Configuration();
    restarts.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    restarts.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
    restarts.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY,
        java.time.Duration.ofMillis(100));
    kafka = EmbeddedKafka.start();
    flink = EmbeddedFlink.start(SLOTS, restarts);
    return new Stop();
  }

  EmbeddedKafka kafka() {
    return kafka;
  }

  EmbeddedFlink flink() {
    return flink;
  }
}
