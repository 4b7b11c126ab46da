package dev.sluice.validate;

import dev.sluice.profile.Expectation;
import dev.sluice.profile.ExpectationType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Reason;
import dev.sluice.record.Violation;
import java.util.List;
import java.util.Set;

/** Checks a column of texts. */
final class TextValidator implements ColumnValidator {
  private final FeatureColumn feature;
  private final int column;
  private final int first;
  private final int end;
  private final Expectation[] present;
  private final Expectation[] sets;
  private final List<Set<String>> known;
  private final Expectation[] lengths;

  TextValidator(
      FeatureColumn feature, int column, int firstElement, List<Expectation> expectations) {
    this.feature = feature;
    this.column = column;
    this.first = firstElement;
    this.end = firstElement + feature.width();
    this.present = Expectations.only(expectations, ExpectationType.PRESENT);
    this.sets = Expectations.only(expectations, ExpectationType.SET);
    this.known = List.of(sets).stream().map(set -> Set.copyOf(set.values())).toList();
    this.lengths = Expectations.only(expectations, ExpectationType.LENGTH);
  }

  @Override
  public void check(FeatureRow row) {
    if (row.isMissing(column)) {
      if (present.length > 0) {
        Expectations.addMissing(row, feature, present);
      }
      return;
    }
    for (int element = first; element < end; element++) {
      String text = row.textAt(element);
      for (int i = 0; i < sets.length; i++) {
        if (!known.get(i).contains(text)) {
          add(row, Reason.NOT_IN_SET, text, sets[i]);
        }
      }
      for (Expectation length : lengths) {
        if ((length.min() != null && text.length() < length.min())
            || (length.max() != null && text.length() > length.max())) {
          add(row, Reason.WRONG_LENGTH, text, length);
        }
      }
    }
  }

  private void add(FeatureRow row, Reason reason, String text, Expectation expectation) {
    row.violations()
        .add(
            new Violation(
                feature.name(), reason, expectation.severity(), text, expectation.describe()));
  }
}
