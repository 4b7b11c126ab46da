package dev.sluice.config;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Which suite of Great Expectations joins the data profile, and how it is taken. */
public final class SuiteOptions implements Serializable {
  private static final long serialVersionUID = 1L;

  public static final ConfigOption<String> SUITE =
      ConfigOptions.key("validation.suite")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Path of a Great Expectations suite (JSON, version 0.x or 1.x) whose expectations join those of the data profile.");

  public static final ConfigOption<Map<String, String>> PARAMETERS =
      ConfigOptions.key("validation.suite-parameters")
          .mapType()
          .defaultValue(Map.of())
          .withDescription("Value that stands for the suite's $PARAMETER of this name.");

  public static final ConfigOption<DefaultSeverity> SEVERITY =
      ConfigOptions.key("validation.suite-severity")
          .enumType(DefaultSeverity.class)
          .defaultValue(DefaultSeverity.CRITICAL)
          .withDescription(
              "Severity of the suite's expectations that state none: critical, warning or info.");

  public static final ConfigOption<Unsupported> UNSUPPORTED =
      ConfigOptions.key("validation.unsupported")
          .enumType(Unsupported.class)
          .defaultValue(Unsupported.FAIL)
          .withDescription(
              "What becomes of the suite's expectations that cannot be evaluated on a stream: fail ends before the job starts and names all of them, warn names them in the log.");

  /** The severity of expectations that state none. */
  public enum DefaultSeverity {
    CRITICAL,
    WARNING,
    INFO;

    /** Returns the value as the option takes it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What becomes of expectations that cannot be evaluated on a stream. */
  public enum Unsupported {
    /** The job does not start. */
    FAIL,
    /** They are named. */
    WARN;

    /** Returns the value as the option takes it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final String suite;
  private final TreeMap<String, String> parameters;
  private final DefaultSeverity severity;
  private final Unsupported unsupported;

  SuiteOptions(OptionValues values) {
    suite = values.optional(SUITE).orElse(null);
    parameters = new TreeMap<>(values.get(PARAMETERS, "values by name"));
    severity = values.get(SEVERITY, "critical, warning or info");
    unsupported = values.get(UNSUPPORTED, "fail or warn");
  }

  static List<ConfigOption<?>> options() {
    return List.of(SUITE, PARAMETERS, SEVERITY, UNSUPPORTED);
  }

  /** Returns the path of the suite; empty for none. */
  public Optional<String> suite() {
    return Optional.ofNullable(suite);
  }

  /** Returns the values of the suite's parameters by name: JSON where they are some, else texts. */
  public Map<String, String> parameters() {
    return Collections.unmodifiableMap(parameters);
  }

  /** Returns the severity of expectations that state none. */
  public DefaultSeverity severity() {
    return severity;
  }

  /** Returns what becomes of expectations that cannot be evaluated on a stream. */
  public Unsupported unsupported() {
    return unsupported;
  }

  @Override
  public String toString() {
    return "SuiteOptions[suite="
        + suite
        + ", parameters="
        + parameters
        + ", severity="
        + severity
        + ", unsupported="
        + unsupported
        + "]";
  }
}
