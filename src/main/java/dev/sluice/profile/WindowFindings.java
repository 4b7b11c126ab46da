package dev.sluice.profile;

import java.io.Serializable;
import java.util.List;

/**
 * What a window says of expectations and rejections: of one column in this column's profile, of
 * several columns and of whole records in the summary.
 *
 * @param expectations one result per expectation, in the order of the baseline
 * @param rejections how many records were rejected, by reason and producer, most first; in the
 *     summary alone
 */
public record WindowFindings(List<ExpectationResult> expectations, List<RejectionCount> rejections)
    implements Serializable {
  /** Nothing was expected, nothing rejected. */
  public static final WindowFindings NONE = new WindowFindings(List.of(), List.of());

  public WindowFindings {
    expectations = List.copyOf(expectations);
    rejections = List.copyOf(rejections);
  }

  /** Returns the results of these expectations without rejections. */
  public static WindowFindings of(List<ExpectationResult> expectations) {
    return new WindowFindings(expectations, List.of());
  }
}
