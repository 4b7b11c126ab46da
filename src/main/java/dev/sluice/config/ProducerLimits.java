package dev.sluice.config;

import java.util.Map;

/** How much a producer sends at once, by its properties. */
final class ProducerLimits {
  /** Less has no room for a dead letter's own fields. */
  static final int LEAST_REQUEST_SIZE = 65_536;

  private static final String MAX_REQUEST_SIZE = "max.request.size";
  private static final String BUFFER_MEMORY = "buffer.memory";

  /** Kafka's own defaults. */
  private static final long DEFAULT_REQUEST_SIZE = 1 << 20;

  private static final long DEFAULT_BUFFER_MEMORY = 32 << 20;

  private ProducerLimits() {}

  /** Returns the most bytes that a producer with these properties sends of one message. */
  static int maxRequestSize(OptionValues values, Map<String, String> producer) {
    long request = read(values, producer, MAX_REQUEST_SIZE, DEFAULT_REQUEST_SIZE);
    long memory = read(values, producer, BUFFER_MEMORY, DEFAULT_BUFFER_MEMORY);
    return (int) Math.min(Integer.MAX_VALUE, Math.min(request, memory));
  }

  private static long read(
      OptionValues values, Map<String, String> producer, String name, long defaultBytes) {
    String text = producer.get(name);
    if (text == null) {
      return defaultBytes;
    }
    try {
      long bytes = Long.parseLong(text.strip());
      if (bytes >= LEAST_REQUEST_SIZE) {
        return bytes;
      }
    } catch (NumberFormatException e) {
      // told with what is too small
    }
    values.problem(
        "kafka.sink.properties.%s is %s, expected a number of bytes of %d or more"
            .formatted(name, text, LEAST_REQUEST_SIZE));
    return defaultBytes;
  }
}
