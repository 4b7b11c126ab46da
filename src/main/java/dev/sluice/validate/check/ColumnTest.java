package dev.sluice.validate.check;

import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Violation;
import java.util.Locale;

/**
 * An expectation of each element of a column.
 *
 * @param rule whom it is about, and what it says
 * @param test what is asked of an element
 */
record ColumnTest(Rule rule, ElementTest test) {
  /** Adds one violation for all elements together that do not meet it: there may be many. */
  void check(FeatureRow row, FeatureColumn feature, int first, int end) {
    if (!rule.concerns(row)) {
      return;
    }
    for (int element = first; element < end; element++) {
      if (!test.meets(row, element)) {
        rule.violated(row, offending(row, feature, element, end));
        return;
      }
    }
  }

  /** Returns the first offending element, and how many others there are. */
  private String offending(FeatureRow row, FeatureColumn feature, int at, int end) {
    int more = 0;
    for (int element = at + 1; element < end; element++) {
      more += test.meets(row, element) ? 0 : 1;
    }
    String value = Cell.text(row, at, feature.type());
    if (more == 0) {
      return value;
    }
    String elements = more == 1 ? " more element)" : " more elements)";
    String rest = " (and " + String.format(Locale.ROOT, "%,d", more) + elements;
    int room = Violation.MAX_VALUE_LENGTH - rest.length();
    return (value.length() <= room ? value : value.substring(0, room)) + rest;
  }
}
