package dev.sluice.validate;

import dev.sluice.expect.Bounds;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.ValueSet;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Reason;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Checks a column of texts; an expectation makes one violation, for all elements together. */
final class TextValidator implements ColumnValidator {
  private final FeatureColumn feature;
  private final int column;
  private final int first;
  private final int fixedEnd;
  private final boolean padded;
  private final Expectation[] present;
  private final Expectation[] sets;
  private final List<Predicate<String>> outsideSets;
  private final Expectation[] lengths;
  private final List<Predicate<String>> outsideLengths;

  TextValidator(
      FeatureColumn feature, int column, int firstElement, List<Expectation> expectations) {
    this.feature = feature;
    this.column = column;
    this.first = firstElement;
    this.fixedEnd = firstElement + feature.width();
    this.padded = feature.isPadded();
    this.present = Expectations.only(expectations, ExpectationType.PRESENT);
    this.sets = Expectations.only(expectations, ExpectationType.SET);
    this.outsideSets = List.of(sets).stream().map(TextValidator::outsideSet).toList();
    this.lengths = Expectations.only(expectations, ExpectationType.LENGTH);
    this.outsideLengths = List.of(lengths).stream().map(TextValidator::outsideLength).toList();
  }

  private static Predicate<String> outsideSet(Expectation set) {
    Set<String> known = Set.copyOf(((ValueSet) set.parameters()).values());
    return text -> !known.contains(text);
  }

  private static Predicate<String> outsideLength(Expectation expectation) {
    Bounds length = (Bounds) expectation.parameters();
    double min = length.min() == null ? 0 : length.min();
    double max = length.max() == null ? Integer.MAX_VALUE : length.max();
    return text -> text.length() < min || text.length() > max;
  }

  @Override
  public void check(FeatureRow row) {
    if (row.isMissing(column)) {
      if (present.length > 0) {
        Expectations.addMissing(row, feature, present);
      }
      return;
    }
    for (int i = 0; i < sets.length; i++) {
      check(row, Reason.NOT_IN_SET, sets[i], outsideSets.get(i));
    }
    for (int i = 0; i < lengths.length; i++) {
      check(row, Reason.WRONG_LENGTH, lengths[i], outsideLengths.get(i));
    }
  }

  private void check(
      FeatureRow row, Reason reason, Expectation expectation, Predicate<String> isOutside) {
    int end = end(row);
    String offending = null;
    int count = 0;
    for (int element = first; element < end; element++) {
      String text = row.textAt(element);
      if (isOutside.test(text)) {
        offending = count == 0 ? text : offending;
        count++;
      }
    }
    if (count > 0) {
      Expectations.add(row, feature, reason, expectation, offending, count - 1);
    }
  }

  /** Returns where the elements end that the record has; padding follows. */
  private int end(FeatureRow row) {
    return padded ? first + row.length(column) : fixedEnd;
  }
}
