package dev.sluice.config;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;

/**
 * When a window profile has drifted from its baseline: when the difference is significant, and
 * large enough to matter.
 *
 * @param minEffect the population stability index that a difference must exceed at least, 0 or more
 * @param falseDiscoveryRate the share of false ones to be expected among the columns of a window
 *     whose difference is called significant, more than 0 and at most 0.5
 * @param minRows the fewest values of a column that are not missing, in the window and in the
 *     baseline, for a verdict, at least 1
 */
public record DriftOptions(double minEffect, double falseDiscoveryRate, long minRows)
    implements Serializable {
  public static final ConfigOption<Double> MIN_EFFECT =
      ConfigOptions.key("drift.min-effect")
          .doubleType()
          .defaultValue(0.1)
          .withDescription(
              "Population stability index that a significant difference must exceed to count as drift, 0 or more. "
                  + "Where the baseline itself varies more from block to block of its time, that is exceeded first.");

  public static final ConfigOption<Double> FALSE_DISCOVERY_RATE =
      ConfigOptions.key("drift.false-discovery-rate")
          .doubleType()
          .defaultValue(0.01)
          .withDescription(
              "Expected share of false ones among the columns of a window whose difference is called significant "
                  + "(Benjamini-Hochberg), more than 0 and at most 0.5. Without any drift it is the share of windows "
                  + "in which chance alone makes some column significant.");

  public static final ConfigOption<Long> MIN_ROWS =
      ConfigOptions.key("drift.min-rows")
          .longType()
          .defaultValue(100L)
          .withDescription(
              "Fewest values of a column that are not missing, in the window and in the baseline, for a verdict, at least 1; of arrays the values of so many. "
                  + "More are needed where chance alone could exceed the threshold.");

  /**
   * Reads and checks the options.
   *
   * @throws OptionException with all problems
   */
  public static DriftOptions from(Configuration configuration) {
    return OptionValues.read(configuration, DriftOptions::read);
  }

  static DriftOptions read(OptionValues values) {
    return new DriftOptions(
        values.get(
            MIN_EFFECT,
            "a number of 0 or more such as 0.1",
            effect -> effect >= 0 && Double.isFinite(effect)),
        values.get(
            FALSE_DISCOVERY_RATE,
            "a number of more than 0 and at most 0.5 such as 0.01",
            rate -> rate > 0 && rate <= 0.5),
        values.get(MIN_ROWS, "a whole number of at least 1", rows -> rows >= 1));
  }

  static List<ConfigOption<?>> options() {
    return List.of(MIN_EFFECT, FALSE_DISCOVERY_RATE, MIN_ROWS);
  }
}
