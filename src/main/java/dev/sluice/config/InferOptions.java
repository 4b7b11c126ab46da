package dev.sluice.config;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;

/**
 * How widely inference is spread.
 *
 * @param parallelism the number of subtasks that infer; 0 for as many as the source has
 */
public record InferOptions(int parallelism) implements Serializable {
  public static final ConfigOption<Integer> PARALLELISM =
      ConfigOptions.key("infer.parallelism")
          .intType()
          .defaultValue(0)
          .withDescription(
              "Subtasks that infer, 0 to 32767; 0 for as many as the source has. Rows of one partition stay together, so more than partitions gain nothing.");

  /**
   * Reads and checks the options.
   *
   * @throws OptionException with all problems
   */
  public static InferOptions from(Configuration configuration) {
    return OptionValues.read(configuration, InferOptions::read);
  }

  static InferOptions read(OptionValues values) {
    return new InferOptions(
        values.get(
            PARALLELISM, "a whole number from 0 to 32767", count -> count >= 0 && count <= 32767));
  }

  static List<ConfigOption<?>> options() {
    return List.of(PARALLELISM);
  }
}
