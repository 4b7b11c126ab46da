package dev.sluice.profile;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;

/**
 * A part of a baseline: the statistics of some of its rows. Its columns and outputs are those of
 * the whole in the same order, counted on the same grid and scale, so that they can be merged;
 * those of all parts of one kind add up to the whole. They bear no expectations: those of the whole
 * hold.
 *
 * @param kind what the part is about
 * @param field the field whose values make the segments; empty for a season, and for a segment of a
 *     file that did not state it yet
 * @param value the text of the field's value for a segment: empty where it is missing or empty,
 *     {@value #OTHER} for that value and the rest together; {@code 01} to {@code 12} or {@code MON
 *     00} to {@code SUN 23} for a season
 * @param rows number of records, at least 1
 * @param columns the inputs
 * @param outputs the model's outputs
 */
public record ProfilePart(
    PartKind kind,
    String field,
    String value,
    long rows,
    List<ColumnProfile> columns,
    List<ColumnProfile> outputs)
    implements Serializable {
  /** The segment of all rows that have none of their own. */
  public static final String OTHER = "other";

  /**
   * @throws IllegalArgumentException if there is no row, or a season has a field
   */
  public ProfilePart {
    requireNonNull(kind, "kind is null");
    requireNonNull(field, "field is null");
    requireNonNull(value, "value is null");
    columns = List.copyOf(columns);
    outputs = List.copyOf(outputs);
    if (rows < 1) {
      throw new IllegalArgumentException("rows is " + rows + ", expected at least 1");
    }
    if (kind != PartKind.SEGMENT && !field.isEmpty()) {
      throw new IllegalArgumentException("field is " + field + ", expected none for a " + kind);
    }
  }
}
