package dev.sluice.infer.output;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.OutputOptions;
import dev.sluice.model.ModelSignature;
import dev.sluice.model.TensorInfo;
import dev.sluice.record.ElementType;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the outputs that are written from those of the model. Steps and buffers are kept as long as
 * the model's outputs keep their shapes. Not thread-safe.
 */
public final class OutputProcessor {
  private final OutputOptions options;
  private final List<OutputTensor> sources = new ArrayList<>();
  private final List<OutputStep> steps = new ArrayList<>();
  private final List<OutputTensor> written = new ArrayList<>();
  private int capacity;
  private boolean hasPlanned;

  public OutputProcessor(OutputOptions options) {
    this.options = requireNonNull(options, "options is null");
  }

  /**
   * Answers the batch that the model has answered: with the same status per row, and the outputs
   * that the options ask for.
   *
   * @param scored what the model gave; outputs that are written as they are stay its own
   * @param result receives status and outputs, valid until either batch is filled anew
   * @return how many rows failed: all that were predicted, where an output has a shape that the
   *     options do not fit while those of a batch before did
   * @throws IllegalStateException if no output has had a shape that they fit
   */
  public int process(PredictionBatch scored, PredictionBatch result) {
    if (!isAnyPredicted(scored)) { // what the outputs look like may not be known yet
      result.takeStatus(scored);
      return 0;
    }
    if (!isPlannedFor(scored)) {
      try {
        plan(scored);
      } catch (IllegalStateException e) {
        if (!hasPlanned) {
          throw e;
        }
        return fail(scored, result, e.getMessage());
      }
      hasPlanned = true;
      result.outputs().clear();
      result.outputs().addAll(written);
    }
    result.takeStatus(scored);
    for (OutputStep step : steps) {
      for (int row = 0; row < scored.size(); row++) {
        if (scored.isPredicted(row)) {
          step.process(row);
        }
      }
    }
    return 0;
  }

  /** The shape hangs on the values, as it seems: another batch may have a good one. */
  private int fail(PredictionBatch scored, PredictionBatch result, String message) {
    sources.clear(); // so that the next one is planned for
    result.outputs().clear();
    result.takeStatus(scored);
    int failed = 0;
    for (int row = 0; row < scored.size(); row++) {
      if (scored.isPredicted(row)) {
        result.fail(row, Reason.MODEL_ERROR, message);
        failed++;
      }
    }
    return failed;
  }

  private static boolean isAnyPredicted(PredictionBatch scored) {
    for (int row = 0; row < scored.size(); row++) {
      if (scored.isPredicted(row)) {
        return true;
      }
    }
    return false;
  }

  /** Compares identities: the model replaces an output tensor where its shape changes. */
  private boolean isPlannedFor(PredictionBatch scored) {
    List<OutputTensor> given = scored.outputs();
    boolean same = given.size() == sources.size() && scored.features().capacity() <= capacity;
    for (int i = 0; same && i < sources.size(); i++) {
      same = given.get(i) == sources.get(i);
    }
    return same && !given.isEmpty();
  }

  private void plan(PredictionBatch scored) {
    capacity = scored.features().capacity();
    sources.clear();
    sources.addAll(scored.outputs());
    steps.clear();
    Map<String, OutputTensor> outputs = new LinkedHashMap<>();
    sources.forEach(source -> outputs.put(source.name(), source));
    options
        .activation()
        .forEach(
            (name, function) ->
                add(outputs, new ActivationStep(function, outputs.get(name), capacity)));
    options
        .argmax()
        .forEach(
            (name, labels) -> add(outputs, new ArgMaxStep(labels, outputs.get(name), capacity)));
    options
        .threshold()
        .forEach(
            (key, threshold) -> {
              OutputElement element = OutputElement.parse(key, outputs.keySet());
              OutputTensor source = outputs.get(element.output());
              add(outputs, new ThresholdStep(key, threshold, element, source, capacity));
            });
    Set<String> names = new LinkedHashSet<>(sources.stream().map(OutputTensor::name).toList());
    written.clear();
    for (String name : options.select().isEmpty() ? names(options, names) : options.select()) {
      OutputTensor output = outputs.get(name);
      String newName = options.rename().getOrDefault(name, name);
      written.add(
          newName.equals(name)
              ? output
              : new OutputTensor(newName, output.rowShape(), output.values()));
    }
  }

  private void add(Map<String, OutputTensor> outputs, OutputStep step) {
    steps.add(step);
    outputs.put(step.target().name(), step.target());
  }

  /**
   * Returns the names that outputs are written under, in their order.
   *
   * @param modelOutputs the names of the model's outputs
   */
  public static List<String> writtenNames(OutputOptions options, Collection<String> modelOutputs) {
    Set<String> all = names(options, new LinkedHashSet<>(modelOutputs));
    return (options.select().isEmpty() ? all : options.select())
        .stream().map(name -> options.rename().getOrDefault(name, name)).toList();
  }

  /** Returns the names of all outputs before they are renamed: each model output, then its own. */
  static Set<String> names(OutputOptions options, Set<String> modelOutputs) {
    Set<String> names = new LinkedHashSet<>();
    for (String output : modelOutputs) {
      names.add(output);
      names.addAll(made(options, output, modelOutputs));
    }
    return names;
  }

  /** Returns the names of the outputs that steps add, as they are before they are renamed. */
  static List<String> made(OutputOptions options, Set<String> modelOutputs) {
    return modelOutputs.stream()
        .flatMap(output -> made(options, output, modelOutputs).stream())
        .toList();
  }

  private static List<String> made(OutputOptions options, String output, Set<String> modelOutputs) {
    List<String> made = new ArrayList<>();
    if (options.argmax().containsKey(output)) {
      made.add(ArgMaxStep.name(output));
    }
    for (String key : options.threshold().keySet()) {
      if (OutputElement.parse(key, modelOutputs).output().equals(output)) {
        made.add(ThresholdStep.name(key));
      }
    }
    return made;
  }

  /**
   * Returns the bytes of direct buffers that the steps take per row of a batch. Dimensions that are
   * known only when the model answers count as 1.
   */
  public static long bytesPerRow(OutputOptions options, ModelSignature signature) {
    long bytes = (long) options.threshold().size() * ElementType.BOOL.bytes();
    for (List<String> labels : options.argmax().values()) {
      bytes += labelType(labels).bytes();
    }
    for (TensorInfo output : signature.outputs()) {
      if (options.activation().containsKey(output.name())) {
        bytes += width(output) * ActivationStep.type(output.type()).bytes();
      }
    }
    return bytes;
  }

  /** Returns the elements of a row, at most as many as a buffer can have. */
  private static long width(TensorInfo output) {
    long width = 1;
    for (long dimension : output.rowShape()) {
      long times = Math.max(1, dimension);
      width = times > Integer.MAX_VALUE / width ? Integer.MAX_VALUE : width * times;
    }
    return width;
  }

  /** Returns the type of a label output. */
  static ElementType labelType(List<String> labels) {
    return labels.equals(List.of(OutputOptions.INDEX)) ? ElementType.INT64 : ElementType.STRING;
  }
}
