package dev.sluice.profile;

import java.io.Serializable;

/**
 * How many records a profile is about.
 *
 * @param rows number of records profiled, rejected ones among them
 * @param rejected number of those that validation rejected
 * @param late number of records too late for their window; they are not among rows
 */
public record RowCounts(long rows, long rejected, long late) implements Serializable {
  /** Of no records. */
  public static final RowCounts NONE = new RowCounts(0, 0, 0);

  /** So many records, none rejected or late. */
  public static RowCounts of(long rows) {
    return new RowCounts(rows, 0, 0);
  }
}
