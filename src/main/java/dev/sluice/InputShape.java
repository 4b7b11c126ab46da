package dev.sluice;

import dev.sluice.config.PaddedLength;
import dev.sluice.model.TensorInfo;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.Padding;
import dev.sluice.record.TensorBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The shape of one record in a model input: as the model declares it, its dimension of unknown size
 * fixed by {@code model.padding}.
 *
 * @param rowShape the shape without the batch dimension
 * @param padding the dimension that was of unknown size, and what it is filled up with
 */
public record InputShape(List<Integer> rowShape, Padding padding) {
  /** A record of more elements is refused: it would not fit into a Kafka record. */
  private static final long MAX_WIDTH = PaddedLength.MAX;

  /**
   * Decides the shape of an input.
   *
   * @param length what the options say of it, null where they say nothing
   * @throws IllegalArgumentException if they do not fit together
   */
  public static InputShape of(TensorInfo input, PaddedLength length) {
    String what = "model input " + input;
    if (input.shape().isEmpty()) {
      throw new IllegalArgumentException(what + " has no shape, expected [batch, ...]");
    }
    int axis = axis(what, input, length);
    List<Integer> rowShape = new ArrayList<>();
    long width = 1;
    for (long declared : input.rowShape()) {
      long dimension = declared == TensorInfo.DYNAMIC ? length.length() : declared;
      width = dimension > MAX_WIDTH ? MAX_WIDTH + 1 : width * dimension;
      if (width < 1 || width > MAX_WIDTH) {
        throw new IllegalArgumentException(
            what + " takes too few or too many values per record, expected 1 to " + MAX_WIDTH);
      }
      rowShape.add((int) dimension);
    }
    return new InputShape(
        rowShape, axis < 0 ? Padding.NONE : new Padding(axis, 1, fill(input.type(), length)));
  }

  /** Returns the index of the dimension of unknown size within a row, -1 where there is none. */
  private static int axis(String what, TensorInfo input, PaddedLength length) {
    String option = "model.padding." + input.name();
    long unknown = input.rowShape().stream().filter(d -> d == TensorInfo.DYNAMIC).count();
    if (unknown == 0 && length != null) {
      throw new IllegalArgumentException(
          option + ": " + what + " has no dimension of unknown size besides the batch to fix");
    }
    if (unknown > 1) {
      throw new IllegalArgumentException(
          what
              + " has "
              + unknown
              + " dimensions of unknown size besides the batch, expected at most one, which "
              + option
              + " fixes");
    }
    if (unknown == 1 && length == null) {
      throw new IllegalArgumentException(
          what
              + " has a dimension of unknown size besides the batch, expected a fixed shape per"
              + " record: set "
              + option
              + " to the length that arrays are padded to, such as 128");
    }
    int axis = input.rowShape().indexOf(TensorInfo.DYNAMIC);
    if (axis > 0 && input.rowShape().subList(0, axis).stream().anyMatch(d -> d != 1)) {
      throw new IllegalArgumentException(
          what
              + " has a dimension of unknown size after one of several elements, expected it to be"
              + " the first besides the batch");
    }
    return axis;
  }

  private static String fill(ElementType type, PaddedLength length) {
    if (!length.value().isEmpty() || type == ElementType.STRING) {
      return length.value();
    }
    return type == ElementType.BOOL ? "false" : "0";
  }

  /**
   * Checks that both a column and the input that takes it can hold the value to fill up with.
   *
   * @param column of a type that the input takes
   * @throws IllegalArgumentException if they cannot
   */
  void requireFill(TensorInfo input, FeatureColumn column) {
    if (!column.isPadded() || column.type() == ElementType.STRING) {
      return;
    }
    boolean fits;
    TensorBuffer element = new TensorBuffer(input.type(), 1, 1);
    try {
      if (column.type().isFloating()) {
        double value = padding.asDouble();
        element.setNumber(0, value);
        fits = Double.isFinite(value) == Double.isFinite(element.numberAt(0));
      } else {
        long value = padding.asLong();
        element.setLong(0, value);
        fits =
            input.type().isIntegral()
                ? value >= input.type().min() && value <= input.type().max()
                : Double.isFinite(element.numberAt(0));
      }
    } catch (NumberFormatException e) {
      fits = false;
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "model.padding.%s pads with %s, expected a value of field %s (%s) that fits into %s"
              .formatted(
                  input.name(), padding.value(), column.name(), column.type(), input.type()));
    }
  }
}
