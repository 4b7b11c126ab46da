package dev.sluice.infer.output;

import dev.sluice.record.ElementType;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.TensorBuffer;
import java.util.List;

/**
 * Decides by one value of an output: true where it is at least the threshold, false where it is
 * less, NaN or, in a map, absent. Adds the output {@code <key>_decision}.
 */
final class ThresholdStep implements OutputStep {
  private final double threshold;
  private final OutputElement element;
  private final TensorBuffer source;
  private final OutputTensor target;

  ThresholdStep(
      String key, double threshold, OutputElement element, OutputTensor source, int capacity) {
    this.element = element;
    this.source = source.values();
    // A float of 0.7 is less than the double 0.7: compare in the precision of the output.
    this.threshold = rounded(threshold, this.source.type());
    TensorBuffer values = new TensorBuffer(ElementType.BOOL, 1, capacity);
    this.target = new OutputTensor(name(key), List.of(), values);
    int width = this.source.rowWidth();
    boolean single = !element.place().isEmpty() || width == 1;
    boolean scores = this.source.type() == ElementType.SCORES;
    if (!scores && (!single || element.index() < 0 || element.index() >= width)) {
      throw new IllegalStateException(
          "model output %s has rows of shape %s, expected a value %s as in outputs.threshold.%s"
              .formatted(source.name(), source.rowShape(), key, key));
    }
  }

  private static double rounded(double number, ElementType type) {
    if (type == ElementType.SCORES) {
      return (float) number; // a map's scores are floats, kept as doubles
    }
    if (!type.isFloating()) {
      return number;
    }
    TensorBuffer one = new TensorBuffer(type, 1, 1);
    one.setNumber(0, number);
    return one.numberAt(0);
  }

  /** Returns the name of the output that it adds. */
  static String name(String key) {
    return key + "_decision";
  }

  @Override
  public OutputTensor target() {
    return target;
  }

  @Override
  public void process(int row) {
    double value;
    if (source.type() == ElementType.SCORES) {
      value = source.scoresAt(row).getOrDefault(element.place(), Double.NaN);
    } else {
      value = source.numberAt(row * source.rowWidth() + element.index());
    }
    target.values().setLong(row, value >= threshold ? 1 : 0);
  }
}
