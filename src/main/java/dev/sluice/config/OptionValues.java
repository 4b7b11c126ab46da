package dev.sluice.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * Reads options from a configuration and notes every problem instead of stopping at the first one.
 * A value with a problem reads as the option's default, so that the areas after it can be checked
 * too; {@link #throwIfAny()} comes before anybody uses what was read.
 */
final class OptionValues {
  /** No duration of the job is longer: 10000 days. */
  static final Duration LONGEST = Duration.ofDays(10_000);

  private final Configuration configuration;
  private final List<String> problems = new ArrayList<>();

  OptionValues(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * Reads one area.
   *
   * @throws OptionException with all problems of the area
   */
  static <T> T read(Configuration configuration, Function<OptionValues, T> area) {
    OptionValues values = new OptionValues(configuration);
    T options = area.apply(values);
    values.throwIfAny();
    return options;
  }

  /** Reads an option that has a default; {@code expected} ends the sentence "…, expected". */
  <T> T get(ConfigOption<T> option, String expected, Predicate<? super T> isValid) {
    T value;
    try {
      value = configuration.get(option);
    } catch (IllegalArgumentException unparsable) {
      return refuse(option, expected);
    }
    return isValid.test(value) ? value : refuse(option, expected);
  }

  /**
   * Reads a duration from {@code min} to {@link #LONGEST}: without a limit, some would not fit into
   * milliseconds.
   */
  Duration duration(ConfigOption<Duration> option, String expected, Duration min) {
    return get(option, expected, time -> time.compareTo(min) >= 0 && time.compareTo(LONGEST) <= 0);
  }

  /** Reads an option of any value that parses. */
  <T> T get(ConfigOption<T> option, String expected) {
    return get(option, expected, value -> true);
  }

  /** Reads an option that another area checks: what does not parse reads as the default. */
  <T> T peek(ConfigOption<T> option) {
    try {
      return configuration.get(option);
    } catch (IllegalArgumentException unparsable) {
      return option.defaultValue();
    }
  }

  /** Reads a text that has to be there; an absent one reads as the empty text. */
  String required(ConfigOption<String> option, String expected) {
    String value = configuration.get(option);
    if (value == null || value.isBlank()) {
      problem(option.key() + " is missing, expected " + expected);
      return "";
    }
    return value.trim();
  }

  /** Reads a text that may be absent or blank. */
  Optional<String> optional(ConfigOption<String> option) {
    return configuration.getOptional(option).map(String::trim).filter(text -> !text.isEmpty());
  }

  /** Reads a text that another class parses; what that class refuses is a problem. */
  <T> T parse(ConfigOption<String> option, String expected, Function<String, T> parser) {
    try {
      return parser.apply(configuration.get(option).trim());
    } catch (RuntimeException unparsable) {
      return parser.apply(refuse(option, expected));
    }
  }

  /** Splits a text at its commas; blank parts are left out. */
  static List<String> split(String text) {
    return Arrays.stream(text.split(",")).map(String::trim).filter(s -> !s.isEmpty()).toList();
  }

  /** Notes a problem: one line. */
  void problem(String line) {
    problems.add(line);
  }

  /** Returns the problems noted so far. */
  List<String> problems() {
    return problems;
  }

  void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new OptionException(problems);
    }
  }

  private <T> T refuse(ConfigOption<T> option, String expected) {
    String got = configuration.toMap().getOrDefault(option.key(), "unreadable");
    String shown = Secrets.isSecret(option.key()) ? Secrets.MASK : got;
    problem(option.key() + " is " + shown + ", expected " + expected);
    return option.defaultValue();
  }
}
