package dev.sluice.cli.profile;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ExpectationResult;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RejectionCount;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.WindowFindings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records of windows, one per column and a summary → windows. Of each record the final revision
 * counts, or else the last one; they may come in any order. All are kept, as long as they fit into
 * a budget of memory.
 */
public final class WindowRecords {
  /** What a record takes that has nothing in it, and each of what may be in it, about. */
  private static final long RECORD_BYTES = 1_000;

  private static final long NUMBER_BYTES = 24;
  private static final long TEXT_BYTES = 100;
  private static final long REJECTION_BYTES = 100;
  private static final long RESULT_BYTES = 300;

  private final long budget;
  private final Map<Key, Map<String, DataProfile>> windows = new HashMap<>();
  private long bytes;

  private record Key(String model, String baseline, String segment, long start, long end) {}

  /** Keeps what two thirds of the JVM's memory take: the rest is for their sum. */
  public WindowRecords() {
    this(Runtime.getRuntime().maxMemory() / 3 * 2);
  }

  /**
   * @param budget what records may take, in bytes, about
   */
  WindowRecords(long budget) {
    this.budget = budget;
  }

  /**
   * Adds a record of a window; one of late records alone is left out.
   *
   * @throws IllegalArgumentException if they take more memory than the budget
   */
  public void add(DataProfile record) {
    ProfiledWindow window = record.window();
    if (window.start() == null) {
      return;
    }
    String column = record.columns().isEmpty() ? "" : record.columns().get(0).name();
    Map<String, DataProfile> columns =
        windows.computeIfAbsent(
            new Key(
                record.model().sha256(),
                window.baselineSha256(),
                window.segment(),
                window.start(),
                window.end()),
            key -> new TreeMap<>());
    DataProfile before = columns.get(column); // a revision takes another's place
    DataProfile kept = before == null ? record : later(before, record);
    columns.put(column, kept);
    bytes += bytes(kept) - (before == null ? 0 : bytes(before));
    if (bytes > budget) {
      throw new IllegalArgumentException(
          ("the records of these windows take more than %d MB of memory, expected fewer: choose with"
                  + " --from, --until and --segment, and add up what comes of each, or give more"
                  + " memory (java -Xmx)")
              .formatted(budget >> 20));
    }
  }

  private static long bytes(DataProfile record) {
    long bytes = RECORD_BYTES;
    for (ColumnProfile column : record.columns()) {
      long numbers = column.gridEdges().size() + column.gridCounts().size();
      numbers += column.massEdges().size() + column.massCounts().size();
      numbers += column.distinct().hashes().size();
      bytes += RECORD_BYTES + NUMBER_BYTES * numbers;
      for (String value : column.occurrences().values().keySet()) {
        bytes += TEXT_BYTES + 2L * value.length();
      }
    }
    return bytes + bytes(record.findings());
  }

  private static long bytes(WindowFindings findings) {
    long bytes = 0;
    for (RejectionCount rejections : findings.rejections()) {
      bytes += REJECTION_BYTES + 2L * rejections.producer().length();
    }
    for (ExpectationResult result : findings.expectations()) {
      bytes += RESULT_BYTES + 2L * (result.id().length() + result.expectation().length());
      bytes += 2L * result.reason().length();
      bytes += result.observed() == null ? 0 : 2L * result.observed().length();
      for (String column : result.columns()) {
        bytes += TEXT_BYTES + 2L * column.length();
      }
    }
    return bytes;
  }

  private static DataProfile later(DataProfile one, DataProfile other) {
    return other.window().rank() >= one.window().rank() ? other : one;
  }

  /**
   * Returns the windows, in no particular order.
   *
   * @throws IllegalArgumentException if one has no summary, or its records are not of one revision
   */
  public List<DataProfile> windows() {
    List<DataProfile> whole = new ArrayList<>();
    windows.values().forEach(records -> whole.add(whole(records)));
    return whole;
  }

  private static DataProfile whole(Map<String, DataProfile> records) {
    DataProfile any = records.values().iterator().next();
    DataProfile summary = records.get("");
    if (summary == null) {
      throw new IllegalArgumentException(
          "window "
              + name(any)
              + " has no summary record, expected one: was the topic read whole?");
    }
    List<ColumnProfile> columns = new ArrayList<>();
    List<ExpectationResult> results = new ArrayList<>();
    for (DataProfile record : records.values()) {
      if (record.window().rank() != summary.window().rank()) {
        throw new IllegalArgumentException(
            "window %s has %s of %s, expected %s as of its summary"
                .formatted(
                    name(any),
                    revision(record),
                    record.columns().get(0).name(),
                    revision(summary)));
      }
      columns.addAll(record.columns());
      if (record != summary) {
        results.addAll(record.findings().expectations());
      }
    }
    results.addAll(summary.findings().expectations());
    RowCounts counts = summary.counts();
    return new DataProfile(
        summary.formatVersion(),
        summary.kind(),
        summary.model(),
        summary.window(),
        counts,
        columns,
        List.of(),
        List.of(),
        null,
        summary.creator(),
        new WindowFindings(results, summary.findings().rejections()),
        List.of());
  }

  private static String revision(DataProfile record) {
    return (record.window().isFinal() ? "final revision " : "revision ")
        + record.window().revision();
  }

  private static String name(DataProfile record) {
    return java.time.Instant.ofEpochMilli(record.window().start())
        + "/"
        + java.time.Instant.ofEpochMilli(record.window().end());
  }
}
