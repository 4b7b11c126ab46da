package dev.sluice.cli.score;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How many rows came to which end: read = predicted + malformed + rejected + failed. */
public final class Books {
  private final Map<ScoredRow.Status, Long> counts = new EnumMap<>(ScoredRow.Status.class);
  private long read;

  void add(ScoredRow row) {
    read++;
    counts.merge(row.status(), 1L, Long::sum);
  }

  /** Returns the number of rows read. */
  public long read() {
    return read;
  }

  private long count(ScoredRow.Status status) {
    return counts.getOrDefault(status, 0L);
  }

  /**
   * Returns one line for a person.
   *
   * @param nanos how long it took
   */
  public String line(long nanos) {
    double seconds = Math.max(nanos, 1) / (double) TimeUnit.SECONDS.toNanos(1);
    return String.format(
        Locale.ROOT,
        "%,d rows read = %,d predicted + %,d malformed + %,d rejected + %,d failed; %,.0f rows/s",
        read,
        count(ScoredRow.Status.PREDICTED),
        count(ScoredRow.Status.MALFORMED),
        count(ScoredRow.Status.REJECTED),
        count(ScoredRow.Status.FAILED),
        read / seconds);
  }
}
