package dev.sluice.kafka;

import dev.sluice.config.FormatOptions;
import dev.sluice.config.JobOptions;
import dev.sluice.config.WireFormat;
import dev.sluice.kafka.registry.RegistryClient;
import dev.sluice.kafka.registry.RegistryException;
import java.util.function.Consumer;

/** A registry that a format needs is there and lets us in. */
final class RegistryCheck implements StartCheck {
  @Override
  public void check(
      JobOptions options,
      Topics source,
      Topics sinks,
      Consumer<String> problem,
      Consumer<String> warning) {
    FormatOptions formats = options.formats();
    boolean used = formats.features() != WireFormat.PLAIN || formats.needsRegistry();
    if (!used || options.registry().url().isEmpty()) {
      return;
    }
    try (RegistryClient registry = new RegistryClient(options.registry())) {
      registry.require();
    } catch (RegistryException e) {
      problem.accept(e.getMessage());
    }
  }
}
