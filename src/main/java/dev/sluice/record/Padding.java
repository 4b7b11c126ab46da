package dev.sluice.record;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * How an array that is shorter than its column is filled up, at its end.
 *
 * @param axis index of the dimension of the column's shape whose length varies from record to
 *     record; those before it have length 1; -1 where none varies
 * @param unit what a length along it is a multiple of, 1 or more
 * @param value what to fill up with: a number, {@code true}, {@code false} or a text
 */
public record Padding(int axis, int unit, String value) implements Serializable {
  /** No length varies. */
  public static final Padding NONE = new Padding(-1, 1, "");

  public Padding {
    requireNonNull(value, "value is null");
  }

  /**
   * Returns the value to fill up floating-point numbers with.
   *
   * @throws NumberFormatException if it is none
   */
  public double asDouble() {
    return Double.parseDouble(value);
  }

  /**
   * Returns the value to fill up integers or booleans with; {@code true} is 1, {@code false} 0.
   *
   * @throws NumberFormatException if it is none
   */
  public long asLong() {
    return switch (value) {
      case "true" -> 1;
      case "false" -> 0;
      default -> Long.parseLong(value);
    };
  }
}
