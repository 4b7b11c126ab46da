package dev.sluice.infer;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.NanOutput;
import dev.sluice.record.ElementType;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import dev.sluice.record.TensorBuffer;
import dev.sluice.record.Violation;
import java.util.Map;

/**
 * Finds rows that a model answered with NaN among their scores or floating-point elements, and
 * fails or flags them: they must not leave as if nothing were.
 */
final class NanOutputs {
  private final NanOutput policy;

  NanOutputs(NanOutput policy) {
    this.policy = requireNonNull(policy, "policy is null");
  }

  /** Returns whether marked rows stay predicted. */
  boolean isKept() {
    return policy == NanOutput.FLAG;
  }

  /**
   * Returns the number of predicted rows with NaN, which are now failed or flagged and were not.
   */
  int mark(PredictionBatch result) {
    int marked = 0;
    for (OutputTensor output : result.outputs()) {
      ElementType type = output.values().type();
      if (type.isFloating() || type == ElementType.SCORES) {
        marked += mark(output, result);
      }
    }
    return marked;
  }

  private int mark(OutputTensor output, PredictionBatch result) {
    int marked = 0;
    for (int row = 0; row < result.size(); row++) {
      if (result.isPredicted(row)) {
        String where = firstNan(output.values(), row);
        if (where != null) {
          marked += result.warnings(row).isEmpty() ? 1 : 0;
          mark(result, row, output.name() + where);
        }
      }
    }
    return marked;
  }

  private void mark(PredictionBatch result, int row, String what) {
    if (!isKept()) {
      String message = "model output " + what + " is NaN, expected a number";
      result.fail(row, Reason.NAN_OUTPUT, message);
      return;
    }
    Violation warning = new Violation(what, Reason.NAN_OUTPUT, Severity.WARNING, "NaN", "a number");
    if (!result.warnings(row).contains(warning)) {
      result.warn(row, warning);
    }
  }

  /** Returns which element of the row is the first NaN, in brackets, or null. */
  private static String firstNan(TensorBuffer values, int row) {
    if (values.type() == ElementType.SCORES) {
      return firstNan(values.scoresAt(row));
    }
    int width = values.rowWidth();
    for (int i = 0; i < width; i++) {
      if (Double.isNaN(values.numberAt(row * width + i))) {
        return width == 1 ? "" : "[" + i + "]";
      }
    }
    return null;
  }

  private static String firstNan(Map<String, Double> scores) {
    for (Map.Entry<String, Double> score : scores.entrySet()) {
      if (score.getValue().isNaN()) {
        return "[" + score.getKey() + "]";
      }
    }
    return null;
  }
}
