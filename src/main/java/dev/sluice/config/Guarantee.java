package dev.sluice.config;

/** What the sinks promise after a failure. */
public enum Guarantee {
  /** Nothing is lost; what was written since the last checkpoint is written again. */
  AT_LEAST_ONCE("at-least-once"),
  /** Nothing is lost or repeated, for consumers that read committed records only. */
  EXACTLY_ONCE("exactly-once");

  private final String text;

  Guarantee(String text) {
    this.text = text;
  }

  /** Returns the value as the option takes it. */
  @Override
  public String toString() {
    return text;
  }
}
