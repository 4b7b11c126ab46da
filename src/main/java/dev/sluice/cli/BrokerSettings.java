package dev.sluice.cli;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an embedded broker is set up where its defaults do not do.
 *
 * @param directory where its topics lie and stay; empty for a temporary directory
 * @param port the port of its listener; 0 for a free one
 * @param properties more properties of the server, which win over its own; {@code {port}} and
 *     {@code {controller}} in a value stand for its ports, {@code {port:NAME}} for a free one of a
 *     further listener, the same wherever it has that name
 * @param formatArguments more arguments for formatting its storage, such as users
 */
public record BrokerSettings(
    Optional<Path> directory,
    int port,
    Map<String, String> properties,
    List<String> formatArguments) {
  public BrokerSettings {
    requireNonNull(directory, "directory is null");
    properties = Map.copyOf(properties);
    formatArguments = List.copyOf(formatArguments);
  }

  /** Returns the settings with these properties, in a temporary directory on a free port. */
  public static BrokerSettings with(Map<String, String> properties) {
    return new BrokerSettings(Optional.empty(), 0, properties, List.of());
  }
}
