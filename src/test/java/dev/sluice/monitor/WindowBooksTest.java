package dev.sluice.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.RowCounts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the summaries of windows of 100 ms say became of the records read. */
class WindowBooksTest {
  private final MergeHarness harness = new MergeHarness();

  @BeforeEach
  void start() throws Exception {
    harness.start(Fixtures.monitor(), null);
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private static WindowPartial partial(ProfileKind kind, long end, RowCounts counts) {
    WindowPartial partial =
        new WindowPartial(
            kind, Fixtures.MODEL.sha256(), Fixtures.SHA, "", end - 100, end, "PT0.1S", "UTC");
    partial.add(counts);
    return partial;
  }

  private RowCounts summary() {
    List<DataProfile> published = harness.published();
    assertThat(published).hasSize(1);
    assertThat(published.get(0).columns()).isEmpty();
    return published.get(0).counts();
  }

  @Test
  void theSummaryOfOutputsHasTheWholeBooks() throws Exception {
    harness.add(
        List.of(
            partial(ProfileKind.INPUT, 100, RowCounts.valid(7)).books(),
            partial(ProfileKind.INPUT, 100, RowCounts.rejected(2)).books(),
            partial(ProfileKind.OUTPUT, 100, RowCounts.answered(6, 1)),
            partial(ProfileKind.INPUT, 100, RowCounts.malformed(3)).books()));
    harness.processWatermark(99);
    RowCounts counts = summary();
    assertThat(counts).isEqualTo(new RowCounts(6, 2, 0, 12, 3, 6, 1));
    assertThat(counts.read())
        .isEqualTo(counts.malformed() + counts.rejected() + counts.predicted() + counts.failed());
  }

  @Test
  void theSummaryOfInputsHasWhatIsKnownBeforeTheModel() throws Exception {
    harness.add(
        List.of(
            partial(ProfileKind.INPUT, 100, RowCounts.valid(7)),
            partial(ProfileKind.INPUT, 100, RowCounts.malformed(3)),
            partial(ProfileKind.INPUT, 100, RowCounts.rejected(2))));
    harness.processWatermark(99);
    assertThat(summary()).isEqualTo(new RowCounts(9, 2, 0, 12, 3, 0, 0));
  }

  @Test
  void aWindowOfMalformedRecordsAloneIsNotJudged() throws Exception {
    harness.add(List.of(partial(ProfileKind.INPUT, 100, RowCounts.malformed(3))));
    harness.processWatermark(99);
    List<DataProfile> published = harness.published();
    assertThat(published).hasSize(1);
    assertThat(published.get(0).findings().expectations()).isEmpty();
    assertThat(published.get(0).counts()).isEqualTo(RowCounts.malformed(3));
  }

  @Test
  void whatHasNoRowCountsInTheNextWindowWhereItsOwnHasClosed() throws Exception {
    harness.add(List.of(partial(ProfileKind.INPUT, 100, RowCounts.valid(1))));
    harness.processWatermark(99);
    assertThat(summary()).isEqualTo(RowCounts.valid(1));
    harness.add(
        List.of(
            partial(ProfileKind.INPUT, 100, RowCounts.malformed(2)),
            partial(ProfileKind.INPUT, 100, RowCounts.rejected(3)),
            partial(ProfileKind.INPUT, 200, RowCounts.valid(4))));
    harness.processWatermark(199);
    assertThat(summary()).isEqualTo(new RowCounts(4, 0, 3, 6, 2, 0, 0));
  }

  @Test
  void ofOutputsOnlyPredictionsAreLateAndTheRestIsSaid() throws Exception {
    harness.add(List.of(partial(ProfileKind.OUTPUT, 100, RowCounts.answered(1, 0))));
    harness.processWatermark(99);
    summary();
    harness.add(
        List.of(
            partial(ProfileKind.INPUT, 100, RowCounts.valid(5)).books(),
            partial(ProfileKind.INPUT, 100, RowCounts.rejected(4)).books(),
            partial(ProfileKind.OUTPUT, 100, RowCounts.answered(3, 2))));
    harness.processWatermark(Long.MAX_VALUE);
    RowCounts late = summary();
    assertThat(late).isEqualTo(new RowCounts(0, 4, 3, 9, 0, 0, 2));
    assertThat(late.read()).isEqualTo(late.rejected() + late.failed() + late.late());
  }

  @Test
  void revisionsHaveTheBooksSoFar() throws Exception {
    harness.start(Fixtures.monitor("PT0.1S", Duration.ofMillis(50)), null);
    harness.add(List.of(partial(ProfileKind.INPUT, 100, RowCounts.valid(1))));
    harness.processWatermark(99);
    assertThat(summary()).isEqualTo(RowCounts.valid(1));
    harness.add(List.of(partial(ProfileKind.INPUT, 100, RowCounts.malformed(1))));
    harness.processWatermark(149);
    assertThat(summary()).isEqualTo(RowCounts.valid(1).plus(RowCounts.malformed(1)));
  }
}
