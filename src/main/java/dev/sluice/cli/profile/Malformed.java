package dev.sluice.cli.profile;

/** What becomes of rows that are no records: they end the run, or are counted and skipped. */
public final class Malformed {
  private final boolean skip;
  private long count;
  private String first;

  /** What to do with them. */
  public enum Policy {
    FAIL,
    SKIP
  }

  public Malformed(Policy policy) {
    this.skip = policy == Policy.SKIP;
  }

  /**
   * Takes one.
   *
   * @param problem which row, what, got, expected
   * @throws IllegalArgumentException if none may be skipped
   */
  void add(String problem) {
    if (!skip) {
      throw new IllegalArgumentException(problem);
    }
    count++;
    first = first == null ? problem : first;
  }

  /** Returns how many were skipped. */
  public long count() {
    return count;
  }

  /** Returns what was wrong with the first, null where there was none. */
  public String first() {
    return first;
  }
}
