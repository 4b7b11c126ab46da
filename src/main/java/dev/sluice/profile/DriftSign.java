package dev.sluice.profile;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * Something about a window's column that has a name of its own, other than drift.
 *
 * @param kind what it is
 * @param value what was measured: see {@link DriftSignKind}
 * @param message one line for a person: what was seen, and what was expected
 */
public record DriftSign(DriftSignKind kind, double value, String message) implements Serializable {
  /**
   * @throws IllegalArgumentException if the value is not finite
   */
  public DriftSign {
    requireNonNull(kind, "kind is null");
    requireNonNull(message, "message is null");
    Finite.require("value of " + kind, value);
  }
}
