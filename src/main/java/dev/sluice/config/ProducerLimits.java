package dev.sluice.config;

import java.util.Map;

/** How much a producer sends at once, by its properties. */
final class ProducerLimits {
  /** Less has no room for a dead letter's own fields. */
  static final int LEAST_REQUEST_SIZE = 65_536;

  private static final String MAX_REQUEST_SIZE = "max.request.size";
  private static final String BUFFER_MEMORY = "buffer.memory";
  private static final String BATCH_SIZE = "batch.size";

  /** Kafka's own defaults. */
  private static final long DEFAULT_REQUEST_SIZE = 1 << 20;

  private static final long DEFAULT_BUFFER_MEMORY = 32 << 20;

  private final OptionValues values;
  private final Map<String, String> clients;
  private final Map<String, String> sinks;

  private ProducerLimits(
      OptionValues values, Map<String, String> clients, Map<String, String> sinks) {
    this.values = values;
    this.clients = clients;
    this.sinks = sinks;
  }

  /**
   * Returns the most bytes that a producer with these properties sends of one message.
   *
   * @param clients properties of all clients
   * @param sinks properties of producers, which win over them
   */
  static int maxRequestSize(
      OptionValues values, Map<String, String> clients, Map<String, String> sinks) {
    ProducerLimits limits = new ProducerLimits(values, clients, sinks);
    long request = limits.read(MAX_REQUEST_SIZE, LEAST_REQUEST_SIZE, DEFAULT_REQUEST_SIZE);
    long memory = limits.read(BUFFER_MEMORY, LEAST_REQUEST_SIZE, DEFAULT_BUFFER_MEMORY);
    long batch = limits.read(BATCH_SIZE, 0, 0);
    if (batch > memory) { // each batch takes all of its size from it
      values.problem(
          "%s is %d, expected %s at most, which is %d"
              .formatted(limits.key(BATCH_SIZE), batch, limits.key(BUFFER_MEMORY), memory));
    }
    return (int) Math.min(Integer.MAX_VALUE, Math.min(request, memory));
  }

  private String key(String name) {
    boolean isOfClients = !sinks.containsKey(name) && clients.containsKey(name);
    return (isOfClients ? "kafka.properties." : "kafka.sink.properties.") + name;
  }

  private long read(String name, long least, long defaultBytes) {
    String text = sinks.getOrDefault(name, clients.get(name));
    if (text == null) {
      return defaultBytes;
    }
    try {
      long bytes = Long.parseLong(text.strip());
      if (bytes >= least) {
        return bytes;
      }
    } catch (NumberFormatException e) {
      // told with what is too small
    }
    values.problem(
        "%s is %s, expected a number of bytes of %d or more".formatted(key(name), text, least));
    return defaultBytes;
  }
}
