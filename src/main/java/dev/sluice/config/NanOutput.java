package dev.sluice.config;

/** What becomes of a row that the model answers with NaN. */
public enum NanOutput {
  /** The row is a dead letter. */
  FAIL_RECORD("fail-record"),
  /** The row is predicted, with a warning per output. */
  FLAG("flag");

  private final String text;

  NanOutput(String text) {
    this.text = text;
  }

  /** Returns the value as the option takes it. */
  @Override
  public String toString() {
    return text;
  }
}
