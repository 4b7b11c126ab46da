package dev.sluice.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.profile.DataProfile;
import dev.sluice.profile.PartKind;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfilePart;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.record.FeatureRow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WindowMergeFunctionTest {
  private final MergeHarness harness = new MergeHarness();

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private void start(Monitor monitor, OperatorSubtaskState state) throws Exception {
    harness.start(monitor, state);
  }

  private OperatorSubtaskState snapshot() throws Exception {
    return harness.snapshot();
  }

  private void add(long... eventTimes) throws Exception {
    harness.add(MergeHarness.partials("PT0.1S", Fixtures.SHA, eventTimes));
  }

  private void add(List<WindowPartial> partials) throws Exception {
    harness.add(partials);
  }

  private List<DataProfile> published() {
    return harness.published();
  }

  private static List<String> json(List<DataProfile> profiles) {
    return profiles.stream()
        .map(profile -> new String(DataProfileFile.toBytes(profile), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void publishesAWindowOnceWhenTheWatermarkReachesItsEnd() throws Exception {
    start(Fixtures.monitor(), null);
    add(150, 10, 20);
    harness.processWatermark(98);
    assertThat(published()).isEmpty();
    harness.processWatermark(99);
    List<DataProfile> profiles = published();
    assertThat(profiles).extracting(profile -> profile.counts().rows()).containsOnly(2L);
    assertThat(profiles).extracting(profile -> profile.columns().size()).containsExactly(1, 1, 0);
    assertThat(profiles)
        .extracting(profile -> profile.window().baselineSha256())
        .containsOnly(Fixtures.SHA);
    assertThat(profiles.get(1).columns().get(0).drift()).isNotNull();
    harness.processWatermark(150);
    assertThat(published()).isEmpty();
    harness.processWatermark(Long.MAX_VALUE);
    assertThat(harness.summaries()).containsExactly("[100, 200) 1, 0 late");
  }

  @Test
  void publishesTheSameBytesHoweverRowsAreSpreadAndOrdered() throws Exception {
    long[] times = new Random(7).longs(2000, 0, 500).toArray();
    start(Fixtures.monitor(), null);
    add(times);
    harness.processWatermark(Long.MAX_VALUE);
    List<String> expected = json(published());
    assertThat(expected).hasSize(5 * 3);

    for (int seed = 0; seed < 5; seed++) {
      List<WindowPartial> partials = new ArrayList<>();
      for (int from = 0; from < times.length; from += 100) {
        partials.addAll(
            MergeHarness.partials(
                "PT0.1S", Fixtures.SHA, Arrays.copyOfRange(times, from, from + 100)));
      }
      Collections.shuffle(partials, new Random(seed));
      start(Fixtures.monitor(), null);
      add(partials.subList(0, partials.size() / 2));
      start(Fixtures.monitor(), snapshot());
      add(partials.subList(partials.size() / 2, partials.size()));
      harness.processWatermark(Long.MAX_VALUE);
      assertThat(json(published())).isEqualTo(expected);
    }
  }

  @Test
  void keepsNothingOfAPartialThatItsSenderCouldStillWriteTo() throws Exception {
    start(Fixtures.monitor(), null);
    List<WindowPartial> partials = MergeHarness.partials("PT0.1S", Fixtures.SHA, 10, 20);
    add(partials);
    partials.get(0).merge(MergeHarness.partials("PT0.1S", Fixtures.SHA, 30).get(0));
    harness.processWatermark(99);
    assertThat(published())
        .allSatisfy(profile -> assertThat(profile.counts().rows()).isEqualTo(2))
        .flatExtracting(DataProfile::columns)
        .allSatisfy(column -> assertThat(column.rows()).isEqualTo(2));
  }

  @Test
  void countsLateRowsAndPublishesThemWithTheNextWindow() throws Exception {
    start(Fixtures.monitor(), null);
    add(10, 150);
    harness.processWatermark(99);
    assertThat(harness.summaries()).containsExactly("[0, 100) 1, 0 late");
    add(20, 21);
    add(22, 160);
    harness.processWatermark(199);
    assertThat(harness.summaries()).containsExactly("[100, 200) 2, 3 late");
    add(250);
    harness.processWatermark(299);
    assertThat(harness.summaries()).containsExactly("[200, 300) 1, 0 late");
  }

  @Test
  void publishesLateRowsAtTheEndOfInput() throws Exception {
    start(Fixtures.monitor(), null);
    add(10);
    harness.processWatermark(99);
    assertThat(harness.summaries()).containsExactly("[0, 100) 1, 0 late");
    add(20, 21);
    start(Fixtures.monitor(), snapshot());
    harness.processWatermark(Long.MAX_VALUE);
    List<DataProfile> profiles = published();
    assertThat(profiles).hasSize(1);
    assertThat(profiles.get(0).counts().late()).isEqualTo(2);
    assertThat(profiles.get(0).counts().rows()).isZero();
    assertThat(profiles.get(0).kind()).isEqualTo(ProfileKind.INPUT);
    assertThat(profiles.get(0).model().sha256()).isEqualTo(Fixtures.MODEL.sha256());
    assertThat(profiles.get(0).window().baselineSha256()).isEqualTo(Fixtures.SHA);
    assertThat(profiles.get(0).window().start()).isNull();
  }

  @Test
  void whatComesWhenEventTimeIsOverIsPublishedAtOnce() throws Exception {
    start(Fixtures.monitor(), null);
    add(10);
    harness.processWatermark(Long.MAX_VALUE);
    assertThat(harness.summaries()).containsExactly("[0, 100) 1, 0 late");
    add(20); // of an input that was idle when all others ended
    assertThat(harness.summaries()).containsExactly("[null, 100) 0, 1 late");
    add(21);
    assertThat(harness.summaries()).containsExactly("[null, 100) 0, 2 late");
    add(150, 151);
    assertThat(harness.summaries()).containsExactly("[100, 200) 2, 0 late");
    add(152);
    assertThat(harness.summaries()).containsExactly("[null, 200) 0, 1 late");
  }

  @Test
  void lateRowsReportedWithoutAWindowAreSaidAgainUntilAnotherCloses() throws Exception {
    start(Fixtures.monitor(), null);
    add(10);
    harness.processWatermark(99);
    add(20, 21);
    harness.processWatermark(Long.MAX_VALUE);
    assertThat(harness.summaries()).containsExactly("[0, 100) 1, 0 late", "[null, 100) 0, 2 late");
    start(Fixtures.monitor(), snapshot()); // as after stopping with a savepoint and --drain
    add(22);
    harness.processWatermark(Long.MAX_VALUE);
    assertThat(harness.summaries()).containsExactly("[null, 100) 0, 3 late");
    start(Fixtures.monitor(), snapshot());
    add(23, 150);
    harness.processWatermark(199);
    assertThat(harness.summaries()).as("not what was said").containsExactly("[100, 200) 1, 1 late");
    add(24);
    harness.processWatermark(Long.MAX_VALUE);
    assertThat(harness.summaries())
        .as("under another key")
        .containsExactly("[null, 200) 0, 1 late");
  }

  @Test
  void countsEveryRowOnceWhateverIsLate() throws Exception {
    Random random = new Random(3);
    start(Fixtures.monitor(), null);
    long counted = 0;
    for (int i = 0; i < 200; i++) {
      add(random.longs(5, 5L * i, 5L * i + 300).toArray());
      if (i % 50 == 30) {
        start(Fixtures.monitor(), snapshot());
      }
      harness.processWatermark(5L * i + 100);
      counted += count(published());
    }
    harness.processWatermark(Long.MAX_VALUE);
    List<DataProfile> last = published();
    assertThat(counted + count(last)).isEqualTo(1000);
  }

  private static long count(List<DataProfile> profiles) {
    return profiles.stream()
        .filter(profile -> profile.columns().isEmpty())
        .mapToLong(profile -> profile.counts().rows() + profile.counts().late())
        .sum();
  }

  @Test
  void aClosedWindowStaysClosedAfterARecovery() throws Exception {
    start(Fixtures.monitor(), null);
    add(10, 150);
    harness.processWatermark(99);
    assertThat(harness.summaries()).containsExactly("[0, 100) 1, 0 late");
    start(Fixtures.monitor(), snapshot()); // the watermark begins anew
    add(20, 160);
    harness.processWatermark(120);
    assertThat(harness.summaries()).isEmpty();
    harness.processWatermark(199);
    assertThat(harness.summaries()).containsExactly("[100, 200) 2, 1 late");
  }

  @Test
  void openWindowsGoOnAfterARecovery() throws Exception {
    start(Fixtures.monitor(), null);
    add(10, 11, 150);
    start(Fixtures.monitor(), snapshot());
    add(12);
    harness.processWatermark(250);
    assertThat(harness.summaries()).containsExactly("[0, 100) 3, 0 late", "[100, 200) 1, 0 late");
  }

  @Test
  void openWindowsFinishUnderTheBaselineTheyBeganWith() throws Exception {
    start(Fixtures.monitor(), null);
    add(10, 11, 25);
    harness.processWatermark(99);
    List<DataProfile> expected = published();

    start(Fixtures.monitor(), null);
    add(10, 11);
    add(25);
    OperatorSubtaskState state = snapshot();
    DataProfile other = Fixtures.baseline(0, 7, 14, 21);
    start(Fixtures.monitor(other, "another", "PT0.1S", Duration.ZERO), state);
    add(MergeHarness.partials("PT0.1S", "another", 12, 13));
    harness.processWatermark(99);
    List<DataProfile> profiles = published();
    assertThat(profiles.stream().filter(p -> p.window().baselineSha256().equals(Fixtures.SHA)))
        .isEqualTo(expected);
    assertThat(profiles.stream().filter(p -> p.window().baselineSha256().equals("another")))
        .hasSize(3)
        .allSatisfy(profile -> assertThat(profile.counts().rows()).isEqualTo(2))
        .flatExtracting(DataProfile::columns)
        .filteredOn(column -> column.name().equals("x"))
        .allSatisfy(column -> assertThat(column.gridEdges()).containsExactly(0.0, 7.0, 14.0, 21.0));
  }

  @Test
  void aSegmentIsComparedWithItsPartOfTheBaselineItBeganWith() throws Exception {
    DataProfile whole = Fixtures.baseline(0, 10, 20);
    DataProfile baseline =
        whole.withParts(
            List.of(
                new ProfilePart(PartKind.SEGMENT, "s", "N", 3, whole.columns(), whole.outputs()),
                new ProfilePart(
                    PartKind.SEGMENT, "s", "other", 3, whole.columns(), whole.outputs())));
    Segments segments = Fixtures.segments("N", "S");
    List<WindowPartial> flushed = inSegments(baseline, segments);
    start(
        Fixtures.monitor(
            baseline, Fixtures.SHA, Fixtures.options("PT0.1S", Duration.ZERO), segments),
        null);
    add(flushed);
    DataProfile other = Fixtures.baseline(0, 7, 14, 21);
    start(Fixtures.monitor(other, "another", "PT0.1S", Duration.ZERO), snapshot());
    harness.processWatermark(99);
    assertThat(published())
        .filteredOn(
            profile -> !profile.columns().isEmpty() && profile.columns().get(0).drift() != null)
        .extracting(
            profile -> profile.window().segment(),
            profile -> profile.columns().get(0).drift().reference())
        .containsOnly(
            tuple("", "baseline"),
            tuple("N", "segment N"),
            tuple("S", "baseline"),
            tuple("other", "baseline"));
  }

  @Test
  void aSegmentIsJudgedByHowFarItsSeasonIsFromTheWhole() throws Exception {
    DataProfile whole = Fixtures.baseline(0, 10, 20);
    DataProfile january = Fixtures.baselineOn(new double[] {0, 10, 20}, 20, 20);
    DataProfile baseline =
        whole.withParts(
            List.of(
                new ProfilePart(PartKind.SEGMENT, "s", "N", 3, whole.columns(), whole.outputs()),
                new ProfilePart(PartKind.SEASON, "", "01", 2, january.columns(), january.outputs()),
                new ProfilePart(PartKind.SEASON, "", "07", 3, whole.columns(), whole.outputs())));
    Segments segments = Fixtures.segments("N", "S");
    Monitor monitor =
        Fixtures.monitor(
            baseline, Fixtures.SHA, Fixtures.options("PT0.1S", Duration.ZERO), segments);
    start(monitor, null);
    add(inSegments(baseline, segments));
    OperatorSubtaskState state = snapshot();
    start(monitor, state);
    harness.processWatermark(99);
    // the whole has a third in each of three bins, January all in one
    double index = 2 * (1 / 3.0 - 1e-4) * Math.log(1 / 3.0 / 1e-4) + 2 / 3.0 * Math.log(3);
    List<DataProfile> published = published();
    assertThat(thresholds(published, "x", "N", "S", "other"))
        .allSatisfy(threshold -> assertThat(threshold).isCloseTo(index, within(1e-12)));
    assertThat(thresholds(published, "x", "")).containsExactly(0.2);
    assertThat(published)
        .filteredOn(profile -> profile.window().segment().equals("S"))
        .flatExtracting(DataProfile::columns)
        .filteredOn(column -> column.name().equals("s"))
        .singleElement()
        .satisfies(column -> assertThat(column.drift()).as("it makes the segment").isNull());
    start(Fixtures.monitor(whole, "another", "PT0.1S", Duration.ZERO), state);
    harness.processWatermark(99);
    assertThat(thresholds(published(), "x", "N", "S")).as("its seasons are gone").containsOnly(0.2);
  }

  private static List<Double> thresholds(
      List<DataProfile> published, String column, String... segments) {
    return published.stream()
        .filter(profile -> List.of(segments).contains(profile.window().segment()))
        .flatMap(profile -> profile.columns().stream())
        .filter(of -> of.name().equals(column))
        .map(of -> of.drift().threshold())
        .toList();
  }

  /** A row of each segment. */
  private static List<WindowPartial> inSegments(DataProfile baseline, Segments segments) {
    List<WindowPartial> flushed = new ArrayList<>();
    WindowPartials partials =
        new WindowPartials(
            Fixtures.scope("PT0.1S", Fixtures.SHA, baseline, segments, 1000), flushed::add);
    RejectedObserver observer = new RejectedObserver(Fixtures.LAYOUT, partials, "");
    FeatureRow row = new FeatureRow(Fixtures.LAYOUT);
    for (String text : List.of("N", "S", "X")) {
      observer.observe(Fixtures.fill(row, 10, 5, text));
    }
    partials.flush();
    return flushed;
  }

  @Test
  void aKeyWithoutOpenWindowsKeepsNoBaseline() throws Exception {
    start(Fixtures.monitor(), null);
    add(10, 150);
    assertThat(harness.numKeyedStateEntries()).as("windows, partials, a baseline").isEqualTo(3);
    harness.processWatermark(99);
    assertThat(harness.numKeyedStateEntries()).as("and until when all are closed").isEqualTo(4);
    harness.processWatermark(199);
    assertThat(harness.numKeyedStateEntries()).as("only that").isEqualTo(1);
  }

  @Test
  void aWindowOpenedBehindTheWatermarkIsPublishedWithTheNext() throws Exception {
    start(Fixtures.monitor(), null);
    harness.processWatermark(500);
    add(10); // no window has closed yet, so none is lost
    harness.processWatermark(501);
    assertThat(harness.summaries()).containsExactly("[0, 100) 1, 0 late");
  }
}
