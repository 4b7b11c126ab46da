package dev.sluice.cli.profile;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ExpectationResult;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.WindowFindings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records of windows, one per column and a summary → windows. Of each record the final revision
 * counts, or else the last one; they may come in any order.
 */
public final class WindowRecords {
  /** The most records that are kept: a year of hours of 100 columns. */
  public static final int MAX_RECORDS = 1_000_000;

  private final Map<Key, Map<String, DataProfile>> windows = new HashMap<>();
  private int records;

  private record Key(String model, String baseline, String segment, long start, long end) {}

  /**
   * Adds a record of a window; one of late records alone is left out.
   *
   * @throws IllegalArgumentException if there are too many
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
    records += columns.containsKey(column) ? 0 : 1; // a revision takes another's place
    columns.merge(column, record, WindowRecords::later);
    if (records > MAX_RECORDS) {
      throw new IllegalArgumentException(
          "there are more than "
              + MAX_RECORDS
              + " records of windows, expected fewer: choose with --from, --until and --segment");
    }
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
