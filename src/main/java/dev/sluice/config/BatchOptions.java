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
 * @param maxQuiet the longest that a batch waits for one more row, positive, or 0 for no limit
 * @param maxBytes the most bytes of encoded records in a batch, positive
 * @param rowCap whether fewer rows than the most can make a batch full
 */
public record BatchOptions(
    int maxRows, Duration maxDelay, Duration maxQuiet, MemorySize maxBytes, RowCap rowCap)
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

  public static final ConfigOption<Duration> MAX_QUIET =
      ConfigOptions.key("batch.max-quiet")
          .durationType()
          .defaultValue(Duration.ofMillis(1))
          .withDescription(
              "Longest time that a batch waits for one more row before it leaves, eight times that after a load that filled batches for a while; 0 to wait for batch.max-delay.");

  public static final ConfigOption<MemorySize> MAX_BYTES =
      ConfigOptions.key("batch.max-bytes")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(16))
          .withDescription("Most bytes of keys and values of records in a batch, 1 byte to 1 gb.");

  public static final ConfigOption<RowCap> ROW_CAP =
      ConfigOptions.key("batch.row-cap")
          .enumType(RowCap.class)
          .defaultValue(RowCap.AUTO)
          .withDescription(
              "How many rows make a batch full: fixed at batch.max-rows, adaptive below it by measured rows per second, or auto: adaptive on a GPU.");

  private static final Duration SHORTEST = Duration.ofMillis(1);

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
        values.duration(MAX_DELAY, "a duration from 1 ms to 10000 d, such as 10 ms", SHORTEST),
        values.get(
            MAX_QUIET,
            "0 or a duration from 1 ms to 10000 d, such as 2 ms",
            time ->
                time.isZero()
                    || time.compareTo(SHORTEST) >= 0 && time.compareTo(OptionValues.LONGEST) <= 0),
        values.get(
            MAX_BYTES,
            "a size from 1 b to 1 gb, such as 16 mb",
            size -> size.getBytes() >= 1 && size.getBytes() <= 1L << 30),
        values.get(ROW_CAP, "auto, adaptive or fixed"));
  }

  static List<ConfigOption<?>> options() {
    return List.of(MAX_ROWS, MAX_DELAY, MAX_QUIET, MAX_BYTES, ROW_CAP);
  }
}
