package dev.sluice.config;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;

/** What records are checked against. */
public final class ValidationOptions implements Serializable {
  public static final ConfigOption<String> PROFILE =
      ConfigOptions.key("validation.profile")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Path of the data profile; by default data-profile.json of the model package; none checks types alone.");

  private final String profile;
  private final SuiteOptions suite;

  private ValidationOptions(OptionValues values) {
    profile = values.optional(PROFILE).orElse(null);
    suite = new SuiteOptions(values);
  }

  /** Reads the options. */
  public static ValidationOptions from(Configuration configuration) {
    return OptionValues.read(configuration, ValidationOptions::new);
  }

  static ValidationOptions read(OptionValues values) {
    return new ValidationOptions(values);
  }

  static List<ConfigOption<?>> options() {
    List<ConfigOption<?>> options = new ArrayList<>(List.of(PROFILE));
    options.addAll(SuiteOptions.options());
    return options;
  }

  /** Returns the path of the data profile; empty for the model package's. */
  public Optional<String> profile() {
    return Optional.ofNullable(profile);
  }

  /** Returns which suite of Great Expectations joins the profile. */
  public SuiteOptions suite() {
    return suite;
  }

  @Override
  public String toString() {
    return "ValidationOptions[profile=" + profile + ", suite=" + suite + "]";
  }
}
