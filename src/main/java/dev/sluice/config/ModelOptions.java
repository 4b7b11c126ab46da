package dev.sluice.config;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;

/**
 * Which model scores the records.
 *
 * @param uri the model package: a directory or its URI
 * @param ship whether the package is copied to the workers
 * @param inputs the field paths of the feature record that fill each model input, by the input's
 *     name; an input that is not named takes the field of its own name
 * @param padding what arrays are padded to, by the name of the model input, for inputs with a
 *     dimension of unknown size besides the batch
 */
public record ModelOptions(
    String uri, boolean ship, Map<String, List<String>> inputs, Map<String, PaddedLength> padding)
    implements Serializable {
  public static final ConfigOption<String> URI =
      ConfigOptions.key("model.uri")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Model package: a directory or .onnx file, as a path or a URI of any file system that Flink has.");

  public static final ConfigOption<Boolean> SHIP =
      ConfigOptions.key("model.ship")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether the model package is copied to the workers; false where it lies at the same local path on each.");

  public static final ConfigOption<Map<String, String>> INPUTS =
      ConfigOptions.key("model.inputs")
          .mapType()
          .defaultValue(Map.of())
          .withDescription("Comma separated field paths that fill the model input of this name.");

  public static final ConfigOption<Map<String, String>> PADDING =
      ConfigOptions.key("model.padding")
          .mapType()
          .defaultValue(Map.of())
          .withDescription(
              "Length that arrays are padded to, for the model input of this name, whose dimension of unknown size it fixes: LENGTH or LENGTH:VALUE, such as 128 or 128:-1. The value is 0, false or the empty text by default.");

  /**
   * Reads and checks the options.
   *
   * @throws OptionException with all problems
   */
  public static ModelOptions from(Configuration configuration) {
    return OptionValues.read(configuration, ModelOptions::read);
  }

  static ModelOptions read(OptionValues values) {
    return new ModelOptions(
        values.required(URI, "a model package: a directory or its URI"),
        values.get(SHIP, "true or false"),
        inputs(values),
        padding(values));
  }

  static List<ConfigOption<?>> options() {
    return List.of(URI, SHIP, INPUTS, PADDING);
  }

  static Map<String, List<String>> inputs(OptionValues values) {
    Map<String, List<String>> inputs = new TreeMap<>();
    values
        .get(INPUTS, "comma separated field paths")
        .forEach(
            (name, paths) -> {
              inputs.put(name, OptionValues.split(paths));
              if (inputs.get(name).isEmpty()) {
                values.problem(
                    INPUTS.key() + "." + name + " is empty, expected comma separated field paths");
              }
            });
    return Collections.unmodifiableMap(inputs);
  }

  static Map<String, PaddedLength> padding(OptionValues values) {
    Map<String, PaddedLength> padding = new TreeMap<>();
    values
        .get(PADDING, PaddedLength.EXPECTED)
        .forEach(
            (name, text) -> {
              try {
                padding.put(name, PaddedLength.parse(text));
              } catch (IllegalArgumentException e) {
                values.problem(
                    PADDING.key()
                        + "."
                        + name
                        + " is "
                        + text
                        + ", expected "
                        + PaddedLength.EXPECTED);
              }
            });
    return Collections.unmodifiableMap(padding);
  }
}
