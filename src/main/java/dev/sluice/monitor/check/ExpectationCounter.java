package dev.sluice.monitor.check;

import dev.sluice.expect.Evaluation;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.record.ElementName;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Counts what the validator noted on records, by the places of expectations in the profile: how
 * many records each was about, how many did not meet it, each record once. A record without
 * violations costs nothing by itself: what an expectation of one column is about follows from the
 * column's missing values. Not thread-safe.
 */
public final class ExpectationCounter {
  private static final int[] NONE = {};

  /** The place of an expectation among the distinct ones; two that are the same count as one. */
  private final int[] slots;

  private final String[] ids;
  private final int[][] ofAllRows;
  private final int[][] ofPresent;
  private final int[][] ofNumbers;

  /** Where the one floating-point number of a column lies in a row, -1 where it holds others. */
  private final int[] elements;

  private final long[] lastUnexpected;
  private final long[] lastEvaluated;
  private long record;
  private ExpectationCounts.Cell[] cells;

  /**
   * @param expectations all of the profile, in the order that a violation's index refers to
   */
  public ExpectationCounter(FeatureLayout layout, List<Expectation> expectations) {
    Map<String, Integer> slotById = new HashMap<>();
    List<String> distinct = new ArrayList<>();
    slots = new int[expectations.size()];
    for (int i = 0; i < slots.length; i++) {
      String id = expectations.get(i).id();
      Integer known = slotById.putIfAbsent(id, distinct.size());
      slots[i] = known == null ? distinct.size() : known;
      if (known == null) {
        distinct.add(id);
      }
    }
    ids = distinct.toArray(new String[0]);
    lastUnexpected = new long[ids.length];
    lastEvaluated = new long[ids.length];
    Map<String, Set<Integer>> byFeature = byFeature(expectations);
    int columns = layout.columns().size();
    ofAllRows = new int[columns][];
    ofPresent = new int[columns][];
    ofNumbers = new int[columns][];
    elements = new int[columns];
    for (int column = 0; column < columns; column++) {
      FeatureColumn feature = layout.columns().get(column);
      Map<Integer, Expectation> about = new TreeMap<>();
      for (int i : byFeature.getOrDefault(feature.name(), Set.of())) {
        Expectation expectation = expectations.get(i);
        boolean ofElement = !expectation.column().equals(feature.name());
        if (Evaluation.followsFromMissing(expectation, true, ofElement)
            && isScalarOf(expectation.column(), feature)) {
          about.put(i, expectation);
        }
      }
      ofAllRows[column] = slots(about, ExpectationCounter::isAboutMissing);
      ofPresent[column] = slots(about, e -> !isAboutMissing(e) && !e.nanIsMissing());
      ofNumbers[column] = slots(about, e -> !isAboutMissing(e) && e.nanIsMissing());
      boolean floating = isScalar(feature) && feature.type().isFloating();
      elements[column] = floating ? layout.elementOffset(column) : -1;
    }
  }

  /** Returns the expectations by the feature that they may be about, itself or an element of it. */
  private static Map<String, Set<Integer>> byFeature(List<Expectation> expectations) {
    Map<String, Set<Integer>> byFeature = new HashMap<>();
    for (int i = 0; i < expectations.size(); i++) {
      int place = i;
      String column = expectations.get(i).column();
      Stream.concat(Stream.of(column), ElementName.parse(column).map(ElementName::values).stream())
          .forEach(name -> byFeature.computeIfAbsent(name, key -> new TreeSet<>()).add(place));
    }
    return byFeature;
  }

  private int[] slots(Map<Integer, Expectation> expectations, Predicate<Expectation> chosen) {
    TreeSet<Integer> found = new TreeSet<>();
    expectations.forEach(
        (place, expectation) -> {
          if (chosen.test(expectation)) {
            found.add(slots[place]);
          }
        });
    return found.isEmpty() ? NONE : found.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Returns whether a name is that of a feature of one value, or of an element of an array. */
  private static boolean isScalarOf(String name, FeatureColumn column) {
    if (name.equals(column.name())) {
      return isScalar(column);
    }
    return column.hasElements()
        && name.startsWith(column.name() + "[")
        && ElementName.parse(name)
            .filter(e -> e.values().equals(column.name()) && e.index() < column.width())
            .isPresent();
  }

  private static boolean isScalar(FeatureColumn column) {
    return column.width() == 1 && !column.isPadded();
  }

  private static boolean isAboutMissing(Expectation expectation) {
    return expectation.type() == ExpectationType.PRESENT
        || expectation.type() == ExpectationType.ABSENT;
  }

  /** Chooses the counts that records are added to from now on. */
  public void countInto(ExpectationCounts counts) {
    cells = counts.cells(ids);
  }

  /**
   * Adds records to what the expectations of one column are about, where this follows from missing
   * values.
   *
   * @param column the place of the column in the layout
   * @param rows how many records
   * @param present how many of them have a value
   * @param nan how many of these have NaN
   */
  public void addColumn(int column, long rows, long present, long nan) {
    for (int slot : ofAllRows[column]) {
      cells[slot].addEvaluated(rows);
    }
    for (int slot : ofPresent[column]) {
      cells[slot].addEvaluated(present);
    }
    for (int slot : ofNumbers[column]) {
      cells[slot].addEvaluated(present - nan);
    }
  }

  /**
   * Adds the violations of one record.
   *
   * @param violations often none
   */
  public void addViolations(List<Violation> violations) {
    if (!violations.isEmpty()) {
      record++;
      addUnexpected(violations);
    }
  }

  /**
   * Adds records to what expectations are about.
   *
   * @param evaluated places of expectations that were noted to be about each of them
   */
  public void addEvaluated(int[] evaluated, long records) {
    record++;
    for (int index : evaluated) {
      addEvaluated(index, records);
    }
  }

  /** Adds one record entirely: what was noted on it, and what follows from its missing values. */
  public void add(FeatureRow row) {
    record++;
    for (int i = 0; i < row.evaluatedCount(); i++) {
      addEvaluated(row.evaluatedAt(i), 1);
    }
    addUnexpected(row.violations());
    for (int column = 0; column < ofAllRows.length; column++) {
      boolean present = !row.isMissing(column);
      int element = elements[column];
      boolean nan = present && element >= 0 && Double.isNaN(row.doubleAt(element));
      addColumn(column, 1, present ? 1 : 0, nan ? 1 : 0);
    }
  }

  /** Counts an expectation that stands at two places once. */
  private void addEvaluated(int index, long records) {
    int slot = slotOf(index);
    if (slot >= 0 && lastEvaluated[slot] != record) {
      lastEvaluated[slot] = record;
      cells[slot].addEvaluated(records);
    }
  }

  private void addUnexpected(List<Violation> violations) {
    for (int i = 0; i < violations.size(); i++) {
      int slot = slotOf(violations.get(i).index());
      if (slot >= 0 && lastUnexpected[slot] != record) {
        lastUnexpected[slot] = record;
        cells[slot].addUnexpected();
      }
    }
  }

  /** Returns -1 for what no profile states, and for what another profile stated. */
  private int slotOf(int index) {
    return index >= 0 && index < slots.length ? slots[index] : -1;
  }
}
