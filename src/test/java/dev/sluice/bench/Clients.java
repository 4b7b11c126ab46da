package dev.sluice.bench;

import java.util.HashMap;
import java.util.Map;

/** The client settings that all contenders share. */
final class Clients {
  static final Map<String, String> CONSUMER =
      Map.of(
          "max.poll.records", "20000",
          "max.partition.fetch.bytes", "8388608",
          "auto.offset.reset", "earliest",
          "isolation.level", "read_committed");
  static final Map<String, String> PRODUCER =
      Map.of("linger.ms", "5", "batch.size", "131072", "compression.type", "lz4");

  private Clients() {}

  static Map<String, Object> with(Map<String, String> settings, String bootstrapServers) {
    Map<String, Object> properties = new HashMap<>(settings);
    properties.put("bootstrap.servers", bootstrapServers);
    return properties;
  }
}
