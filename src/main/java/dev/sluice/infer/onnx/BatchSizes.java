package dev.sluice.infer.onnx;

import dev.sluice.config.ScoringOptions;
import dev.sluice.model.ModelPackageException;
import dev.sluice.model.ModelSignature;
import dev.sluice.model.TensorInfo;
import java.util.List;

/**
 * How many rows a run of a model may have.
 *
 * @param allowed the numbers, ascending; empty for any
 */
public record BatchSizes(List<Integer> allowed) {
  public BatchSizes {
    allowed = List.copyOf(allowed);
  }

  /**
   * Returns the sizes that a model takes and the options ask for.
   *
   * @param model what to call the model in the message
   * @throws ModelPackageException if there is none: an input declares no shape, inputs fix
   *     different sizes, the options ask for others than the model fixes, or an output has another
   *     fixed first dimension than the inputs
   */
  public static BatchSizes of(String model, ModelSignature signature, ScoringOptions options) {
    List<Integer> asked = options.rowByRow() ? List.of(1) : options.batchSizes();
    long fixed = TensorInfo.DYNAMIC;
    for (TensorInfo input : signature.inputs()) {
      if (input.shape().isEmpty()) {
        throw new ModelPackageException(
            model + ": input " + input.name() + " has no shape, expected [batch, ...]");
      }
      long rows = input.shape().get(0);
      if (rows == TensorInfo.DYNAMIC) {
        continue;
      }
      if (fixed != TensorInfo.DYNAMIC && rows != fixed) {
        throw new ModelPackageException(
            "%s: inputs %s fix different batch dimensions, expected one number or a dynamic one"
                .formatted(model, signature.inputs()));
      }
      fixed = rows;
    }
    List<Integer> allowed = fixed == TensorInfo.DYNAMIC ? asked : fixed(model, fixed, asked);
    requireOutputs(model, signature, allowed);
    return new BatchSizes(allowed);
  }

  private static List<Integer> fixed(String model, long rows, List<Integer> asked) {
    if (rows < 1 || rows > 65536) {
      throw new ModelPackageException(
          "%s fixes the batch dimension %d, expected 1 to 65536".formatted(model, rows));
    }
    List<Integer> only = List.of((int) rows);
    if (!asked.isEmpty() && !asked.equals(only)) {
      throw new ModelPackageException(
          "%s fixes the batch dimension %d, but %s or %s ask for runs of %s; leave them out, or export the model with a dynamic first axis"
              .formatted(
                  model,
                  rows,
                  ScoringOptions.BATCH_SIZES.key(),
                  ScoringOptions.ROW_BY_ROW.key(),
                  asked));
    }
    return only;
  }

  private static void requireOutputs(
      String model, ModelSignature signature, List<Integer> allowed) {
    for (TensorInfo output : signature.outputs()) {
      if (output.shape().isEmpty() || output.shape().get(0) == TensorInfo.DYNAMIC) {
        continue;
      }
      long rows = output.shape().get(0);
      if (allowed.size() != 1 || allowed.get(0) != rows) {
        throw new ModelPackageException(
            "%s: output %s has the fixed first dimension %d, expected a row per row of the inputs, which have %s; export the model with a dynamic first axis"
                .formatted(
                    model,
                    output,
                    rows,
                    allowed.isEmpty() ? "a dynamic one" : "one of " + allowed));
      }
    }
  }

  /** Returns whether a run may have any number of rows. */
  boolean isAny() {
    return allowed.isEmpty();
  }

  /** Returns the most rows of a run, {@code otherwise} where it may have any number. */
  int largest(int otherwise) {
    return isAny() ? otherwise : allowed.get(allowed.size() - 1);
  }

  /** Returns the largest size up to a limit, 0 for none. */
  int upTo(int limit) {
    if (isAny()) {
      return limit;
    }
    int largest = 0;
    for (int size : allowed) {
      if (size <= limit) {
        largest = size;
      }
    }
    return largest;
  }

  /** Returns the smallest size that so many rows fit into; there has to be one. */
  int padded(int rows) {
    if (isAny()) {
      return rows;
    }
    for (int size : allowed) {
      if (size >= rows) {
        return size;
      }
    }
    throw new IllegalArgumentException(rows + " rows, expected at most " + largest(rows));
  }

  /** Returns the most rows of a run that does not read the batch: padded ones, or neutral ones. */
  int paddedRows() {
    return largest(1);
  }
}
