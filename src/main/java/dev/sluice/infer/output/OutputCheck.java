package dev.sluice.infer.output;

import dev.sluice.config.Activation;
import dev.sluice.config.OutputOptions;
import dev.sluice.model.ModelSignature;
import dev.sluice.model.TensorInfo;
import dev.sluice.record.ElementType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds the options of post-processing against the signature of the model. */
public final class OutputCheck {
  private final OutputOptions options;
  private final Map<String, TensorInfo> outputs = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  private OutputCheck(OutputOptions options, ModelSignature signature) {
    this.options = options;
    signature.outputs().forEach(output -> outputs.put(output.name(), output));
  }

  /** Returns what does not fit, a line each; none if all is well. */
  public static List<String> problems(OutputOptions options, ModelSignature signature) {
    OutputCheck check = new OutputCheck(options, signature);
    check.activations();
    check.labels();
    check.thresholds();
    check.names();
    return check.problems;
  }

  private void activations() {
    options
        .activation()
        .forEach(
            (name, activation) -> {
              String key = "outputs.activation." + name;
              TensorInfo output = output(key, name);
              if (output != null && activation == Activation.SOFTMAX && isSingle(output)) {
                problems.add(
                    "%s is softmax, but %s has one value per row, expected several classes; sigmoid is for one"
                        .formatted(key, output));
              } else if (output != null && !output.type().isFloating()) {
                problems.add(
                    key
                        + " is "
                        + activation
                        + ", but "
                        + output
                        + " has no floating-point values");
              }
            });
  }

  /** Whether softmax, over the last dimension, would turn every value into 1. */
  private static boolean isSingle(TensorInfo output) {
    List<Long> shape = output.rowShape();
    return output.type().isFloating()
        && !output.shape().isEmpty()
        && (shape.isEmpty() || shape.get(shape.size() - 1) == 1);
  }

  private void labels() {
    options
        .argmax()
        .forEach(
            (name, labels) -> {
              String key = "outputs.argmax." + name;
              TensorInfo output = output(key, name);
              if (output != null) {
                checkLabels(key, output, labels);
              }
            });
  }

  private void checkLabels(String key, TensorInfo output, List<String> labels) {
    boolean carried = labels.equals(List.of(OutputOptions.LABEL));
    if (carried != (output.type() == ElementType.SCORES)) {
      problems.add(
          key
              + " is "
              + String.join(",", labels)
              + (carried
                  ? ", but " + output + " has no labels, expected class labels or index"
                  : ", but " + output + " has labels of its own, expected label"));
      return;
    }
    if (carried) {
      return;
    }
    if (output.type() == ElementType.STRING || output.type() == ElementType.BOOL) {
      problems.add(key + ": " + output + " has no numbers, expected one per class");
    } else if (!output.shape().isEmpty() && output.rowShape().size() != 1) {
      problems.add(
          key + ": " + output + " has no class scores, expected the shape [batch,classes]");
    } else if (!labels.equals(List.of(OutputOptions.INDEX))
        && output.hasFixedRowShape()
        && output.rowShape().get(0) != labels.size()) {
      problems.add(
          "%s has %d labels, but %s has %d values, expected as many"
              .formatted(key, labels.size(), output, output.rowShape().get(0)));
    }
  }

  private void thresholds() {
    for (String name : options.threshold().keySet()) {
      String key = "outputs.threshold." + name;
      OutputElement element = OutputElement.parse(name, outputs.keySet());
      TensorInfo output = output(key, element.output());
      if (output == null || output.type() == ElementType.SCORES) {
        if (output != null && element.place().isEmpty()) {
          problems.add(
              key + ": " + output + " has a score per label, expected " + name + "[label]");
        }
        continue;
      }
      if (output.type() == ElementType.STRING || output.type() == ElementType.BOOL) {
        problems.add(key + ": " + output + " has no numbers");
      } else if (output.hasFixedRowShape()) {
        checkPlace(key, output, element);
      }
    }
  }

  private void checkPlace(String key, TensorInfo output, OutputElement element) {
    long width = output.rowShape().stream().reduce(1L, (a, b) -> a * b);
    boolean inside = element.index() >= 0 && element.index() < width;
    if (!inside || (element.place().isEmpty() && width > 1)) {
      problems.add(
          "%s: %s has %d values per row, expected %s[0] to %s[%d]"
              .formatted(key, output, width, element.output(), element.output(), width - 1));
    }
  }

  private void names() {
    Set<String> names = OutputProcessor.names(options, outputs.keySet());
    OutputProcessor.made(options, outputs.keySet()).stream()
        .filter(outputs::containsKey)
        .forEach(
            made ->
                problems.add(
                    "outputs: argmax and threshold add %s, which the model has already, expected a model without it"
                        .formatted(made)));
    for (String name : options.select()) {
      if (!names.contains(name)) {
        problems.add("outputs.select names " + name + ", expected some of " + names);
      }
    }
    for (String name : options.rename().keySet()) {
      if (!names.contains(name)) {
        problems.add(
            "outputs.rename." + name + ": there is no such output, expected one of " + names);
      }
    }
    List<String> renamed = OutputProcessor.writtenNames(options, outputs.keySet());
    if (renamed.stream().distinct().count() < renamed.size()) {
      problems.add("outputs are written as " + renamed + ", expected distinct names");
    }
  }

  private TensorInfo output(String key, String name) {
    TensorInfo output = outputs.get(name);
    if (output == null) {
      problems.add(
          key + ": the model has no output " + name + ", expected one of " + outputs.keySet());
    }
    return output;
  }
}
