package dev.sluice.expect;

import static java.util.Objects.requireNonNull;

import dev.sluice.record.Severity;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * One check of a column's values. A missing value meets every expectation but PRESENT.
 *
 * @param type what is checked
 * @param min the smallest number or length of RANGE and LENGTH, null where there is no bound
 * @param max the largest number or length of RANGE and LENGTH, null where there is no bound
 * @param values the texts of SET, or whole numbers as texts, sorted as texts; empty elsewhere
 * @param severity critical rejects the record
 * @param suggested whether it was derived from data and not stated by a person
 */
public record Expectation(
    ExpectationType type,
    Double min,
    Double max,
    Set<String> values,
    Severity severity,
    boolean suggested)
    implements Serializable {
  /** So many values of a set are named in a description. */
  private static final int DESCRIBED_VALUES = 10;

  /**
   * @throws IllegalArgumentException if the bounds are not ordered or NaN, or the type needs bounds
   *     or values and has none, or has some and needs none
   */
  public Expectation {
    requireNonNull(type, "type is null");
    requireNonNull(severity, "severity is null");
    boolean bounded = type == ExpectationType.RANGE || type == ExpectationType.LENGTH;
    if (bounded && min == null && max == null) {
      throw new IllegalArgumentException(type + " has neither min nor max, expected one of them");
    }
    if (!bounded && (min != null || max != null)) {
      throw new IllegalArgumentException(type + " has min or max, expected neither");
    }
    checkBound("min", min);
    checkBound("max", max);
    if (min != null && max != null && min > max) {
      throw new IllegalArgumentException("min is " + min + ", expected at most max " + max);
    }
    if (values.isEmpty() == (type == ExpectationType.SET)) {
      throw new IllegalArgumentException(
          type
              + " has "
              + values.size()
              + (values.isEmpty() ? " values, expected some" : " values, expected none"));
    }
    values = Collections.unmodifiableSet(new LinkedHashSet<>(new TreeSet<>(values)));
  }

  private static void checkBound(String name, Double bound) {
    if (bound != null && !Double.isFinite(bound)) {
      throw new IllegalArgumentException(name + " is " + bound + ", expected a finite number");
    }
  }

  /** Returns the expectation of a TYPE, PRESENT, NOT_NAN or FINITE. */
  public static Expectation of(ExpectationType type, Severity severity) {
    return new Expectation(type, null, null, Set.of(), severity, false);
  }

  /** Returns the expectation of a number between these bounds; null where there is no bound. */
  public static Expectation range(Double min, Double max, Severity severity) {
    return new Expectation(ExpectationType.RANGE, min, max, Set.of(), severity, false);
  }

  /** Returns the expectation of one of these texts, or of whole numbers as texts. */
  public static Expectation oneOf(Set<String> values, Severity severity) {
    return new Expectation(ExpectationType.SET, null, null, values, severity, false);
  }

  /** Returns the same expectation, marked as derived from data. */
  public Expectation asSuggested() {
    return new Expectation(type, min, max, values, severity, true);
  }

  /** Returns what is expected, for a person: {@code range [-40.0, 50.0]}. */
  public String describe() {
    return switch (type) {
      case TYPE -> "a value of the model's type";
      case PRESENT -> "a value";
      case RANGE -> "range " + interval(min, max);
      case SET -> describeValues();
      case NOT_NAN -> "a number that is not NaN";
      case FINITE -> "a finite number";
      case LENGTH -> "length " + interval(whole(min), whole(max));
    };
  }

  private static Long whole(Double length) {
    return length == null ? null : length.longValue();
  }

  private static String interval(Number min, Number max) {
    return (min == null ? "(-inf" : "[" + min) + ", " + (max == null ? "inf)" : max + "]");
  }

  private String describeValues() {
    String named = String.join(", ", values.stream().limit(DESCRIBED_VALUES).toList());
    int more = values.size() - DESCRIBED_VALUES;
    return "one of " + named + (more > 0 ? " and " + more + " more" : "");
  }
}
