package dev.sluice.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowRecordsTest {
  private static final long HOUR = 3_600_000;

  private static DataProfile summary(long hour, int revision) {
    return new DataProfile(
        ProfileKind.INPUT,
        new ProfiledModel("m", "1", "aa"),
        new ProfiledWindow("bb", "", hour * HOUR, (hour + 1) * HOUR, "PT1H", "UTC", revision),
        RowCounts.valid(200),
        List.of(),
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
