package dev.sluice.monitor.check;

import dev.sluice.expect.Expectation;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many records each expectation was about, and how many of them did not meet it: sums over
 * records, so the order in which records come and counts are merged does not matter. By {@link
 * Expectation#id}, so that counts outlive a change of the profile. Not thread-safe.
 */
public final class ExpectationCounts {
  private static final int EVALUATED = 0;
  private static final int UNEXPECTED = 1;

  private final TreeMap<String, long[]> cells = new TreeMap<>();
  private String[] keptIds;
  private Cell[] kept;

  /** Returns how many records it was about. */
  public long evaluated(String id) {
    return get(id, EVALUATED);
  }

  /** Returns how many records did not meet it. */
  public long unexpected(String id) {
    return get(id, UNEXPECTED);
  }

  private long get(String id, int which) {
    long[] cell = cells.get(id);
    return cell == null ? 0 : cell[which];
  }

  /** Returns the two counts of an expectation themselves, to be counted up in place. */
  Cell cell(String id) {
    return new Cell(cells.computeIfAbsent(id, key -> new long[2]));
  }

  /**
   * Returns the counts of these expectations, kept for the next call with the same array: looking
   * each up for every batch is dear.
   */
  Cell[] cells(String[] ids) {
    if (ids != keptIds) {
      kept = new Cell[ids.length];
      for (int i = 0; i < ids.length; i++) {
        kept[i] = cell(ids[i]);
      }
      keptIds = ids;
    }
    return kept;
  }

  /** The counts of one expectation in one window. */
  record Cell(long[] counts) {
    void addEvaluated(long records) {
      counts[EVALUATED] += records;
    }

    void addUnexpected() {
      counts[UNEXPECTED]++;
    }
  }

  /** Adds what another has counted. */
  public void merge(ExpectationCounts other) {
    other.cells.forEach(
        (id, counts) -> {
          long[] mine = cells.computeIfAbsent(id, key -> new long[2]);
          mine[EVALUATED] += counts[EVALUATED];
          mine[UNEXPECTED] += counts[UNEXPECTED];
        });
  }

  /** Writes all that are not zero. */
  public void write(DataOutput out) throws IOException {
    int used = 0;
    for (long[] counts : cells.values()) {
      used += isUsed(counts) ? 1 : 0;
    }
    out.writeInt(used);
    for (Map.Entry<String, long[]> cell : cells.entrySet()) {
      if (isUsed(cell.getValue())) {
        out.writeUTF(cell.getKey());
        out.writeLong(cell.getValue()[EVALUATED]);
        out.writeLong(cell.getValue()[UNEXPECTED]);
      }
    }
  }

  private static boolean isUsed(long[] counts) {
    return counts[EVALUATED] != 0 || counts[UNEXPECTED] != 0;
  }

  /** Reads what {@link #write} wrote. */
  public static ExpectationCounts read(DataInput in) throws IOException {
    ExpectationCounts read = new ExpectationCounts();
    for (int left = in.readInt(); left > 0; left--) {
      read.cells.put(in.readUTF(), new long[] {in.readLong(), in.readLong()});
    }
    return read;
  }
}
