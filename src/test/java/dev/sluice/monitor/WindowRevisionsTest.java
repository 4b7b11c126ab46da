package dev.sluice.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.profile.DataProfile;
import dev.sluice.profile.file.DataProfileFile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Windows of 100 ms that take rows for another 50 ms and are updated once a minute. */
class WindowRevisionsTest {
  private final MergeHarness harness = new MergeHarness();

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private void start(OperatorSubtaskState state) throws Exception {
    harness.start(Fixtures.monitor("PT0.1S", Duration.ofMillis(50)), state);
  }

  private void add(long... eventTimes) throws Exception {
    harness.add(MergeHarness.partials("PT0.1S", Fixtures.SHA, eventTimes));
  }

  /** Returns the summaries since the last call: start, revision, whether final, rows, late. */
  private List<String> summaries() {
    return harness.published().stream()
        .filter(profile -> profile.columns().isEmpty())
        .map(
            profile ->
                "%d r%d%s: %d, %d late"
                    .formatted(
                        profile.window().start(),
                        profile.window().revision(),
                        profile.window().isFinal() ? " final" : "",
                        profile.counts().rows(),
                        profile.counts().late()))
        .toList();
  }

  @Test
  void publishesAtTheEndAgainAfterLateRowsAndOnceMoreAsFinal() throws Exception {
    start(null);
    add(10);
    harness.processWatermark(98);
    assertThat(summaries()).isEmpty();
    harness.processWatermark(99);
    assertThat(summaries()).containsExactly("0 r0: 1, 0 late");
    add(20);
    add(21);
    harness.setProcessingTime(59_999);
    assertThat(summaries()).isEmpty();
    harness.setProcessingTime(60_000);
    assertThat(summaries()).containsExactly("0 r1: 3, 0 late");
    harness.setProcessingTime(600_000);
    assertThat(summaries()).as("nothing has changed").isEmpty();
    add(22);
    harness.setProcessingTime(660_000);
    assertThat(summaries()).containsExactly("0 r2: 4, 0 late");
    add(23);
    harness.processWatermark(148);
    assertThat(summaries()).as("the update is not due yet").isEmpty();
    add(24);
    harness.processWatermark(149);
    assertThat(summaries()).containsExactly("0 r3 final: 6, 0 late");
    harness.setProcessingTime(800_000);
    assertThat(summaries()).as("the update was part of the last revision").isEmpty();
    assertThat(harness.metric("windows_updated_total{profile=input}")).isEqualTo(2);
    assertThat(harness.metric("windows_closed_total{profile=input}")).isEqualTo(1);
  }

  @Test
  void aRowThatComesAfterTheAllowedLatenessIsLate() throws Exception {
    start(null);
    add(10);
    harness.processWatermark(149);
    assertThat(summaries()).containsExactly("0 r0 final: 1, 0 late");
    add(20, 110);
    harness.processWatermark(199);
    assertThat(summaries()).as("waits for a last revision").containsExactly("100 r0: 1, 0 late");
    harness.processWatermark(249);
    assertThat(summaries()).containsExactly("100 r1 final: 1, 1 late");
  }

  @Test
  void isPublishedAsFinalThoughNothingHasChanged() throws Exception {
    start(null);
    add(10);
    harness.processWatermark(99);
    harness.processWatermark(149);
    assertThat(summaries()).containsExactly("0 r0: 1, 0 late", "0 r1 final: 1, 0 late");
  }

  @Test
  void aWatermarkThatPassesBothTimesNeedsOneRevision() throws Exception {
    start(null);
    add(10, 110);
    harness.processWatermark(210);
    assertThat(summaries()).containsExactly("0 r0 final: 1, 0 late", "100 r0: 1, 0 late");
  }

  @Test
  void theFirstRowsOfAWindowMayComeAfterItsEnd() throws Exception {
    start(null);
    harness.processWatermark(120);
    add(10);
    harness.processWatermark(121);
    assertThat(summaries()).containsExactly("0 r0: 1, 0 late");
    harness.processWatermark(149);
    assertThat(summaries()).containsExactly("0 r1 final: 1, 0 late");
  }

  @Test
  void revisionsAndUpdatesGoOnAfterARecovery() throws Exception {
    start(null);
    add(10);
    harness.processWatermark(99);
    add(20);
    OperatorSubtaskState state = harness.snapshot();
    assertThat(summaries()).containsExactly("0 r0: 1, 0 late");
    start(state); // the watermark begins anew, and so does the harness's clock
    harness.setProcessingTime(60_000);
    assertThat(summaries()).containsExactly("0 r1: 2, 0 late");
    add(30);
    harness.processWatermark(99);
    assertThat(summaries()).as("it was published at its end").isEmpty();
    harness.processWatermark(149);
    assertThat(summaries()).containsExactly("0 r2 final: 3, 0 late");
  }

  @Test
  void theLastRevisionIsTheSameHoweverManyCameBefore() throws Exception {
    start(null);
    add(10, 11, 20);
    harness.processWatermark(149);
    List<String> expected = json(harness.published());
    start(null);
    add(10);
    harness.processWatermark(99);
    add(20);
    harness.setProcessingTime(60_000);
    add(11);
    harness.published();
    harness.processWatermark(149);
    List<DataProfile> last = harness.published();
    assertThat(last).allSatisfy(p -> assertThat(p.window().revision()).isEqualTo(2));
    assertThat(json(last))
        .extracting(text -> text.replace("\"revision\": 2", "\"revision\": 0"))
        .isEqualTo(expected);
  }

  private static List<String> json(List<DataProfile> profiles) {
    return profiles.stream()
        .map(profile -> new String(DataProfileFile.toBytes(profile), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void onlyTheLastRevisionIsJudged() throws Exception {
    start(null);
    add(10, 11, 20);
    harness.processWatermark(99);
    List<DataProfile> first = harness.published();
    assertThat(first).hasSize(3);
    assertThat(first)
        .flatExtracting(DataProfile::columns)
        .allSatisfy(column -> assertThat(column.drift()).isNull())
        .allSatisfy(column -> assertThat(column.rows()).isEqualTo(3));
    harness.processWatermark(149);
    assertThat(harness.published())
        .flatExtracting(DataProfile::columns)
        .hasSize(2)
        .allSatisfy(column -> assertThat(column.drift()).isNotNull());
  }

  @Test
  void aWindowIsPublishedAtItsEndAfterARestartWithAnAllowedLateness() throws Exception {
    harness.start(Fixtures.monitor(), null);
    add(10);
    start(harness.snapshot());
    harness.processWatermark(148);
    assertThat(summaries()).containsExactly("0 r0: 1, 0 late");
    harness.processWatermark(149);
    assertThat(summaries()).containsExactly("0 r1 final: 1, 0 late");
  }

  @Test
  void aWindowClosesAfterARestartWithoutAnAllowedLateness() throws Exception {
    start(null);
    add(10);
    harness.processWatermark(99);
    OperatorSubtaskState state = harness.snapshot();
    assertThat(summaries()).containsExactly("0 r0: 1, 0 late");
    harness.start(Fixtures.monitor(), state);
    harness.processWatermark(149);
    assertThat(summaries()).containsExactly("0 r1 final: 1, 0 late");
  }
}
