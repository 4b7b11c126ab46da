package dev.sluice.config;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;

/** What records are checked against, and what becomes of those that do not meet it. */
public final class ValidationOptions implements Serializable {
  public static final ConfigOption<String> PROFILE =
      ConfigOptions.key("validation.profile")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Path of the data profile; by default data-profile.json of the model package; none checks types alone.");

  public static final ConfigOption<OnCritical> ON_CRITICAL =
      ConfigOptions.key("validation.on-critical")
          .enumType(OnCritical.class)
          .defaultValue(OnCritical.REJECT)
          .withDescription(
              "What becomes of a record that does not meet a critical expectation: reject makes it a dead letter, flag predicts it with its violations on it (what the model itself cannot do without, and an event time that is missing or too far ahead, is rejected all the same), fail-job stops the job without a restart.");

  public static final ConfigOption<String> PRODUCER_HEADER =
      ConfigOptions.key("validation.producer-header")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Name of the Kafka header that says who sent a record: rejections are counted per producer too, for the first 100 of them.");

  private final String profile;
  private final OnCritical onCritical;
  private final String producerHeader;
  private final SuiteOptions suite;

  private ValidationOptions(OptionValues values) {
    profile = values.optional(PROFILE).orElse(null);
    onCritical = values.get(ON_CRITICAL, "reject, flag or fail-job");
    producerHeader = values.optional(PRODUCER_HEADER).orElse(null);
    suite = new SuiteOptions(values);
  }

  /**
   * Reads the options.
   *
   * @throws OptionException with all problems
   */
  public static ValidationOptions from(Configuration configuration) {
    return OptionValues.read(configuration, ValidationOptions::new);
  }

  static ValidationOptions read(OptionValues values) {
    return new ValidationOptions(values);
  }

  static List<ConfigOption<?>> options() {
    List<ConfigOption<?>> options = new ArrayList<>(List.of(PROFILE, ON_CRITICAL, PRODUCER_HEADER));
    options.addAll(SuiteOptions.options());
    return options;
  }

  /** Returns the path of the data profile; empty for the model package's. */
  public Optional<String> profile() {
    return Optional.ofNullable(profile);
  }

  /** Returns what becomes of a record that does not meet a critical expectation. */
  public OnCritical onCritical() {
    return onCritical;
  }

  /** Returns the name of the header that says who sent a record; empty where none does. */
  public Optional<String> producerHeader() {
    return Optional.ofNullable(producerHeader);
  }

  /** Returns which suite of Great Expectations joins the profile. */
  public SuiteOptions suite() {
    return suite;
  }

  @Override
  public String toString() {
    return "ValidationOptions[profile="
        + profile
        + ", onCritical="
        + onCritical
        + ", producerHeader="
        + producerHeader
        + ", suite="
        + suite
        + "]";
  }
}
