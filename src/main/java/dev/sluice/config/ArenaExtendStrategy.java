package dev.sluice.config;

/** By how much the runtime extends its arena on the GPU when that is full. */
public enum ArenaExtendStrategy {
  /** By powers of two: fewer extensions. */
  NEXT_POWER_OF_TWO("next-power-of-two"),
  /** By what is asked for: less memory. */
  SAME_AS_REQUESTED("same-as-requested");

  private final String text;

  ArenaExtendStrategy(String text) {
    this.text = text;
  }

  /** Returns the value as the option takes it. */
  @Override
  public String toString() {
    return text;
  }
}
