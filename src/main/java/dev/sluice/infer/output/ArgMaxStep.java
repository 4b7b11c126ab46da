package dev.sluice.infer.output;

import dev.sluice.config.OutputOptions;
import dev.sluice.record.ElementType;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.TensorBuffer;
import java.util.List;
import java.util.Map;

/**
 * Names the class with the greatest value; the first of several, and NaN never wins. Adds the
 * output {@code <name>_label}, a text or, for {@code index}, an integer.
 */
final class ArgMaxStep implements OutputStep {
  private final List<String> labels;
  private final TensorBuffer source;
  private final OutputTensor target;

  ArgMaxStep(List<String> labels, OutputTensor source, int capacity) {
    this.labels = labels;
    this.source = source.values();
    ElementType type = OutputProcessor.labelType(labels);
    this.target =
        new OutputTensor(name(source.name()), List.of(), new TensorBuffer(type, 1, capacity));
    boolean counted = type == ElementType.STRING && this.source.type() != ElementType.SCORES;
    if (source.rowShape().size() > 1 || (counted && this.source.rowWidth() != labels.size())) {
      throw new IllegalStateException(
          "model output %s has rows of shape %s, expected one value for each of outputs.argmax.%s: %s"
              .formatted(source.name(), source.rowShape(), source.name(), labels));
    }
  }

  /** Returns the name of the output that it adds. */
  static String name(String output) {
    return output + "_label";
  }

  @Override
  public OutputTensor target() {
    return target;
  }

  @Override
  public void process(int row) {
    if (source.type() == ElementType.SCORES) {
      target.values().setText(row, greatest(source.scoresAt(row)));
      return;
    }
    int width = source.rowWidth();
    int best = 0;
    for (int i = 1; i < width; i++) {
      double value = source.numberAt(row * width + i);
      double greatest = source.numberAt(row * width + best);
      if (value > greatest || (Double.isNaN(greatest) && !Double.isNaN(value))) {
        best = i;
      }
    }
    if (labels.equals(List.of(OutputOptions.INDEX))) {
      target.values().setLong(row, best);
    } else {
      target.values().setText(row, labels.get(best));
    }
  }

  private static String greatest(Map<String, Double> scores) {
    String best = "";
    double greatest = Double.NaN;
    for (Map.Entry<String, Double> score : scores.entrySet()) {
      if (Double.isNaN(greatest) || score.getValue() > greatest) {
        best = score.getKey();
        greatest = score.getValue();
      }
    }
    return best;
  }
}
