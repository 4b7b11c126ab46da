package dev.sluice.cli.score;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which rows of a data set are taken: those whose field has a value, such as {@code split = train},
 * or all. Counts what it takes and what it leaves out. The field need not be one of the schema.
 */
public final class Split {
  /** So many values of the field are told apart for a message. */
  private static final int MAX_SEEN = 10;

  private static final String NO_VALUE = "no value";

  private final String field;
  private final String value;
  private final Map<String, Long> others = new TreeMap<>();
  private long taken;
  private long leftOut;

  private Split(String field, String value) {
    this.field = field;
    this.value = value;
  }

  /** Takes every row. */
  public static Split all() {
    return new Split(null, null);
  }

  /**
   * Takes the rows whose field has a value.
   *
   * @param field column, key or field of a row
   * @param value the value as a text, for a number or boolean as Java writes it
   */
  public static Split of(String field, String value) {
    return new Split(
        requireNonNull(field, "field is null"), requireNonNull(value, "value is null"));
  }

  /** Returns whether every row is taken, so that there is no field to look at. */
  public boolean isAll() {
    return field == null;
  }

  /** Returns the field's name, null where all rows are taken. */
  public String field() {
    return field;
  }

  /** Returns a split of the same rows that has counted none. */
  public Split anew() {
    return new Split(field, value);
  }

  /**
   * Decides on a row, and counts it.
   *
   * @param found the value of the row's field, null for none
   */
  public boolean takes(Object found) {
    boolean takes = isAll() || (found != null && value.equals(found.toString()));
    if (takes) {
      taken++;
    } else {
      leftOut++;
      String shown = found == null ? NO_VALUE : MalformedRowException.shown(found);
      if (others.containsKey(shown) || others.size() < MAX_SEEN) {
        others.merge(shown, 1L, Long::sum);
      }
    }
    return takes;
  }

  /** Returns how many rows were taken. */
  public long taken() {
    return taken;
  }

  /** Returns how many rows were left out. */
  public long leftOut() {
    return leftOut;
  }

  /** Returns what the rows had that were left out, for a person: {@code test (19744)}. */
  public String others() {
    return others.entrySet().stream()
        .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
        .collect(Collectors.joining(", "));
  }

  /** Returns {@code split = train}, or {@code all rows}. */
  @Override
  public String toString() {
    return isAll() ? "all rows" : field + " = " + value;
  }
}
