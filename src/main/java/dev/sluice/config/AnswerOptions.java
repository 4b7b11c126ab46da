package dev.sluice.config;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;

/**
 * Those options of a job that decide what a given model answers to a record, and on what it runs:
 * {@code model.*}, but for where the model lies, and {@code outputs.*}.
 *
 * @param inputs the field paths that fill each model input, by the input's name
 * @param padding what arrays are padded to, by the name of the model input
 * @param execution what the model runs on
 * @param scoring how rows go through the model
 * @param outputs what becomes of the model's outputs
 */
public record AnswerOptions(
    Map<String, List<String>> inputs,
    Map<String, PaddedLength> padding,
    ExecutionOptions execution,
    ScoringOptions scoring,
    OutputOptions outputs) {
  public AnswerOptions {
    inputs = Map.copyOf(inputs);
    padding = Map.copyOf(padding);
    requireNonNull(execution, "execution is null");
    requireNonNull(scoring, "scoring is null");
    requireNonNull(outputs, "outputs is null");
  }

  /** Returns the defaults of a job. */
  public static AnswerOptions defaults() {
    return new AnswerOptions(
        Map.of(),
        Map.of(),
        ExecutionOptions.of(
            ExecutionOptions.DEVICE.defaultValue(), ExecutionOptions.MODE.defaultValue()),
        ScoringOptions.defaults(),
        OutputOptions.NONE);
  }

  /** Returns these options with what the model runs on. */
  public AnswerOptions on(ExecutionOptions newExecution) {
    return new AnswerOptions(inputs, padding, newExecution, scoring, outputs);
  }

  static AnswerOptions read(OptionValues values) {
    return new AnswerOptions(
        ModelOptions.inputs(values),
        ModelOptions.padding(values),
        ExecutionOptions.read(values),
        ScoringOptions.read(values),
        OutputOptions.read(values));
  }

  static List<ConfigOption<?>> options() {
    return Stream.of(
            List.<ConfigOption<?>>of(ModelOptions.INPUTS, ModelOptions.PADDING),
            ExecutionOptions.options(),
            ScoringOptions.options(),
            OutputOptions.options())
        .<ConfigOption<?>>flatMap(List::stream)
        .toList();
  }
}
