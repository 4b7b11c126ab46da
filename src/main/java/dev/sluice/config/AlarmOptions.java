package dev.sluice.config;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.TimeUtils;

/**
 * When an alarm is raised.
 *
 * @param enabled whether alarms are raised at all
 * @param windows in how many of the last windows a column has to be wrong
 * @param silence how long no record may come; zero for any time
 * @param maxRejectShare the share of a window's records that may be rejected, 0 to 1; 1 for any
 * @param minRejectRows the fewest records of a window for an alarm about that share, at least 1
 */
public record AlarmOptions(
    boolean enabled,
    AlarmWindows windows,
    Duration silence,
    double maxRejectShare,
    long minRejectRows)
    implements Serializable {
  public static final ConfigOption<Boolean> ENABLED =
      ConfigOptions.key("alarms.enabled")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether alarms are raised and cleared: about expectations of severity critical or warning that windows do not meet, rejections, columns that drift, vanish, stand still or change their unit, and a feed gone silent. Needs profile.enabled.");

  public static final ConfigOption<String> WINDOWS =
      ConfigOptions.key("alarms.windows")
          .stringType()
          .defaultValue("2 of 3")
          .withDescription(
              "In how many (k) of the last windows that could be judged (n) a column has to be wrong for an alarm: k of n, 1 <= k <= n <= 30. More make false alarms rarer and true ones later. Expectations, rejections and new categories raise theirs at once.");

  public static final ConfigOption<Duration> SILENCE =
      ConfigOptions.key("alarms.silence")
          .durationType()
          .defaultValue(Duration.ofMinutes(15))
          .withDescription(
              "How long no record may come, by the clock of the machine, before the feed, or a segment of it, is called silent; a duration that exceeds checkpoint.interval, since records are counted at each checkpoint; 0 for any time.");

  public static final ConfigOption<Double> MAX_REJECT_SHARE =
      ConfigOptions.key("validation.reject-share.max")
          .doubleType()
          .defaultValue(1.0)
          .withDescription(
              "Share of a window's records that may be rejected or malformed before it raises an alarm that names the producers of most of them, 0 to 1; 1 for no alarm.");

  public static final ConfigOption<Long> MIN_REJECT_ROWS =
      ConfigOptions.key("validation.reject-share.min-rows")
          .longType()
          .defaultValue(100L)
          .withDescription(
              "Fewest records of a window for an alarm about the share of rejected ones, at least 1.");

  public AlarmOptions {
    requireNonNull(windows, "windows is null");
    requireNonNull(silence, "silence is null");
  }

  /**
   * Reads and checks the options.
   *
   * @throws OptionException with all problems
   */
  public static AlarmOptions from(Configuration configuration) {
    return OptionValues.read(configuration, AlarmOptions::read);
  }

  static AlarmOptions read(OptionValues values) {
    boolean enabled = values.get(ENABLED, "true or false");
    boolean raised = enabled && values.peek(ProfileOptions.ENABLED);
    return new AlarmOptions(
        enabled,
        values.parse(WINDOWS, "k of n with 1 <= k <= n <= 30, such as 2 of 3", AlarmWindows::parse),
        silence(values, raised),
        values.get(MAX_REJECT_SHARE, "a share from 0 to 1", share -> share >= 0 && share <= 1),
        values.get(MIN_REJECT_ROWS, "a whole number of at least 1", rows -> rows >= 1));
  }

  /** Between two checkpoints no record is seen: a shorter silence would be found all the time. */
  private static Duration silence(OptionValues values, boolean raised) {
    Duration silence =
        values.duration(SILENCE, "a duration from 0 to 10000 d, such as 15 min", Duration.ZERO);
    Duration interval = values.peek(CheckpointOptions.INTERVAL);
    boolean possible = interval.compareTo(OptionValues.LONGEST) <= 0; // else it has its own problem
    if (raised && possible && !silence.isZero() && silence.compareTo(interval) <= 0) {
      values.problem(
          "%s is %s, expected more than %s, which is %s, or 0"
              .formatted(
                  SILENCE.key(),
                  TimeUtils.formatWithHighestUnit(silence),
                  CheckpointOptions.INTERVAL.key(),
                  TimeUtils.formatWithHighestUnit(interval)));
    }
    return silence;
  }

  static List<ConfigOption<?>> options() {
    return List.of(ENABLED, WINDOWS, SILENCE, MAX_REJECT_SHARE, MIN_REJECT_ROWS);
  }
}
