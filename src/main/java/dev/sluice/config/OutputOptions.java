package dev.sluice.config;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;

/**
 * What becomes of the model's outputs before they are written.
 *
 * @param select the outputs to write, in this order; empty for all
 * @param rename the names to write outputs under, by their own name
 * @param activation the function that an output's values go through, by the output's name
 * @param argmax the labels of an output's values, whose greatest makes the output {@code
 *     <name>_label}, by the output's name; {@value #INDEX} or {@value #LABEL} alone stand for the
 *     position and for labels that the output carries itself
 * @param threshold the least value that makes the output {@code <name>_decision} true, by {@code
 *     name}, {@code name[index]} or {@code name[label]}
 */
public record OutputOptions(
    List<String> select,
    Map<String, String> rename,
    Map<String, Activation> activation,
    Map<String, List<String>> argmax,
    Map<String, Double> threshold)
    implements Serializable {
  public static final String INDEX = "index";
  public static final String LABEL = "label";

  /** No post-processing: every output as the model gives it. */
  public static final OutputOptions NONE =
      new OutputOptions(List.of(), Map.of(), Map.of(), Map.of(), Map.of());

  public static final ConfigOption<String> SELECT =
      ConfigOptions.key("outputs.select")
          .stringType()
          .defaultValue("")
          .withDescription(
              "Comma separated outputs to write, in this order, those made by argmax and threshold included; by default all.");

  public static final ConfigOption<Map<String, String>> RENAME =
      ConfigOptions.key("outputs.rename")
          .mapType()
          .defaultValue(Map.of())
          .withDescription("Name to write the output of this name under.");

  public static final ConfigOption<Map<String, String>> ACTIVATION =
      ConfigOptions.key("outputs.activation")
          .mapType()
          .defaultValue(Map.of())
          .withDescription(
              "Function that this output's values go through first: softmax (over the last dimension) or sigmoid.");

  public static final ConfigOption<Map<String, String>> ARGMAX =
      ConfigOptions.key("outputs.argmax")
          .mapType()
          .defaultValue(Map.of())
          .withDescription(
              "Adds the output NAME_label, the class with the greatest of this output's values: comma separated class labels in their order, index for the position, or label where the output is a map that has them.");

  public static final ConfigOption<Map<String, String>> THRESHOLD =
      ConfigOptions.key("outputs.threshold")
          .mapType()
          .defaultValue(Map.of())
          .withDescription(
              "Adds the output NAME_decision, true where this output's value is at least this number; NAME[1] or NAME[label] takes one value of several.");

  public OutputOptions {
    select = List.copyOf(select);
    rename = sorted(rename);
    activation = sorted(activation);
    argmax = sorted(argmax);
    threshold = sorted(threshold);
  }

  private static <T> Map<String, T> sorted(Map<String, T> map) {
    return Collections.unmodifiableMap(new TreeMap<>(map));
  }

  /**
   * Reads and checks the options.
   *
   * @throws OptionException with all problems
   */
  public static OutputOptions from(Configuration configuration) {
    return OptionValues.read(configuration, OutputOptions::read);
  }

  static OutputOptions read(OptionValues values) {
    return new OutputOptions(
        OptionValues.split(values.get(SELECT, "comma separated outputs")),
        map(values, RENAME, "a name", name -> name.isEmpty() ? null : name),
        map(values, ACTIVATION, "softmax or sigmoid", OutputOptions::activation),
        map(
            values,
            ARGMAX,
            "comma separated labels, index or label",
            labels -> labels.isEmpty() ? null : OptionValues.split(labels)),
        map(values, THRESHOLD, "a number", OutputOptions::number));
  }

  static List<ConfigOption<?>> options() {
    return List.of(SELECT, RENAME, ACTIVATION, ARGMAX, THRESHOLD);
  }

  /** Returns whether outputs are written as the model gives them. */
  public boolean isIdentity() {
    return equals(NONE);
  }

  private static Activation activation(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "softmax" -> Activation.SOFTMAX;
      case "sigmoid" -> Activation.SIGMOID;
      default -> null;
    };
  }

  private static Double number(String text) {
    try {
      double number = Double.parseDouble(text);
      return Double.isFinite(number) ? number : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Reads a map option; {@code parser} returns null for what it refuses. */
  private static <T> Map<String, T> map(
      OptionValues values,
      ConfigOption<Map<String, String>> option,
      String expected,
      Function<String, T> parser) {
    Map<String, T> parsed = new TreeMap<>();
    values
        .get(option, "names and values")
        .forEach(
            (name, text) -> {
              T value = parser.apply(text.trim());
              if (value == null) {
                values.problem(
                    option.key() + "." + name + " is " + text + ", expected " + expected);
              } else {
                parsed.put(name, value);
              }
            });
    return parsed;
  }
}
