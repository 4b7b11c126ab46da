package dev.sluice.expect;

import static java.util.Objects.requireNonNull;

import dev.sluice.record.Severity;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One check of records, of windows or of their schema. A missing value meets every expectation of
 * its column but PRESENT.
 *
 * <p>With {@code mostly} below 1, an expectation of records is one of windows at the same time: of
 * the records that it is about (all of them for PRESENT and ABSENT, else those that have a value),
 * at least that share has to meet it. A single record that does not is only noted, whatever the
 * severity: it is within what was allowed.
 *
 * @param type what is checked
 * @param columns the features or outputs it is about
 * @param parameters of the class that the type states
 * @param mostly the share of records that has to meet it, 0 to 1; 1 for expectations that are not
 *     about records
 * @param when the records it is about; null for all
 * @param nanIsMissing whether NaN is taken for a missing value where a column holds one floating
 *     point number per record, in the condition, too; otherwise it is a value
 * @param severity critical rejects the record
 * @param suggested whether it was derived from data and not stated by a person
 */
public record Expectation(
    ExpectationType type,
    List<String> columns,
    Parameters parameters,
    double mostly,
    Condition when,
    boolean nanIsMissing,
    Severity severity,
    boolean suggested)
    implements Serializable {
  /** The longest id. */
  public static final int MAX_ID = 256;

  /**
   * @throws IllegalArgumentException if the number of columns, the parameters or the share do not
   *     fit the type, a condition is stated for another scope than records, NaN taken for missing
   *     where the type does not ask whether a value is, or missing values for equal where it does
   *     not ask for different ones
   */
  public Expectation {
    requireNonNull(type, "type is null");
    requireNonNull(parameters, "parameters is null");
    requireNonNull(severity, "severity is null");
    columns = List.copyOf(columns);
    Set<String> distinct = new HashSet<>(columns);
    if (columns.size() < type.minColumns()
        || columns.size() > type.maxColumns()
        || distinct.size() < columns.size()) {
      throw new IllegalArgumentException(
          type + " is about the columns " + columns + ", expected " + expectedColumns(type));
    }
    if (!type.parameters().isInstance(parameters)) {
      throw new IllegalArgumentException(
          type
              + " has "
              + parameters.getClass().getSimpleName()
              + ", expected "
              + type.parameters().getSimpleName());
    }
    boolean ofRecords = type.scope() == ExpectationScope.RECORD;
    if (!(mostly >= 0 && mostly <= 1) || !ofRecords && mostly != 1) {
      throw new IllegalArgumentException(
          "mostly is " + mostly + ", expected " + (ofRecords ? "0 to 1" : "none for " + type));
    }
    if (when != null && !ofRecords) {
      throw new IllegalArgumentException(
          "when is " + when + ", expected none for " + type + ", which is not about records");
    }
    if (nanIsMissing && !type.asksForMissing()) {
      throw new IllegalArgumentException("nanIsMissing is true, expected false for " + type);
    }
    boolean missingEqual = parameters instanceof PairRule rule && rule.missingEqual();
    if (missingEqual && type != ExpectationType.ALL_DIFFERENT) {
      throw new IllegalArgumentException("missingEqual is true, expected false for " + type);
    }
  }

  private static String expectedColumns(ExpectationType type) {
    if (type.maxColumns() == Integer.MAX_VALUE) {
      return type.minColumns() + " different ones or more";
    }
    return type.maxColumns() == 0 ? "none" : type.maxColumns() + ", each once";
  }

  /** Returns the expectation of a type that has no parameters. */
  public static Expectation of(ExpectationType type, String column, Severity severity) {
    return of(type, List.of(column), NoParameters.NONE, severity);
  }

  /** Returns an expectation of all records. */
  public static Expectation of(
      ExpectationType type, List<String> columns, Parameters parameters, Severity severity) {
    return new Expectation(type, columns, parameters, 1, null, false, severity, false);
  }

  /** Returns the expectation of a number between these bounds; null where there is no bound. */
  public static Expectation range(String column, Double min, Double max, Severity severity) {
    return of(ExpectationType.RANGE, List.of(column), Bounds.of(min, max), severity);
  }

  /** Returns the expectation of one of these texts, or of numbers as texts. */
  public static Expectation oneOf(String column, Set<String> values, Severity severity) {
    return of(ExpectationType.SET, List.of(column), new ValueSet(values), severity);
  }

  /** Returns the same expectation, marked as derived from data. */
  public Expectation asSuggested() {
    return new Expectation(type, columns, parameters, mostly, when, nanIsMissing, severity, true);
  }

  /** Returns the same expectation of another severity. */
  public Expectation withSeverity(Severity other) {
    return new Expectation(type, columns, parameters, mostly, when, nanIsMissing, other, suggested);
  }

  /** Returns the same expectation of a share of the records. */
  public Expectation withMostly(double share) {
    return new Expectation(
        type, columns, parameters, share, when, nanIsMissing, severity, suggested);
  }

  /** Returns the same expectation of the records that meet a condition; null for all. */
  public Expectation withWhen(Condition condition) {
    return new Expectation(
        type, columns, parameters, mostly, condition, nanIsMissing, severity, suggested);
  }

  /** Returns the same expectation, for which NaN is a missing value. */
  public Expectation withNanMissing() {
    return new Expectation(type, columns, parameters, mostly, when, true, severity, suggested);
  }

  /** Returns whether one record that does not meet it has to be rejected. */
  public boolean rejects() {
    return severity == Severity.CRITICAL && type.scope() == ExpectationScope.RECORD && mostly == 1;
  }

  /** Returns the column it is about; of several, or none, they are joined by commas. */
  public String column() {
    return String.join(", ", columns);
  }

  /**
   * Returns what tells it from others of the same profile: everything but severity and origin, as a
   * text of at most {@value #MAX_ID} characters. Two that differ have ids that differ, whatever
   * names and values hold. Of a longer text there is the head and a digest.
   */
  public String id() {
    return ExpectationId.of(this);
  }

  /** Returns what is expected, for a person: {@code range [-40.0, 50.0]}. */
  public String describe() {
    return Descriptions.of(this)
        + (mostly == 1 ? "" : " for a share of " + mostly)
        + (when == null ? "" : " where " + when)
        + (nanIsMissing ? ", NaN taken for missing" : "");
  }
}
