package dev.sluice.profile;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;

/**
 * What to do about an alarm, and why.
 *
 * @param kind what to do
 * @param reasons why, one line each for a person; empty where there is nothing to do
 */
public record Advice(AdviceKind kind, List<String> reasons) implements Serializable {
  /** Nothing is to be done. */
  public static final Advice NONE = new Advice(AdviceKind.NONE, List.of());

  public Advice {
    requireNonNull(kind, "kind is null");
    reasons = List.copyOf(reasons);
  }

  /** Advice for one reason. */
  public static Advice of(AdviceKind kind, String reason) {
    return new Advice(kind, List.of(reason));
  }
}
