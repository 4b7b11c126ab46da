package dev.sluice.config;

/** What becomes of a record that does not meet a critical expectation. */
public enum OnCritical {
  /** The record is a dead letter. */
  REJECT("reject"),
  /** The record is predicted and carries its violations, if the model can take it at all. */
  FLAG("flag"),
  /** The job stops. */
  FAIL_JOB("fail-job");

  private final String text;

  OnCritical(String text) {
    this.text = text;
  }

  /** Returns the value as the option takes it. */
  @Override
  public String toString() {
    return text;
  }
}
