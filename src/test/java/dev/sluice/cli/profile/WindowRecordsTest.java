package dev.sluice.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.expect.Bounds;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.Distinct;
import dev.sluice.profile.ExpectationResult;
import dev.sluice.profile.NumberSummary;
import dev.sluice.profile.Occurrences;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RejectionCount;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.SizeSummary;
import dev.sluice.profile.TextSummary;
import dev.sluice.profile.WindowFindings;
import dev.sluice.record.ElementType;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WindowRecordsTest {
  private static final long HOUR = 3_600_000;

  private static DataProfile summary(long hour, int revision) {
    return record(hour, revision, true);
  }

  private static DataProfile record(
      long hour, int revision, boolean isFinal, ColumnProfile... columns) {
    return record(hour, revision, isFinal, List.of(columns), WindowFindings.NONE);
  }

  private static DataProfile record(
      long hour,
      int revision,
      boolean isFinal,
      List<ColumnProfile> columns,
      WindowFindings findings) {
    return new DataProfile(
        DataProfile.FORMAT_VERSION,
        ProfileKind.INPUT,
        new ProfiledModel("m", "1", "aa"),
        new ProfiledWindow(
            "bb", "", hour * HOUR, (hour + 1) * HOUR, "PT1H", "UTC", revision, isFinal),
        RowCounts.valid(200),
        columns,
        List.of(),
        List.of(),
        null,
        "sluice",
        findings,
        List.of());
  }

  @Test
  void anyNumberOfRevisionsIsOneRecord() {
    WindowRecords records = new WindowRecords(5_000);
    DataProfile first = summary(0, 0);
    DataProfile second = summary(0, 1);
    for (int i = 0; i < 1_000_000; i++) {
      records.add(first);
      records.add(second);
    }

    assertThat(records.windows()).hasSize(1);
    assertThat(records.windows().get(0).window().revision()).isEqualTo(1);
  }

  /** As where a job began anew before the window was final, without its state. */
  @Test
  void aFinalRevisionCountsMoreThanOneThatIsNot() {
    List<DataProfile> published =
        List.of(record(0, 0, false), record(0, 1, false), record(0, 0, true));
    for (List<DataProfile> order :
        List.of(published, List.of(published.get(2), published.get(1)))) {
      WindowRecords records = new WindowRecords();
      order.forEach(records::add);
      assertThat(records.windows())
          .singleElement()
          .satisfies(window -> assertThat(window.window().isFinal()).isTrue());
    }
    WindowRecords open = new WindowRecords();
    published.subList(0, 2).forEach(open::add);
    assertThat(open.windows().get(0).window().revision()).isEqualTo(1);
  }

  @Test
  void aWindowOfWhichSomeIsNotFinalIsRefused() {
    WindowRecords records = new WindowRecords();
    records.add(record(0, 0, false, ColumnProfile.empty("x", ElementType.DOUBLE)));
    records.add(record(0, 0, true));
    assertThatThrownBy(records::windows)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "window 1970-01-01T00:00:00Z/1970-01-01T01:00:00Z has revision 0 of x, expected final"
                + " revision 0 as of its summary");
  }

  @Test
  void moreWindowsThanMemoryTakesAreRefused() {
    WindowRecords records = new WindowRecords(5 << 20);
    assertThatThrownBy(
            () -> {
              for (int hour = 0; hour < 1_000_000; hour++) {
                records.add(summary(hour, 0));
              }
            })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the records of these windows take more than 5 MB of memory, expected fewer: choose"
                + " with --from, --until and --segment, and add up what comes of each, or give"
                + " more memory (java -Xmx)");
    assertThat(records.windows()).hasSizeBetween(1_000, 6_000);
  }

  /** A few columns with much in them take as much as many with little. */
  @Test
  void whatIsInARecordCounts() {
    assertThat(kept(column(0, 0))).isGreaterThan(1_000);
    assertThat(kept(column(0, 1_000))).isLessThan(120);
    assertThat(kept(column(1_000, 0))).isLessThan(120);
    assertThat(kept(List.of(), new WindowFindings(List.of(), rejections(1_000)))).isLessThan(120);
    assertThat(kept(List.of(), WindowFindings.of(results(100)))).isLessThan(120);
  }

  private static List<RejectionCount> rejections(int producers) {
    return IntStream.range(0, producers)
        .mapToObj(i -> new RejectionCount(Reason.MISSING, "producer " + i, 1))
        .toList();
  }

  private static List<ExpectationResult> results(int expectations) {
    return IntStream.range(0, expectations)
        .mapToObj(
            i ->
                Expectation.of(
                    ExpectationType.RANGE, List.of("x" + i), Bounds.of(0.0, 1.0), Severity.WARNING))
        .map(expectation -> ExpectationResult.ofRecords(expectation, 200, 1))
        .toList();
  }

  private static int kept(ColumnProfile column) {
    return kept(List.of(column), WindowFindings.NONE);
  }

  /** Returns how many records of these columns and findings are taken. */
  private static int kept(List<ColumnProfile> columns, WindowFindings findings) {
    WindowRecords records = new WindowRecords(2_500_000);
    int hour = 0;
    try {
      for (; hour < 1_000_000; hour++) {
        records.add(record(hour, 0, true, columns, findings));
      }
    } catch (IllegalArgumentException full) {
      return hour;
    }
    throw new AssertionError("all are taken");
  }

  private static ColumnProfile column(int texts, int hashes) {
    Map<String, Long> values = new HashMap<>();
    for (int i = 0; i < texts; i++) {
      values.put("text " + i, 1L);
    }
    return new ColumnProfile(
        "x",
        ElementType.STRING,
        200,
        0,
        NumberSummary.NONE,
        TextSummary.NONE,
        SizeSummary.NONE,
        new Occurrences(values, false, Map.of()),
        new Distinct(hashes, 0, true, LongStream.range(0, hashes).boxed().toList()),
        List.of(),
        null,
        "",
        List.of());
  }
}
