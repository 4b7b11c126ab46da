package dev.sluice.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import dev.sluice.record.ElementType;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowRecordsTest {
  private static final long HOUR = 3_600_000;

  private static DataProfile summary(long hour, int revision) {
    return record(hour, revision, true);
  }

  private static DataProfile record(
      long hour, int revision, boolean isFinal, ColumnProfile... columns) {
    return new DataProfile(
        ProfileKind.INPUT,
        new ProfiledModel("m", "1", "aa"),
        new ProfiledWindow(
            "bb", "", hour * HOUR, (hour + 1) * HOUR, "PT1H", "UTC", revision, isFinal),
        RowCounts.valid(200),
        List.of(columns),
        List.of(),
        List.of(),
        null,
        "sluice");
  }

  @Test
  void anyNumberOfRevisionsIsOneRecord() {
    WindowRecords records = new WindowRecords();
    DataProfile first = summary(0, 0);
    DataProfile second = summary(0, 1);
    for (int i = 0; i < WindowRecords.MAX_RECORDS; i++) {
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
  void moreWindowsThanAreKeptAreRefused() {
    WindowRecords records = new WindowRecords();
    for (int hour = 0; hour < WindowRecords.MAX_RECORDS; hour++) {
      records.add(summary(hour, 0));
    }
    assertThatThrownBy(() -> records.add(summary(WindowRecords.MAX_RECORDS, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than 1000000 records of windows");
  }
}
