package dev.sluice;

import dev.sluice.decode.FeatureFields;
import dev.sluice.expect.Condition;
import dev.sluice.expect.Divergence;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationScope;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.ValueSet;
import dev.sluice.model.verify.Findings;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.record.ElementName;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.Severity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * Holds expectations against the schema of the records: whether it has the fields they are about,
 * of the right kind. Those that are about the schema itself are judged here.
 */
public final class ExpectationCheck {
  private final Schema schema;
  private final Map<String, FeatureColumn> columns = new TreeMap<>();
  private final Findings findings = new Findings();

  private ExpectationCheck(Schema schema, List<FeatureColumn> planned) {
    this.schema = schema;
    planned.forEach(column -> columns.put(column.name(), column));
  }

  /** An expectation and where it stands in a profile's file: {@code columns[3].expectations[0]}. */
  private record Placed(String place, Expectation expectation) {}

  private static List<Placed> all(DataProfile profile) {
    List<Placed> all = new ArrayList<>();
    for (int i = 0; i < profile.columns().size(); i++) {
      ColumnProfile column = profile.columns().get(i);
      for (int k = 0; k < column.expectations().size(); k++) {
        String place = "columns[" + i + "].expectations[" + k + "]";
        all.add(new Placed(place, column.expectations().get(k)));
      }
    }
    for (int k = 0; k < profile.expectations().size(); k++) {
      all.add(new Placed("expectations[" + k + "]", profile.expectations().get(k)));
    }
    return all;
  }

  /** Returns the fields that have to be decoded for expectations and their conditions. */
  static Set<String> fields(DataProfile profile) {
    Set<String> fields = new LinkedHashSet<>();
    for (Expectation expectation : profile.allExpectations()) {
      if (expectation.type().scope() != ExpectationScope.SCHEMA && !isOfEventTime(expectation)) {
        fields.addAll(expectation.columns());
      }
      if (expectation.when() != null) {
        fields.addAll(expectation.when().columns());
      }
    }
    return fields;
  }

  /**
   * Checks all expectations of a profile.
   *
   * @param planned the columns that are decoded
   */
  public static Findings check(Schema schema, List<FeatureColumn> planned, DataProfile profile) {
    ExpectationCheck check = new ExpectationCheck(schema, planned);
    all(profile).forEach(check::check);
    return check.findings;
  }

  /**
   * Checks that expectations of the event time are about the field that holds it.
   *
   * @param option names in a message what says which field that is
   * @param eventTimeField path of the event time, empty for Kafka's timestamp
   * @return a problem per expectation that is about another field
   */
  public static Findings eventTime(DataProfile profile, String option, String eventTimeField) {
    Findings findings = new Findings();
    for (Placed placed : all(profile)) {
      if (isOfOtherEventTime(placed.expectation, eventTimeField)) {
        findings.problem(
            "%s is about column %s, but %s is %s, expected the same field"
                .formatted(
                    what(placed),
                    placed.expectation.column(),
                    option,
                    eventTimeField.isEmpty() ? "not set" : eventTimeField));
      }
    }
    return findings;
  }

  /**
   * Leaves out, with a note, what was suggested of an event time that another field holds: nobody
   * has asked for it.
   *
   * @param eventTimeField path of the event time, empty for Kafka's timestamp
   */
  static DataProfile withoutOtherEventTimes(
      DataProfile profile, String eventTimeField, Findings findings) {
    for (Placed placed : all(profile)) {
      if (isSuggestedOfOther(placed.expectation, eventTimeField)) {
        findings.note(
            "%s was suggested for %s, which is not features.event-time.field; it is left out"
                .formatted(what(placed), placed.expectation.column()));
      }
    }
    return profile.withoutExpectations(
        expectation -> isSuggestedOfOther(expectation, eventTimeField));
  }

  private static boolean isSuggestedOfOther(Expectation expectation, String eventTimeField) {
    return expectation.suggested() && isOfOtherEventTime(expectation, eventTimeField);
  }

  /** Returns whether an expectation is of an event time that another field holds. */
  public static boolean isOfOtherEventTime(Expectation expectation, String eventTimeField) {
    return isOfEventTime(expectation) && !expectation.column().equals(eventTimeField);
  }

  /**
   * Checks what is expected of outputs: they are judged by the window, never one by one.
   *
   * @return a warning per expectation that is not evaluated
   */
  static Findings outputs(DataProfile profile) {
    Findings findings = new Findings();
    for (int i = 0; i < profile.outputs().size(); i++) {
      ColumnProfile output = profile.outputs().get(i);
      for (int k = 0; k < output.expectations().size(); k++) {
        ExpectationType type = output.expectations().get(k).type();
        if (type.scope() != ExpectationScope.WINDOW) {
          findings.warning(
              "data profile: outputs[%d].expectations[%d]: %s is about output %s, of which windows alone are judged; it is not evaluated"
                  .formatted(i, k, type, output.name()));
        }
      }
    }
    return findings;
  }

  private static boolean isOfEventTime(Expectation expectation) {
    return expectation.type() == ExpectationType.FRESHNESS
        || expectation.type() == ExpectationType.MONOTONE;
  }

  private static String what(Placed placed) {
    return "data profile: " + placed.place + ": " + placed.expectation.type();
  }

  private void check(Placed placed) {
    Expectation expectation = placed.expectation;
    if (expectation.type().scope() == ExpectationScope.SCHEMA) {
      checkSchema(placed);
      return;
    }
    boolean complete = true;
    for (String name : expectation.columns()) {
      complete &= has(placed, "is about", name);
    }
    if (complete && !isOfEventTime(expectation)) {
      checkKinds(placed);
    }
    if (expectation.when() != null) {
      checkCondition(placed, expectation.when());
    }
  }

  private boolean has(Placed placed, String relation, String field) {
    boolean has = FeatureFields.has(schema, field) || element(field).isPresent();
    if (!has) {
      findings.problem(
          "%s %s field %s, which the schema %s lacks"
              .formatted(what(placed), relation, field, schema.getFullName()));
    }
    return has;
  }

  /** Returns an element of an array as a column, if the array is decoded and has it. */
  private Optional<FeatureColumn> element(String name) {
    ElementName element = ElementName.parse(name).orElse(null);
    FeatureColumn array = element == null ? null : columns.get(element.values());
    return array != null && array.hasElements() && element.index() < array.width()
        ? Optional.of(array.element(element.index()))
        : Optional.empty();
  }

  private boolean isArray(String name) {
    return element(name).isEmpty() && !FeatureFields.isScalar(schema, name);
  }

  private void checkKinds(Placed placed) {
    Expectation expectation = placed.expectation;
    List<FeatureColumn> about =
        expectation.columns().stream()
            .map(name -> Optional.ofNullable(columns.get(name)).or(() -> element(name)))
            .flatMap(Optional::stream)
            .toList();
    for (FeatureColumn column : about) {
      String expected = expected(expectation, column);
      if (expected != null) {
        refuse(placed, column, expected);
      }
    }
    boolean ofOneKind =
        expectation.type() == ExpectationType.PAIR_GREATER
            || expectation.type() == ExpectationType.PAIR_EQUAL;
    if (ofOneKind && about.size() == 2 && isText(about.get(0)) != isText(about.get(1))) {
      findings.problem(
          "%s compares %s, which is %s, with %s, which is %s, expected two numbers or two texts"
              .formatted(
                  what(placed),
                  about.get(0).name(),
                  about.get(0).type(),
                  about.get(1).name(),
                  about.get(1).type()));
    }
  }

  /** Returns what a column has to be, null if it is. */
  private String expected(Expectation expectation, FeatureColumn column) {
    boolean array = isArray(column.name());
    return switch (expectation.type()) {
      case TEXT_RANGE, REGEX, NOT_REGEX, LENGTH -> isText(column) ? null : "a text";
      case NOT_NAN, FINITE, RANGE, MEAN, MEDIAN, QUANTILES, STANDARD_DEVIATION, TOTAL, MIN, MAX ->
          isText(column) ? "a number" : null;
      case SUM -> isText(column) || array ? "a single number" : null;
      case PAIR_GREATER, PAIR_EQUAL, PAIR_IN_SET, ALL_DIFFERENT -> array ? "a single value" : null;
      case ARRAY_SIZE -> array ? null : "an array";
      case KL_DIVERGENCE -> {
        boolean bins = !((Divergence) expectation.parameters()).edges().isEmpty();
        yield bins && isText(column) ? "a number for bins" : null;
      }
      default -> null;
    };
  }

  private void checkCondition(Placed placed, Condition condition) {
    for (String name : condition.columns()) {
      if (has(placed, "has a condition on", name)
          && condition.comparedColumns().contains(name)
          && isArray(name)) {
        findings.problem(
            "%s has a condition on field %s, which is an array, expected a single value"
                .formatted(what(placed), name));
      }
    }
  }

  private void refuse(Placed placed, FeatureColumn column, String expected) {
    boolean array = isArray(column.name());
    findings.problem(
        "%s is about field %s, which is %s%s, expected %s"
            .formatted(
                what(placed), column.name(), array ? "an array of " : "", column.type(), expected));
  }

  private static boolean isText(FeatureColumn column) {
    return column.type() == ElementType.STRING;
  }

  private void checkSchema(Placed placed) {
    String field = placed.expectation.column();
    if (!FeatureFields.has(schema, field)) {
      report(placed, "which the schema " + schema.getFullName() + " lacks");
    } else if (placed.expectation.type() == ExpectationType.SCHEMA_TYPE) {
      Set<String> stated = ((ValueSet) placed.expectation.parameters()).values();
      List<String> actual = TypeNames.of(FieldPath.type(schema, field));
      if (stated.stream().map(TypeNames::plain).noneMatch(actual::contains)) {
        report(placed, "which is " + actual.get(0) + ", expected " + placed.expectation.describe());
      }
    }
  }

  private void report(Placed placed, String difference) {
    Expectation expectation = placed.expectation;
    String line = what(placed) + " is about field " + expectation.column() + ", " + difference;
    if (expectation.severity() == Severity.CRITICAL) {
      findings.problem(line);
    } else if (expectation.severity() == Severity.WARNING) {
      findings.warning(line);
    } else {
      findings.note(line);
    }
  }
}
