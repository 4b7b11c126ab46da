package dev.sluice.validate.check;

import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationScope;
import dev.sluice.expect.ExpectationType;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.InputTensor;
import dev.sluice.record.Severity;
import dev.sluice.record.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All checks of a record: of its event time, column by column, of several columns together. Not
 * thread-safe.
 */
public final class RecordChecks {
  private final RowCheck[] checks;
  private final BitSet required;

  private RecordChecks(List<RowCheck> checks, BitSet required) {
    this.checks = checks.toArray(new RowCheck[0]);
    this.required = required;
  }

  /**
   * Compiles what is expected of the columns of a layout, by a profile and by the model's inputs.
   * Expectations of windows and of the schema are left out, and those of an event time that another
   * field holds.
   *
   * @param expectations all of a profile, in its order
   * @param eventTimeField path of the event time, empty for Kafka's timestamp
   * @param maxAhead how far an event time may be after Kafka's timestamp
   * @param latest follows the event times of each partition
   * @throws IllegalArgumentException if an expectation is about a column that the layout lacks, or
   *     of another kind; or if their regular expressions are too large together
   */
  public static RecordChecks compile(
      FeatureLayout layout,
      List<Expectation> expectations,
      String eventTimeField,
      Duration maxAhead,
      LatestEventTimes latest) {
    EventTimeCheck eventTime =
        new EventTimeCheck(eventTimeField, maxAhead, latest, System::currentTimeMillis);
    PatternPool pool = PatternPool.of(expectations);
    List<ColumnRules> columns = new ArrayList<>();
    layout.columns().forEach(column -> columns.add(new ColumnRules(column, pool)));
    Map<Integer, Map<Integer, ColumnRules>> elements = new HashMap<>();
    List<RowCheck> several = new ArrayList<>();
    for (int index = 0; index < expectations.size(); index++) {
      Expectation expectation = expectations.get(index);
      if (expectation.type().scope() != ExpectationScope.RECORD) {
        continue;
      }
      RowTest when = Conditions.of(expectation, layout);
      if (isOfEventTime(expectation)) {
        if (expectation.columns().get(0).equals(eventTimeField)) {
          add(expectation, Rule.of(expectation, index, true, false, when), eventTime);
        }
      } else if (expectation.columns().size() == 1) {
        Place place = requirePlace(layout, expectation);
        boolean scalar = ColumnCheck.isScalar(place.feature());
        ColumnRules rules =
            place.index() == Place.WHOLE
                ? columns.get(place.column())
                : elements
                    .computeIfAbsent(place.column(), column -> new TreeMap<>())
                    .computeIfAbsent(
                        place.index(), element -> new ColumnRules(place.feature(), pool));
        boolean ofElement = place.index() != Place.WHOLE;
        rules.add(expectation, Rule.of(expectation, index, scalar, ofElement, when));
      } else {
        Rule rule = Rule.of(expectation, index, false, false, when);
        several.add(SeveralColumns.check(expectation, rule, layout));
      }
    }
    List<RowCheck> checks = new ArrayList<>();
    checks.add(eventTime);
    BitSet required = new BitSet();
    checks.addAll(columnChecks(layout, columns, elements, required));
    checks.addAll(several);
    return new RecordChecks(checks, required);
  }

  /**
   * Compiles only what the model's inputs ask of the columns that they take: a value where their
   * type has none for a missing one, and numbers that fit into it.
   */
  public static RecordChecks ofInputs(FeatureLayout layout) {
    PatternPool none = PatternPool.of(List.of());
    List<ColumnRules> columns =
        layout.columns().stream().map(column -> new ColumnRules(column, none)).toList();
    BitSet required = new BitSet();
    return new RecordChecks(columnChecks(layout, columns, Map.of(), required), required);
  }

  private static boolean isOfEventTime(Expectation expectation) {
    return expectation.type() == ExpectationType.FRESHNESS
        || expectation.type() == ExpectationType.MONOTONE;
  }

  private static void add(Expectation expectation, Rule rule, EventTimeCheck eventTime) {
    if (expectation.type() == ExpectationType.FRESHNESS) {
      eventTime.addFreshness(expectation, rule);
    } else {
      eventTime.addMonotone(rule);
    }
  }

  private static Place requirePlace(FeatureLayout layout, Expectation expectation) {
    return Place.find(layout, expectation.columns().get(0))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    expectation.type()
                        + " is about column "
                        + expectation.column()
                        + ", which is not decoded"));
  }

  private static List<RowCheck> columnChecks(
      FeatureLayout layout,
      List<ColumnRules> columns,
      Map<Integer, Map<Integer, ColumnRules>> elements,
      BitSet required) {
    List<RowCheck> checks = new ArrayList<>();
    List<ColumnCheck> run = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      ColumnRules rules = columns.get(i);
      if (isRequired(layout, i)) {
        rules.require();
      }
      rules.fit(narrowerTypes(layout, i));
      rules.required().stream().filter(r -> r.index() >= 0).forEach(r -> required.set(r.index()));
      if (!rules.isEmpty()) {
        add(new ColumnCheck(Place.of(layout, i), rules), run, checks);
      }
      for (ColumnRules element : elements.getOrDefault(i, Map.of()).values()) {
        element.fit(List.of());
        Place place = Place.find(layout, element.name()).orElseThrow();
        if (!element.isEmpty()) {
          add(new ColumnCheck(place, element), run, checks);
        }
      }
    }
    endRun(run, checks);
    return checks;
  }

  /** Adds a check, to the present run where it is plain and the next element's. */
  private static void add(ColumnCheck check, List<ColumnCheck> run, List<RowCheck> checks) {
    if (!run.isEmpty() && check.element() != run.get(run.size() - 1).element() + 1) {
      endRun(run, checks);
    }
    if (check.isPlain()) {
      run.add(check);
    } else {
      endRun(run, checks);
      checks.add(check);
    }
  }

  private static void endRun(List<ColumnCheck> run, List<RowCheck> checks) {
    if (!run.isEmpty()) {
      checks.add(new FloatRunCheck(run));
      run.clear();
    }
  }

  /** Returns the types of the inputs that take a column of numbers, but not every value of it. */
  private static List<TypeRange> narrowerTypes(FeatureLayout layout, int column) {
    ElementType type = layout.columns().get(column).type();
    return layout.inputs().stream()
        .filter(input -> input.columns().contains(column) && type != ElementType.STRING)
        .map(InputTensor::type)
        .distinct()
        .filter(input -> TypeRange.isNarrower(input, type))
        .map(TypeRange::new)
        .toList();
  }

  private static boolean isRequired(FeatureLayout layout, int column) {
    for (InputTensor input : layout.inputs()) {
      if (input.columns().contains(column) && !input.type().canBeMissing()) {
        return true;
      }
    }
    return false;
  }

  /** Checks a row; what it does not meet is added to its violations. */
  public void check(FeatureRow row) {
    for (RowCheck check : checks) {
      check.check(row);
    }
  }

  /**
   * Returns whether a row cannot go on without what a violation says: the model or the job expects
   * it, whether or not a profile states it, too.
   */
  public boolean isRequired(Violation violation) {
    return violation.severity() == Severity.CRITICAL
        && (violation.index() == Violation.IMPLIED || required.get(violation.index()));
  }
}
