package dev.sluice.config;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/**
 * Which parts of the data windows are profiled by, besides as a whole.
 *
 * @param by the field whose values make the segments, empty for none
 * @param values the values that have a segment of their own; empty for those of the baseline's
 * @param max the most segments besides the one of all other values, at least 1
 */
public record SegmentOptions(String by, List<String> values, int max) implements Serializable {
  /** The most segments that an operator can ask for. */
  static final int LARGEST_MAX = 10_000;

  public static final ConfigOption<String> BY =
      ConfigOptions.key("profile.segment-by")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Field of texts, whole numbers or booleans by whose values windows are also profiled apart, such as station.");

  public static final ConfigOption<String> VALUES =
      ConfigOptions.key("profile.segments")
          .stringType()
          .defaultValue("")
          .withDescription(
              "Values of profile.segment-by that are profiled apart, separated by commas; all others, and missing ones, together in other. Default: the segments of the data profile (profile --segment-by).");

  public static final ConfigOption<Integer> MAX =
      ConfigOptions.key("profile.segments.max")
          .intType()
          .defaultValue(100)
          .withDescription(
              "Most segments besides other, 1 to 10000: of the data profile's those of most rows, the rest in other.");

  /** Windows are profiled as a whole. */
  public static final SegmentOptions NONE = new SegmentOptions("", List.of(), MAX.defaultValue());

  public SegmentOptions {
    requireNonNull(by, "by is null");
    values = List.copyOf(values);
  }

  static SegmentOptions read(OptionValues options) {
    String by = options.optional(BY).orElse("");
    List<String> values = OptionValues.split(options.get(VALUES, "a list of values"));
    int max = options.get(MAX, "a whole number from 1 to 10000", n -> n >= 1 && n <= LARGEST_MAX);
    if (!values.isEmpty() && by.isEmpty()) {
      options.problem(
          VALUES.key() + " is given without " + BY.key() + ", expected the field that has them");
    }
    if (values.size() > max) {
      options.problem(
          VALUES.key()
              + " has "
              + values.size()
              + " values, expected at most "
              + max
              + ", which "
              + MAX.key()
              + " says");
    }
    return new SegmentOptions(by, values, max);
  }

  static List<ConfigOption<?>> options() {
    return List.of(BY, VALUES, MAX);
  }

  /** Returns whether windows are profiled by segment at all. */
  public boolean areAsked() {
    return !by.isEmpty();
  }
}
