package dev.sluice.drift;

/**
 * How large a difference must be to matter: at least what is asked for, and more than the baseline
 * itself differs from one part of its time to another.
 */
final class EffectFloor {
  private EffectFloor() {}

  /** Returns the population stability index that a window must exceed. */
  static double of(Evidence evidence) {
    return evidence.rule().minEffect();
  }
}
