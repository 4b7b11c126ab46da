package dev.sluice.profile;

import static java.util.Objects.requireNonNull;

import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationScope;
import dev.sluice.expect.ExpectationType;
import dev.sluice.record.Severity;
import java.io.Serializable;
import java.util.List;

/**
 * What a window says of an expectation.
 *
 * @param id what tells the expectation from others, see {@link Expectation#id}
 * @param type what it checks
 * @param expectation what was expected, for a person, at most {@value #MAX_TEXT} characters
 * @param columns the columns it is about
 * @param severity how bad it is that it is not met
 * @param evaluated how many records it was about; how many values for one of the window
 * @param unexpected how many of the records did not meet it; 0 for one of the window
 * @param share the share of the records that met it, 0 to 1; null where it was about none, and for
 *     one of the window
 * @param mostly the share that has to meet it
 * @param observed what was seen in place of what was expected, at most {@value #MAX_TEXT}
 *     characters; null where there is nothing to see
 * @param met whether it was met; null where this could not be judged
 * @param reason why it could not be judged, at most {@value #MAX_TEXT} characters; empty elsewhere
 */
public record ExpectationResult(
    String id,
    ExpectationType type,
    String expectation,
    List<String> columns,
    Severity severity,
    long evaluated,
    long unexpected,
    Double share,
    double mostly,
    String observed,
    Boolean met,
    String reason)
    implements Serializable {
  /** The longest text; longer ones are cut. */
  public static final int MAX_TEXT = 256;

  /**
   * @throws IllegalArgumentException if more records did not meet it than it was about, or a share
   *     is not 0 to 1
   */
  public ExpectationResult {
    requireNonNull(id, "id is null");
    requireNonNull(type, "type is null");
    requireNonNull(severity, "severity is null");
    expectation = cut(requireNonNull(expectation, "expectation is null"));
    reason = cut(requireNonNull(reason, "reason is null"));
    observed = observed == null ? null : cut(observed);
    columns = List.copyOf(columns);
    if (unexpected < 0 || evaluated < unexpected) {
      throw new IllegalArgumentException(
          "unexpected is " + unexpected + ", expected 0 to evaluated " + evaluated);
    }
    if (share != null) {
      requireShare("share", share);
    }
    requireShare("mostly", mostly);
  }

  private static void requireShare(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(name + " is " + share + ", expected 0 to 1");
    }
  }

  /**
   * Returns the result of an expectation of single records.
   *
   * @param evaluated how many records it was about
   * @param unexpected how many of them did not meet it
   */
  public static ExpectationResult ofRecords(
      Expectation expectation, long evaluated, long unexpected) {
    return new ExpectationResult(
            expectation.id(),
            expectation.type(),
            expectation.describe(),
            expectation.columns(),
            expectation.severity(),
            0,
            0,
            null,
            expectation.mostly(),
            null,
            null,
            "")
        .withRecords(evaluated, unexpected);
  }

  /** Returns this result of an expectation of single records with other counts. */
  public ExpectationResult withRecords(long newEvaluated, long newUnexpected) {
    Double newShare =
        newEvaluated == 0
            ? null
            : (Double) ((newEvaluated - newUnexpected) / (double) newEvaluated);
    return new ExpectationResult(
        id,
        type,
        expectation,
        columns,
        severity,
        newEvaluated,
        newUnexpected,
        newShare,
        mostly,
        newUnexpected + " of " + newEvaluated + " records do not meet it",
        newShare == null || newShare >= mostly,
        "");
  }

  private static String cut(String text) {
    if (text.length() <= MAX_TEXT) {
      return text;
    }
    int end = MAX_TEXT - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  /**
   * Returns whether it is for the window to be met or not: one of windows, or of a share of the
   * records. Of the others, each single record has been judged.
   */
  public boolean isOfWindow() {
    return type.scope() == ExpectationScope.WINDOW || mostly < 1;
  }
}
