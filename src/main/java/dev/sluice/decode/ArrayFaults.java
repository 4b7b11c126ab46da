package dev.sluice.decode;

import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Padding;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import dev.sluice.record.Violation;

/** What is wrong with an array feature of one record; at most one violation comes of it. */
final class ArrayFaults {
  private final FeatureColumn feature;
  private final int[] lengths;
  private final int[] strides;
  private int wrongLevel;
  private long wrongLength;
  private int firstNull;
  private int nulls;

  ArrayFaults(FeatureColumn feature, int[] lengths, int[] strides) {
    this.feature = feature;
    this.lengths = lengths;
    this.strides = strides;
    clear();
  }

  void clear() {
    wrongLevel = -1;
    nulls = 0;
  }

  /** Notes an array of another length; the first one counts. */
  void wrongLength(int level, long length) {
    if (wrongLevel < 0) {
      wrongLevel = level;
      wrongLength = length;
    }
  }

  /** Notes a null item; the first one is named. */
  void nullItem(int element) {
    firstNull = nulls == 0 ? element : firstNull;
    nulls++;
  }

  /** Adds a violation if anything was noted, and returns whether it was. */
  boolean report(FeatureRow row) {
    if (wrongLevel >= 0) {
      add(row, Reason.WRONG_LENGTH, wrongLength + " items", "length " + expectedLength());
    } else if (nulls > 0) {
      String more = nulls > 1 ? " (and " + (nulls - 1) + " more)" : "";
      add(row, Reason.MISSING, "", "a value in item " + position(firstNull) + more);
    }
    return wrongLevel >= 0 || nulls > 0;
  }

  private void add(FeatureRow row, Reason reason, String value, String expected) {
    row.violations().add(new Violation(feature.name(), reason, Severity.CRITICAL, value, expected));
  }

  private String expectedLength() {
    Padding padding = feature.padding();
    boolean varies = wrongLevel == padding.axis();
    return (varies ? "at most " : "")
        + lengths[wrongLevel]
        + (varies && padding.unit() > 1 ? ", a multiple of " + padding.unit() : "")
        + (lengths.length > 1
            ? " in dimension " + (wrongLevel + 1) + " of " + feature.shape()
            : "");
  }

  /** Returns the place of an element: {@code [5][2]}. */
  private String position(int element) {
    StringBuilder place = new StringBuilder();
    int rest = element;
    for (int level = 0; level < lengths.length; level++) {
      place.append('[').append(rest / strides[level]).append(']');
      rest %= strides[level];
    }
    return place.toString();
  }
}
