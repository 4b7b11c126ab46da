package dev.sluice.config;

import java.io.Serializable;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;

/**
 * Over which windows profiles are made.
 *
 * @param enabled whether profiles are made at all
 * @param windowSize the length of a window
 * @param windowOffset how far the start of a window is shifted, less than the window
 * @param timeZone the zone whose calendar the windows follow
 * @param allowedLateness how long after its end a window still takes records, zero or more
 * @param updateInterval how often a window is published again, at most, while it takes late records
 * @param maxOpen the most partials that a subtask keeps, one per window and segment, at least 1
 * @param segments which parts of the data are also profiled apart
 */
public record ProfileOptions(
    boolean enabled,
    WindowSize windowSize,
    WindowSize windowOffset,
    ZoneId timeZone,
    Duration allowedLateness,
    Duration updateInterval,
    int maxOpen,
    SegmentOptions segments)
    implements Serializable {
  public static final ConfigOption<Boolean> ENABLED =
      ConfigOptions.key("profile.enabled")
          .booleanType()
          .defaultValue(true)
          .withDescription("Whether window profiles are made.");

  public static final ConfigOption<String> WINDOW =
      ConfigOptions.key("profile.window")
          .stringType()
          .defaultValue("PT1H")
          .withDescription(
              "Length of a window: an ISO-8601 duration such as PT1H or a calendar period such as P1D, P1M or P1Y.");

  public static final ConfigOption<String> WINDOW_OFFSET =
      ConfigOptions.key("profile.window-offset")
          .stringType()
          .defaultValue("PT0S")
          .withDescription(
              "How far the start of a window is shifted, less than the window: with P2M, years begin in March.");

  public static final ConfigOption<String> TIME_ZONE =
      ConfigOptions.key("profile.time-zone")
          .stringType()
          .defaultValue("UTC")
          .withDescription("Time zone whose calendar the windows follow, such as Europe/Berlin.");

  public static final ConfigOption<Duration> ALLOWED_LATENESS =
      ConfigOptions.key("profile.allowed-lateness")
          .durationType()
          .defaultValue(Duration.ZERO)
          .withDescription(
              "How long after its end a window still takes records, a duration. It is published at its end, again after such records have come, and for the last time, judged, when this has passed.");

  public static final ConfigOption<Duration> UPDATE_INTERVAL =
      ConfigOptions.key("profile.update-interval")
          .durationType()
          .defaultValue(Duration.ofMinutes(1))
          .withDescription(
              "How often a window is published again, at most, for records within profile.allowed-lateness: a duration of processing time, at least 1 ms.");

  public static final ConfigOption<Integer> MAX_OPEN =
      ConfigOptions.key("profile.open-windows.max")
          .intType()
          .defaultValue(1000)
          .withDescription(
              "Most windows, times their segments, that a subtask counts at once, at least 1: what it has of the oldest is handed on early, which changes no profile. Each takes some 20 KB of memory for each of its columns.");

  /**
   * Reads and checks the options.
   *
   * @throws OptionException with all problems
   */
  public static ProfileOptions from(Configuration configuration) {
    return OptionValues.read(configuration, ProfileOptions::read);
  }

  static ProfileOptions read(OptionValues values) {
    String expected =
        "an ISO-8601 duration such as PT1H, or a period of one unit such as P1D, up to 10000 days";
    WindowSize size = values.parse(WINDOW, expected, text -> bounded(WindowSize.parse(text)));
    WindowSize offset =
        values.parse(WINDOW_OFFSET, expected, text -> bounded(WindowSize.parseOffset(text)));
    checkOffset(values, size, offset);
    return new ProfileOptions(
        values.get(ENABLED, "true or false"),
        size,
        offset,
        values.parse(TIME_ZONE, "a time zone such as UTC or Europe/Berlin", ZoneId::of),
        values.duration(
            ALLOWED_LATENESS, "a duration such as 1 min, zero to 10000 d", Duration.ZERO),
        values.duration(
            UPDATE_INTERVAL, "a duration such as 1 min, 1 ms to 10000 d", Duration.ofMillis(1)),
        values.get(MAX_OPEN, "a whole number of at least 1", most -> most >= 1),
        SegmentOptions.read(values));
  }

  static List<ConfigOption<?>> options() {
    List<ConfigOption<?>> options = new ArrayList<>();
    options.addAll(
        List.of(
            ENABLED,
            WINDOW,
            WINDOW_OFFSET,
            TIME_ZONE,
            ALLOWED_LATENESS,
            UPDATE_INTERVAL,
            MAX_OPEN));
    options.addAll(SegmentOptions.options());
    return options;
  }

  private static WindowSize bounded(WindowSize size) {
    if (size.estimate().compareTo(OptionValues.LONGEST) > 0) {
      throw new IllegalArgumentException(size + " is longer than " + OptionValues.LONGEST);
    }
    return size;
  }

  private static void checkOffset(OptionValues values, WindowSize size, WindowSize offset) {
    String is = WINDOW_OFFSET.key() + " is " + offset + ", expected ";
    if (offset.isPeriod() && !offset.isZero() && !size.isPeriod()) {
      values.problem(is + "a duration such as PT5M: " + WINDOW.key() + " is " + size);
    } else if (offset.estimate().compareTo(size.estimate()) >= 0) {
      values.problem(is + "less than " + WINDOW.key() + ", which is " + size);
    }
  }

  /** Returns the length of a window in ISO-8601 notation: {@code PT1H}, {@code P1M}. */
  public String window() {
    return windowSize.toString();
  }
}
