package dev.sluice.config;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

/**
 * When a batch is handed to the model: whichever limit is reached first.
 *
 * @param maxRows the most rows of a batch, 1 to 65536
 * @param maxDelay the longest that a row waits for others, positive
 * @param maxBytes the most bytes of encoded records in a batch, positive
 */
public record BatchOptions(int maxRows, Duration maxDelay, MemorySize maxBytes)
    implements Serializable {
  public static final ConfigOption<Integer> MAX_ROWS =
      ConfigOptions.key("batch.max-rows")
          .intType()
          .defaultValue(256)
          .withDescription("Most rows of a batch, 1 to 65536.");

  public static final ConfigOption<Duration> MAX_DELAY =
      ConfigOptions.key("batch.max-delay")
          .durationType()
          .defaultValue(Duration.ofMillis(10))
          .withDescription("Longest time that a row waits for others, a positive duration.");

  public static final ConfigOption<MemorySize> MAX_BYTES =
      ConfigOptions.key("batch.max-bytes")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(16))
          .withDescription("Most bytes of encoded records in a batch, 1 byte to 1 gb.");

  /**
   * Reads and checks the options.
   *
   * @throws OptionException with all problems
   */
  public static BatchOptions from(Configuration configuration) {
    return OptionValues.read(configuration, BatchOptions::read);
  }

  static BatchOptions read(OptionValues values) {
    return new BatchOptions(
        values.get(MAX_ROWS, "a whole number from 1 to 65536", rows -> rows >= 1 && rows <= 65536),
        values.duration(
            MAX_DELAY, "a duration from 1 ms to 10000 d, such as 10 ms", Duration.ofMillis(1)),
        values.get(
            MAX_BYTES,
            "a size from 1 b to 1 gb, such as 16 mb",
            size -> size.getBytes() >= 1 && size.getBytes() <= 1L << 30));
  }

  static List<ConfigOption<?>> options() {
    return List.of(MAX_ROWS, MAX_DELAY, MAX_BYTES);
  }
}
