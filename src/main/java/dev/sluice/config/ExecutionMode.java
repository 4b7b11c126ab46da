package dev.sluice.config;

/** What happens where the device that a model shall run on is not there. */
public enum ExecutionMode {
  /** The model runs on the processor. */
  PREFER("prefer"),
  /** The model is not loaded: the job fails, and Flink restarts it. */
  REQUIRE("require");

  private final String text;

  ExecutionMode(String text) {
    this.text = text;
  }

  /** Returns the value as the option takes it. */
  @Override
  public String toString() {
    return text;
  }
}
