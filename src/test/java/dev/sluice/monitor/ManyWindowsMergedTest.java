package dev.sluice.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.profile.DataProfile;
import dev.sluice.profile.file.DataProfileFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A watermark that passes many windows at once, as when the last partition of a backlog ends. */
class ManyWindowsMergedTest {
  private static final int WINDOWS = 300;

  private final MergeHarness harness = new MergeHarness();

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void theyArePublishedAsOneAfterTheOther() throws Exception {
    harness.start(Fixtures.monitor(), null);
    addAll();
    List<String> expected = new ArrayList<>();
    for (int window = 1; window <= WINDOWS; window++) {
      harness.processWatermark(window * 100L - 1);
      expected.addAll(json(harness.published()));
    }
    assertThat(expected).hasSize(WINDOWS * 3);

    harness.start(Fixtures.monitor(), null);
    addAll();
    harness.state().clear();
    harness.processWatermark(WINDOWS * 50L - 1);
    List<String> published = new ArrayList<>(json(harness.published()));
    assertThat(harness.state().calls("open-windows", "values")).isEqualTo(1);
    assertThat(published).hasSize(WINDOWS / 2 * 3);
    harness.processWatermark(WINDOWS * 100L - 1);
    published.addAll(json(harness.published()));
    assertThat(published).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(harness.state().calls("open-windows", "values")).isEqualTo(2);
  }

  @Test
  void whatComesAfterAWatermarkIsSeenAtTheSameOne() throws Exception {
    harness.start(Fixtures.monitor(), null);
    harness.add(MergeHarness.partials("PT0.1S", Fixtures.SHA, 10));
    harness.processWatermark(Long.MAX_VALUE);
    assertThat(harness.summaries()).containsExactly("[0, 100) 1, 0 late");
    harness.add(MergeHarness.partials("PT0.1S", Fixtures.SHA, 110));
    assertThat(harness.summaries()).containsExactly("[100, 200) 1, 0 late");
  }

  private void addAll() throws Exception {
    long[] times = LongStream.range(0, WINDOWS * 2L).map(i -> i * 50).toArray();
    harness.add(MergeHarness.partials("PT0.1S", Fixtures.SHA, times));
  }

  private static List<String> json(List<DataProfile> profiles) {
    return profiles.stream()
        .map(profile -> new String(DataProfileFile.toBytes(profile), StandardCharsets.UTF_8))
        .toList();
  }
}
