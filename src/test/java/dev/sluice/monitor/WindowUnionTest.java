package dev.sluice.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.profile.WindowRecords;
import dev.sluice.encode.ProfileDecoder;
import dev.sluice.encode.ProfileEncoder;
import dev.sluice.expect.ExpectationScope;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ExpectationResult;
import dev.sluice.profile.ProfilePart;
import dev.sluice.profile.WindowFindings;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.profile.merge.WindowUnion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows that were published, added up, are the window that a job of longer ones publishes. */
class WindowUnionTest {
  private static final long[] TIMES = LongStream.range(0, 1000).filter(t -> t % 7 != 3).toArray();

  private final MergeHarness harness = new MergeHarness();
  @TempDir private Path directory;

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  /** By way of the bytes of the topic. */
  private List<DataProfile> windows(String window, long[] times) throws Exception {
    harness.start(Fixtures.monitor(window, Duration.ZERO), null);
    harness.add(MergeHarness.partials(window, Fixtures.SHA, times));
    harness.processWatermark(Long.MAX_VALUE);
    List<DataProfile> published = new ArrayList<>();
    for (DataProfile profile : harness.published()) {
      published.add(read(new ProfileEncoder().map(profile).value()));
    }
    Collections.shuffle(published, new Random(7));
    WindowRecords records = new WindowRecords();
    published.forEach(records::add);
    return records.windows();
  }

  private static DataProfile read(byte[] bytes) throws IOException {
    return ProfileDecoder.decode(
        new SpecificDatumReader<>(dev.sluice.avro.DataProfile.class)
            .read(null, DecoderFactory.get().binaryDecoder(bytes, null)));
  }

  @Test
  void tenthsOfASecondAddUpToTheSecond() throws Exception {
    List<DataProfile> tenths = windows("PT0.1S", TIMES);
    DataProfile second = ofRecordsAlone(windows("PT1S", TIMES).get(0));
    assertThat(tenths).hasSize(10);
    assertThat(second.counts().rows()).isEqualTo(TIMES.length);
    assertThat(second.columns()).hasSize(2);
    DataProfile merged = WindowUnion.of(tenths);
    assertThat(merged).isEqualTo(second);
    assertThat(DataProfileFile.toBytes(merged)).isEqualTo(DataProfileFile.toBytes(second));
    assertThat(ofRecordsAlone(WindowUnion.of(List.of(second)))).isEqualTo(second);
  }

  @Test
  void whatIsMergedCanBeMergedAgainFromFiles() throws Exception {
    List<DataProfile> tenths = windows("PT0.1S", TIMES);
    tenths.sort((a, b) -> Long.compare(a.window().start(), b.window().start()));
    DataProfile first = throughFile(WindowUnion.of(tenths.subList(0, 3)));
    DataProfile rest = throughFile(WindowUnion.of(tenths.subList(3, 10)));
    assertThat(WindowUnion.of(List.of(rest, first))).isEqualTo(WindowUnion.of(tenths));
  }

  private DataProfile throughFile(DataProfile profile) throws IOException {
    Path file = directory.resolve(profile.window().start() + ".json");
    DataProfileFile.write(profile, file);
    return DataProfileFile.read(file);
  }

  /** Drift and expectations of windows come from judging, not from adding. */
  private static DataProfile ofRecordsAlone(DataProfile window) {
    List<ExpectationResult> results =
        window.findings().expectations().stream()
            .filter(result -> result.type().scope() == ExpectationScope.RECORD)
            .toList();
    return new DataProfile(
        window.formatVersion(),
        window.kind(),
        window.model(),
        window.window(),
        window.counts(),
        window.columns().stream().map(column -> column.withDrift(null)).toList(),
        window.outputs(),
        window.expectations(),
        window.dataSet(),
        window.creator(),
        new WindowFindings(results, window.findings().rejections()),
        List.<ProfilePart>of());
  }

  @Test
  void windowsThatDoNotAddUpAreRefused() throws Exception {
    List<DataProfile> tenths = windows("PT0.1S", TIMES);
    DataProfile second = windows("PT1S", TIMES).get(0);
    assertThatThrownBy(() -> WindowUnion.of(List.of()))
        .hasMessage("there is no window, expected 1 or more");
    assertThatThrownBy(() -> WindowUnion.of(List.of(tenths.get(0), second)))
        .hasMessageContaining(" overlaps ")
        .hasMessageEndingWith("expected windows apart");
    assertThatThrownBy(() -> WindowUnion.of(List.of(DataProfile.empty())))
        .hasMessage("one profile is a baseline, expected windows");
    harness.start(Fixtures.monitor("PT0.1S", Duration.ZERO), null);
    harness.add(MergeHarness.partials("PT0.1S", "another", 2000));
    harness.processWatermark(Long.MAX_VALUE);
    List<DataProfile> other = new ArrayList<>();
    for (DataProfile profile : harness.published()) {
      other.add(profile);
    }
    WindowRecords records = new WindowRecords();
    other.forEach(records::add);
    List<DataProfile> both = List.of(tenths.get(0), records.windows().get(0));
    assertThatThrownBy(() -> WindowUnion.of(both))
        .hasMessageMatching(
            "SHA-256 of the baseline of 1970-01-01T00:00:02Z/.* is another, expected "
                + Fixtures.SHA
                + " as of .*");
  }

  @Test
  void aWindowWithoutItsSummaryIsRefused() throws Exception {
    ColumnProfile column = ColumnProfile.empty("x", dev.sluice.record.ElementType.DOUBLE);
    DataProfile window = windows("PT1S", TIMES).get(0);
    WindowRecords records = new WindowRecords();
    records.add(
        new DataProfile(
            window.kind(),
            window.model(),
            window.window(),
            window.counts(),
            List.of(column),
            List.of(),
            List.of(),
            null,
            "sluice"));
    assertThatThrownBy(records::windows)
        .hasMessage(
            "window 1970-01-01T00:00:00Z/1970-01-01T00:00:01Z has no summary record, expected one:"
                + " was the topic read whole?");
  }
}
