package dev.sluice.profile;

import java.io.Serializable;

/**
 * How many records a profile is about, and what became of those read for its window. The latter are
 * said by a window's summary alone, and on the summary of outputs they are the whole books: read =
 * malformed + rejected + predicted + failed, where no record was late. What has no row in a profile
 * is never late: it counts in the next window that closes.
 *
 * @param rows number of records profiled: of inputs the valid and the rejected ones, of outputs the
 *     predicted ones
 * @param rejected number of records that validation rejected; of inputs they are among rows
 * @param late number of rows too late for their window: they are not among rows
 * @param read number of records read, malformed and rejected ones among them
 * @param malformed number of records that could not be decoded
 * @param predicted number of records that the model scored; of outputs alone
 * @param failed number of valid records that the model could not score; of outputs alone
 */
public record RowCounts(
    long rows, long rejected, long late, long read, long malformed, long predicted, long failed)
    implements Serializable {
  /** Of no records. */
  public static final RowCounts NONE = of(0);

  /** What a profile of one column says: the rest is the summary's. */
  public RowCounts(long rows, long rejected, long late) {
    this(rows, rejected, late, 0, 0, 0, 0);
  }

  /** So many records, none rejected or late. */
  public static RowCounts of(long rows) {
    return new RowCounts(rows, 0, 0);
  }

  /** So many valid records: their inputs. */
  public static RowCounts valid(long rows) {
    return new RowCounts(rows, 0, 0, rows, 0, 0, 0);
  }

  /** So many rejected records: their inputs. */
  public static RowCounts rejected(long rows) {
    return new RowCounts(rows, rows, 0, rows, 0, 0, 0);
  }

  /** So many records that could not be decoded. */
  public static RowCounts malformed(long records) {
    return new RowCounts(0, 0, 0, records, records, 0, 0);
  }

  /** The answers to valid records: their outputs. */
  public static RowCounts answered(long predicted, long failed) {
    return new RowCounts(predicted, 0, 0, 0, 0, predicted, failed);
  }

  /** Returns what inputs say of the records read, without the rows profiled: for the outputs. */
  public RowCounts withoutRows() {
    return new RowCounts(0, rejected, 0, read, malformed, predicted, failed);
  }

  /** Returns the sums of both. */
  public RowCounts plus(RowCounts other) {
    return new RowCounts(
        rows + other.rows,
        rejected + other.rejected,
        late + other.late,
        read + other.read,
        malformed + other.malformed,
        predicted + other.predicted,
        failed + other.failed);
  }
}
