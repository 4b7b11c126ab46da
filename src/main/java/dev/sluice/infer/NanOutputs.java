package dev.sluice.infer;

import dev.sluice.record.ElementType;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.Reason;
import dev.sluice.record.TensorBuffer;
import java.util.Map;

/** Finds rows that a model answered with NaN: they must not leave as predictions. */
final class NanOutputs {
  private NanOutputs() {}

  /**
   * Fails the predicted rows that have NaN among their scores or floating-point elements.
   *
   * @return how many
   */
  static int fail(PredictionBatch result) {
    int failed = 0;
    for (OutputTensor output : result.outputs()) {
      if (output.values().type().isFloating()) {
        failed += failNumbers(output, result);
      } else if (output.values().type() == ElementType.SCORES) {
        failed += failScores(output, result);
      }
    }
    return failed;
  }

  private static int failNumbers(OutputTensor output, PredictionBatch result) {
    TensorBuffer values = output.values();
    int width = values.rowWidth();
    int failed = 0;
    for (int row = 0; row < result.size(); row++) {
      for (int i = 0; i < width && result.isPredicted(row); i++) {
        if (Double.isNaN(values.numberAt(row * width + i))) {
          fail(result, row, output.name() + (width == 1 ? "" : "[" + i + "]"));
          failed++;
        }
      }
    }
    return failed;
  }

  private static int failScores(OutputTensor output, PredictionBatch result) {
    int failed = 0;
    for (int row = 0; row < result.size(); row++) {
      if (result.isPredicted(row)) {
        String label = nanLabel(output.values().scoresAt(row));
        if (label != null) {
          fail(result, row, output.name() + "[" + label + "]");
          failed++;
        }
      }
    }
    return failed;
  }

  /** Returns the first label whose score is NaN, or null. */
  private static String nanLabel(Map<String, Double> scores) {
    for (Map.Entry<String, Double> score : scores.entrySet()) {
      if (score.getValue().isNaN()) {
        return score.getKey();
      }
    }
    return null;
  }

  private static void fail(PredictionBatch result, int row, String what) {
    result.fail(row, Reason.NAN_OUTPUT, "model output " + what + " is NaN, expected a number");
  }
}
