package dev.sluice.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SegmentHistoryTest {
  private static DataProfile record(
      int revision, boolean isFinal, long rows, ColumnProfile... columns) {
    ProfiledWindow window = SampleProfiles.window("", 0, 0);
    return SampleProfiles.record(
        ProfileKind.INPUT,
        SampleProfiles.MODEL,
        new ProfiledWindow(
            window.baselineSha256(),
            "",
            window.start(),
            window.end(),
            window.length(),
            window.timeZone(),
            revision,
            isFinal),
        RowCounts.of(rows),
        columns);
  }

  /** Returns a window's summary and its one column, without a verdict while it is not final. */
  private static List<DataProfile> window(int revision, boolean isFinal, long rows) {
    ColumnProfile column = SampleProfiles.numbers("x", 0.5);
    return List.of(
        record(revision, isFinal, rows, isFinal ? column : column.withDrift(null)),
        record(revision, isFinal, rows));
  }

  /** As where a job began anew before the window was final, without its state. */
  @Test
  void aFinalRevisionCountsMoreThanOneThatIsNot() {
    SegmentHistory history = new SegmentHistory();
    Stream.of(window(0, false, 5), window(1, false, 7), window(0, true, 12), window(2, false, 9))
        .flatMap(List::stream)
        .forEach(history::add);
    assertThat(history.windows().values())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.window().isFinal()).isTrue();
              assertThat(row.counts().rows()).isEqualTo(12);
            });
    assertThat(history.column("x").status()).isEqualTo(Status.DRIFT);
    assertThat(history.column("x").newest().drift()).isNotNull();
  }
}
