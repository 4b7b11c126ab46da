package dev.sluice.infer.output;

import dev.sluice.config.Activation;
import dev.sluice.record.ElementType;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.TensorBuffer;

/**
 * Puts an output's values through a function, computed in double precision. Replaces the output;
 * float16 becomes float.
 */
final class ActivationStep implements OutputStep {
  private final Activation function;
  private final TensorBuffer source;
  private final OutputTensor target;
  private final int classes;
  private final double[] exponentials;

  ActivationStep(Activation function, OutputTensor source, int capacity) {
    this.function = function;
    this.source = source.values();
    TensorBuffer values =
        new TensorBuffer(type(this.source.type()), this.source.rowWidth(), capacity);
    this.target = new OutputTensor(source.name(), source.rowShape(), values);
    int rank = source.rowShape().size();
    this.classes = rank == 0 ? 1 : source.rowShape().get(rank - 1);
    this.exponentials = new double[classes];
    if (function == Activation.SOFTMAX && classes < 2) {
      throw new IllegalStateException(
          "model output %s has rows of shape %s, expected several classes for softmax"
              .formatted(source.name(), source.rowShape()));
    }
  }

  /** Returns the type of what becomes of values of a type. */
  static ElementType type(ElementType source) {
    return source == ElementType.DOUBLE ? ElementType.DOUBLE : ElementType.FLOAT;
  }

  @Override
  public OutputTensor target() {
    return target;
  }

  @Override
  public void process(int row) {
    int width = source.rowWidth();
    for (int i = row * width; i < (row + 1) * width; i += classes) {
      if (function == Activation.SOFTMAX) {
        softmax(i);
      } else {
        sigmoid(i);
      }
    }
  }

  private void sigmoid(int first) {
    for (int i = first; i < first + classes; i++) {
      target.values().setNumber(i, 1 / (1 + Math.exp(-source.numberAt(i))));
    }
  }

  /** Subtracts the greatest value first, so that no exponential overflows. */
  private void softmax(int first) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < classes; i++) {
      max = Math.max(max, source.numberAt(first + i));
    }
    double sum = 0;
    for (int i = 0; i < classes; i++) {
      exponentials[i] = Math.exp(source.numberAt(first + i) - max);
      sum += exponentials[i];
    }
    for (int i = 0; i < classes; i++) {
      target.values().setNumber(first + i, exponentials[i] / sum);
    }
  }
}
