package dev.sluice.config;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;

/** Whether and how the job creates those of its output topics that are missing. */
public final class TopicCreationOptions implements Serializable {
  public static final ConfigOption<Boolean> ENABLED =
      ConfigOptions.key("topic-creation.enabled")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether output topics that are missing are created before the start: profiles and alarms compacted in one partition, the others as the options below say. The features topic never is.");

  public static final ConfigOption<Integer> PARTITIONS =
      ConfigOptions.key("topic-creation.partitions")
          .intType()
          .noDefaultValue()
          .withDescription(
              "Partitions of created predictions and dead letters, 1 to 100000. Default: as many as the features topic has.");

  public static final ConfigOption<Integer> REPLICATION =
      ConfigOptions.key("topic-creation.replication")
          .intType()
          .noDefaultValue()
          .withDescription(
              "Replicas of each partition of created topics, 1 to 32767. Default: the brokers'.");

  public static final ConfigOption<Duration> RETENTION =
      ConfigOptions.key("topic-creation.retention")
          .durationType()
          .noDefaultValue()
          .withDescription(
              "How long created topics keep predictions and dead letters, a duration of at least 1 min. Default: 7 d for predictions, 30 d for dead letters.");

  private static final int MAX_PARTITIONS = 100_000;

  private final boolean enabled;
  private final Integer partitions;
  private final Integer replication;
  private final Duration retention;

  private TopicCreationOptions(OptionValues values) {
    enabled = values.get(ENABLED, "true or false");
    partitions =
        values.get(
            PARTITIONS,
            "a whole number from 1 to " + MAX_PARTITIONS,
            count -> count == null || count >= 1 && count <= MAX_PARTITIONS);
    replication =
        values.get(
            REPLICATION,
            "a whole number from 1 to " + Short.MAX_VALUE,
            count -> count == null || count >= 1 && count <= Short.MAX_VALUE);
    retention =
        values.get(
            RETENTION,
            "a duration from 1 min to 10000 d, such as 7 d",
            time ->
                time == null
                    || time.compareTo(Duration.ofMinutes(1)) >= 0
                        && time.compareTo(OptionValues.LONGEST) <= 0);
  }

  /**
   * Reads and checks the options.
   *
   * @throws OptionException with all problems
   */
  public static TopicCreationOptions from(Configuration configuration) {
    return OptionValues.read(configuration, TopicCreationOptions::new);
  }

  static TopicCreationOptions read(OptionValues values) {
    return new TopicCreationOptions(values);
  }

  static List<ConfigOption<?>> options() {
    return List.of(ENABLED, PARTITIONS, REPLICATION, RETENTION);
  }

  /** Returns whether missing output topics are created. */
  public boolean enabled() {
    return enabled;
  }

  /** Returns the partitions of predictions and dead letters; empty for those of the features. */
  public Optional<Integer> partitions() {
    return Optional.ofNullable(partitions);
  }

  /** Returns the replicas of each partition; empty for the brokers' default. */
  public Optional<Integer> replication() {
    return Optional.ofNullable(replication);
  }

  /** Returns how long predictions and dead letters are kept; empty for each topic's default. */
  public Optional<Duration> retention() {
    return Optional.ofNullable(retention);
  }

  @Override
  public String toString() {
    return "TopicCreationOptions[enabled="
        + enabled
        + ", partitions="
        + partitions
        + ", replication="
        + replication
        + ", retention="
        + retention
        + "]";
  }
}
