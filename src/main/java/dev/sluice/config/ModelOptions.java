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
 * Which model scores the records, on what.
 *
 * @param uri the model package: a directory or its URI
 * @param ship whether the package is copied to the workers
 * @param inputs the field paths of the feature record that fill each model input, by the input's
 *     name; an input that is not named takes the field of its own name
 * @param padding what arrays are padded to, by the name of the model input, for inputs with a
 *     dimension of unknown size besides the batch
 * @param execution the device to run on
 * @param executionMode what happens where that device is not there
 * @param intraOpThreads threads within one operation of the model, at least 1
 * @param interOpThreads threads across operations of the model, at least 1
 */
public record ModelOptions(
    String uri,
    boolean ship,
    Map<String, List<String>> inputs,
    Map<String, PaddedLength> padding,
    Execution execution,
    ExecutionMode executionMode,
    int intraOpThreads,
    int interOpThreads)
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

  public static final ConfigOption<Execution> EXECUTION =
      ConfigOptions.key("model.execution")
          .enumType(Execution.class)
          .defaultValue(Execution.CPU)
          .withDescription("Device that the model runs on: cpu or cuda.");

  public static final ConfigOption<ExecutionMode> EXECUTION_MODE =
      ConfigOptions.key("model.execution-mode")
          .enumType(ExecutionMode.class)
          .defaultValue(ExecutionMode.PREFER)
          .withDescription(
              "Where the device is not there: prefer falls back to the cpu, require stops the job.");

  public static final ConfigOption<Integer> INTRA_OP_THREADS =
      ConfigOptions.key("model.intra-op-threads")
          .intType()
          .defaultValue(1)
          .withDescription("Threads within one operation of the model, 1 to 1024.");

  public static final ConfigOption<Integer> INTER_OP_THREADS =
      ConfigOptions.key("model.inter-op-threads")
          .intType()
          .defaultValue(1)
          .withDescription("Threads across operations of the model, 1 to 1024.");

  /**
   * Reads and checks the options.
   *
   * @throws OptionException with all problems
   */
  public static ModelOptions from(Configuration configuration) {
    return OptionValues.read(configuration, ModelOptions::read);
  }

  static ModelOptions read(OptionValues values) {
    String threads = "a whole number from 1 to 1024";
    return new ModelOptions(
        values.required(URI, "a model package: a directory or its URI"),
        values.get(SHIP, "true or false"),
        inputs(values),
        padding(values),
        values.get(EXECUTION, "cpu or cuda"),
        values.get(EXECUTION_MODE, "prefer or require"),
        values.get(INTRA_OP_THREADS, threads, count -> count >= 1 && count <= 1024),
        values.get(INTER_OP_THREADS, threads, count -> count >= 1 && count <= 1024));
  }

  static List<ConfigOption<?>> options() {
    return List.of(
        URI, SHIP, INPUTS, PADDING, EXECUTION, EXECUTION_MODE, INTRA_OP_THREADS, INTER_OP_THREADS);
  }

  private static Map<String, List<String>> inputs(OptionValues values) {
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

  private static Map<String, PaddedLength> padding(OptionValues values) {
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
