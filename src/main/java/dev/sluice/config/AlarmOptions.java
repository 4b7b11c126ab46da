package dev.sluice.config;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;

/**
 * When a window raises an alarm.
 *
 * @param enabled whether alarms are raised at all
 * @param maxRejectShare the share of a window's records that may be rejected, 0 to 1; 1 for any
 * @param minRejectRows the fewest records of a window for an alarm about that share, at least 1
 */
public record AlarmOptions(boolean enabled, double maxRejectShare, long minRejectRows)
    implements Serializable {
  public static final ConfigOption<Boolean> ENABLED =
      ConfigOptions.key("alarms.enabled")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether windows raise alarms: for expectations of severity critical or warning that they do not meet, and for rejections. Needs profile.enabled.");

  public static final ConfigOption<Double> MAX_REJECT_SHARE =
      ConfigOptions.key("validation.reject-share.max")
          .doubleType()
          .defaultValue(1.0)
          .withDescription(
              "Share of a window's records that may be rejected before it raises an alarm that names the producers of most of them, 0 to 1; 1 for no alarm.");

  public static final ConfigOption<Long> MIN_REJECT_ROWS =
      ConfigOptions.key("validation.reject-share.min-rows")
          .longType()
          .defaultValue(100L)
          .withDescription(
              "Fewest records of a window for an alarm about the share of rejected ones, at least 1.");

  /**
   * Reads and checks the options.
   *
   * @throws OptionException with all problems
   */
  public static AlarmOptions from(Configuration configuration) {
    return OptionValues.read(configuration, AlarmOptions::read);
  }

  static AlarmOptions read(OptionValues values) {
    return new AlarmOptions(
        values.get(ENABLED, "true or false"),
        values.get(MAX_REJECT_SHARE, "a share from 0 to 1", share -> share >= 0 && share <= 1),
        values.get(MIN_REJECT_ROWS, "a whole number of at least 1", rows -> rows >= 1));
  }

  static List<ConfigOption<?>> options() {
    return List.of(ENABLED, MAX_REJECT_SHARE, MIN_REJECT_ROWS);
  }
}
