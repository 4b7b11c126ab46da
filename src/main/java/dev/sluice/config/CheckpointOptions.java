package dev.sluice.config;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;

/**
 * When checkpoints are taken.
 *
 * @param interval the time from one checkpoint to the next, at least 10 ms
 */
public record CheckpointOptions(Duration interval) implements Serializable {
  public static final ConfigOption<Duration> INTERVAL =
      ConfigOptions.key("checkpoint.interval")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription("Time from one checkpoint to the next, a duration of at least 10 ms.");

  /**
   * Reads and checks the options.
   *
   * @throws OptionException with all problems
   */
  public static CheckpointOptions from(Configuration configuration) {
    return OptionValues.read(configuration, CheckpointOptions::read);
  }

  static CheckpointOptions read(OptionValues values) {
    return new CheckpointOptions(
        values.duration(
            INTERVAL, "a duration from 10 ms to 10000 d, such as 10 s", Duration.ofMillis(10)));
  }

  static List<ConfigOption<?>> options() {
    return List.of(INTERVAL);
  }
}
