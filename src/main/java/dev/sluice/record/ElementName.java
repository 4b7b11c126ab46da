package dev.sluice.record;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a column that is one of several values: {@code name[i]}. No field of a record is
 * named so: Avro's names have no brackets. Values of higher rank are numbered row by row.
 *
 * @param values the name of them all: that of the array feature
 * @param index which of them, from 0
 */
public record ElementName(String values, int index) {
  private static final Pattern ELEMENT = Pattern.compile("([^\\[\\]]+)\\[(0|[1-9]\\d{0,8})]");

  /** Returns the name of one of several values. */
  public static String of(String values, int index) {
    return values + "[" + index + "]";
  }

  /** Returns what a column is an element of; empty for a column that is none. */
  public static Optional<ElementName> parse(String column) {
    Matcher matcher = ELEMENT.matcher(column);
    return matcher.matches()
        ? Optional.of(new ElementName(matcher.group(1), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return of(values, index);
  }
}
