package dev.sluice.config;

/** What becomes of records whose value is null. */
public enum Tombstones {
  /** They are dead letters of reason NULL_VALUE. */
  DEAD_LETTER("dead-letter"),
  /** They are left out and counted. */
  SKIP("skip"),
  /** They are written to the predictions in their place. */
  PASS("pass");

  private final String text;

  Tombstones(String text) {
    this.text = text;
  }

  /** Returns the value as the option takes it. */
  @Override
  public String toString() {
    return text;
  }
}
