package dev.sluice.config;

/** The kind of device that a model runs on. */
public enum Execution {
  /** The processor. */
  CPU("cpu"),
  /** An NVIDIA GPU. */
  CUDA("cuda");

  private final String text;

  Execution(String text) {
    this.text = text;
  }

  /** Returns the value as the option takes it. */
  @Override
  public String toString() {
    return text;
  }
}
