package dev.sluice.config;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;

/**
 * How far event times may stray, and when a silent partition stops holding back the others.
 *
 * @param maxAhead how far an event time may be ahead of Kafka's timestamp, positive
 * @param maxOutOfOrderness how far an event time may be behind the latest of its partition, zero or
 *     more
 * @param idleness after how long a silent partition is idle; zero for never
 * @param maxDrift how far a partition's watermark may be ahead of the slowest one's before its
 *     reading pauses, a minute or more; zero for no limit
 */
public record EventTimeOptions(
    Duration maxAhead, Duration maxOutOfOrderness, Duration idleness, Duration maxDrift)
    implements Serializable {
  public static final ConfigOption<Duration> MAX_AHEAD =
      ConfigOptions.key("event-time.max-ahead")
          .durationType()
          .defaultValue(Duration.ofHours(1))
          .withDescription(
              "How far an event time may be ahead of Kafka's timestamp, or of the clock where that is missing, before the record is rejected, a positive duration.");

  public static final ConfigOption<Duration> MAX_OUT_OF_ORDERNESS =
      ConfigOptions.key("event-time.max-out-of-orderness")
          .durationType()
          .defaultValue(Duration.ofMinutes(1))
          .withDescription(
              "How far the watermark stays behind the latest event time of a partition, a duration.");

  public static final ConfigOption<Duration> IDLENESS =
      ConfigOptions.key("event-time.idleness")
          .durationType()
          .defaultValue(Duration.ofMinutes(1))
          .withDescription(
              "After how long a silent partition stops holding back the watermark, a duration; 0 for never.");

  public static final ConfigOption<Duration> MAX_DRIFT =
      ConfigOptions.key("event-time.max-drift")
          .durationType()
          .defaultValue(Duration.ZERO)
          .withDescription(
              "How far a partition may be ahead of the slowest one before its reading pauses, a duration of event time of at least 1 min, and of event-time.max-ahead where records say their event time; 0 for no limit. It bounds the windows that are open at once in a backfill.");

  /** Event time rises by a drift in one or two seconds: a live feed needs more than those. */
  private static final Duration LEAST_DRIFT = Duration.ofMinutes(1);

  /**
   * Reads and checks the options.
   *
   * @throws OptionException with all problems
   */
  public static EventTimeOptions from(Configuration configuration) {
    return OptionValues.read(configuration, EventTimeOptions::read);
  }

  static EventTimeOptions read(OptionValues values) {
    String expected = "a duration such as 1 min, zero to 10000 d";
    return new EventTimeOptions(
        values.duration(
            MAX_AHEAD, "a duration from 1 ms to 10000 d, such as 1 h", Duration.ofMillis(1)),
        values.duration(MAX_OUT_OF_ORDERNESS, expected, Duration.ZERO),
        values.duration(IDLENESS, expected, Duration.ZERO),
        values.get(
            MAX_DRIFT,
            "0 or a duration from 1 min to 10000 d, such as 7 d",
            drift ->
                drift.isZero()
                    || drift.compareTo(LEAST_DRIFT) >= 0
                        && drift.compareTo(OptionValues.LONGEST) <= 0));
  }

  static List<ConfigOption<?>> options() {
    return List.of(MAX_AHEAD, MAX_OUT_OF_ORDERNESS, IDLENESS, MAX_DRIFT);
  }
}
