package dev.sluice.config;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.TimeUtils;

/**
 * What the sinks promise after a failure.
 *
 * @param guarantee what consumers can count on
 * @param transactionalIdPrefix what the ids of all transactions begin with; unique per job and
 *     Kafka cluster
 * @param transactionTimeout after how long the broker aborts a transaction, 1 second to 24 days;
 *     the brokers' own limit is checked before the job starts
 */
public record DeliveryOptions(
    Guarantee guarantee, String transactionalIdPrefix, Duration transactionTimeout)
    implements Serializable {
  public static final ConfigOption<Guarantee> GUARANTEE =
      ConfigOptions.key("delivery.guarantee")
          .enumType(Guarantee.class)
          .defaultValue(Guarantee.AT_LEAST_ONCE)
          .withDescription(
              "What the sinks promise after a failure: at-least-once or exactly-once.");

  public static final ConfigOption<String> TRANSACTIONAL_ID_PREFIX =
      ConfigOptions.key("delivery.transactional-id-prefix")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "What the ids of exactly-once transactions begin with; different for each job on a Kafka cluster. Default: kafka.group-id.");

  public static final ConfigOption<Duration> TRANSACTION_TIMEOUT =
      ConfigOptions.key("delivery.transaction-timeout")
          .durationType()
          .defaultValue(Duration.ofMinutes(10))
          .withDescription(
              "Time until the broker aborts a transaction, a duration up to the brokers' transaction.max.timeout.ms (15 min unless they say otherwise); covers a checkpoint interval and a restart.");

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /** Kafka counts it in milliseconds of an int. */
  private static final Duration LONGEST = Duration.ofDays(24);

  /**
   * Reads and checks the options.
   *
   * @throws OptionException with all problems
   */
  public static DeliveryOptions from(Configuration configuration) {
    return OptionValues.read(configuration, DeliveryOptions::read);
  }

  static DeliveryOptions read(OptionValues values) {
    Guarantee guarantee = values.get(GUARANTEE, "at-least-once or exactly-once");
    Duration timeout = transactionTimeout(values);
    Duration interval = values.peek(CheckpointOptions.INTERVAL);
    if (guarantee == Guarantee.EXACTLY_ONCE && timeout.compareTo(interval) <= 0) {
      values.problem(
          TRANSACTION_TIMEOUT.key()
              + " is "
              + TimeUtils.formatWithHighestUnit(timeout)
              + ", expected more than "
              + CheckpointOptions.INTERVAL.key()
              + ", which is "
              + TimeUtils.formatWithHighestUnit(interval));
    }
    return new DeliveryOptions(guarantee, transactionalIdPrefix(values), timeout);
  }

  static String transactionalIdPrefix(OptionValues values) {
    return values
        .optional(TRANSACTIONAL_ID_PREFIX)
        .orElseGet(() -> values.peek(KafkaOptions.GROUP_ID));
  }

  static Duration transactionTimeout(OptionValues values) {
    return values.get(
        TRANSACTION_TIMEOUT,
        "a duration from 1 s to 24 d",
        time -> time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0);
  }

  static List<ConfigOption<?>> options() {
    return List.of(GUARANTEE, TRANSACTIONAL_ID_PREFIX, TRANSACTION_TIMEOUT);
  }
}
