package dev.sluice.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.profile.RowCounts;
import dev.sluice.profile.statistics.ColumnStatistics;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WindowPartialsTest {
  private final List<WindowPartial> flushed = new ArrayList<>();

  private WindowPartials partials(Segments segments, int maxOpen) {
    return new WindowPartials(
        Fixtures.scope("PT0.1S", Fixtures.SHA, Fixtures.baseline(0, 10, 20), segments, maxOpen),
        flushed::add);
  }

  /** No window ends after the last event time there is, so it lies in none. */
  @Test
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void groupsTheLastOfAllEventTimes() {
    WindowPartials partials = partials(Segments.NONE, 1000);
    long last = Long.MAX_VALUE;
    List<Integer> taken = new ArrayList<>();
    partials.group(
        new int[] {0, 1, 2, 3},
        4,
        new long[] {last, 5, last, Long.MIN_VALUE},
        new int[4],
        (rows, count, partial) -> {
          for (int i = 0; i < count; i++) {
            taken.add(rows[i]);
          }
        });
    assertThat(taken).containsExactlyInAnyOrder(0, 1, 2, 3);
    partials.flush();
    assertThat(flushed).hasSize(3);
  }

  @Test
  void handsOnTheOldestWindowBeforeThereAreTooMany() {
    WindowPartials partials = partials(Segments.NONE, 2);
    for (long time : new long[] {250, 150, 160, 251}) {
      partials.at(time, Segments.ALL).add(RowCounts.valid(1));
    }
    assertThat(flushed).as("two are not too many").isEmpty();
    partials.at(350, Segments.ALL).add(RowCounts.valid(1));
    assertThat(flushed).extracting(WindowPartial::windowStart).containsExactly(100L);
    partials.at(50, Segments.ALL).add(RowCounts.valid(1));
    assertThat(flushed).extracting(WindowPartial::windowStart).containsExactly(100L, 200L);
    partials.at(60, Segments.ALL).add(RowCounts.valid(1));
    partials.flush();
    assertThat(flushed)
        .extracting(WindowPartial::windowStart, partial -> partial.counts().rows())
        .containsExactly(tuple(100L, 2L), tuple(200L, 2L), tuple(0L, 2L), tuple(300L, 1L));
  }

  @Test
  void whatWasHandedOnIsOpenNoLonger() {
    WindowPartials partials = partials(Fixtures.segments("N", "S"), 3);
    observe(partials, new long[] {10, 20, 30}, new String[] {"N", "S", "X"});
    partials.flushClosedBy(99);
    flushed.clear();
    observe(partials, new long[] {110, 220, 330}, new String[] {"N", "S", "X"});
    assertThat(flushed).as("three are not too many").isEmpty();
  }

  @Test
  void countsEachRowInItsSegmentAndInAll() {
    WindowPartials partials = partials(Fixtures.segments("N", "S"), 1000);
    observe(partials, new long[] {10, 20, 30, 110, 40}, new String[] {"S", "N", "S", "S", "X"});
    partials.flush();
    assertThat(flushed)
        .extracting(
            WindowPartial::windowStart,
            WindowPartial::segment,
            partial -> partial.counts().rows(),
            partial -> partial.columns().get("x").statistics().rows())
        .containsExactly(
            tuple(0L, "", 4L, 4L),
            tuple(0L, "N", 1L, 1L),
            tuple(0L, "S", 2L, 2L),
            tuple(0L, "other", 1L, 1L),
            tuple(100L, "", 1L, 1L),
            tuple(100L, "S", 1L, 1L));
  }

  @Test
  void aMissingValueIsInOtherAndARecordWithoutRowInAllAlone() {
    WindowPartials partials = partials(Fixtures.segments("N"), 1000);
    observe(partials, new long[] {10, 20}, new String[] {null, "N"});
    partials.at(30, Segments.ALL).add(RowCounts.malformed(1));
    partials.flush();
    assertThat(flushed)
        .extracting(
            WindowPartial::segment,
            partial -> partial.counts().rows(),
            partial -> partial.counts().read())
        .containsExactly(tuple("", 2L, 3L), tuple("N", 1L, 1L), tuple("other", 1L, 1L));
  }

  @Test
  void theWholeIsTheSameWithSegmentsAndABoundAndWithout() {
    Random random = new Random(5);
    long[] times = random.longs(3000, 0, 1000).toArray();
    String[] texts = new String[times.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = random.nextInt(9) == 0 ? null : "text " + random.nextInt(8);
    }
    WindowPartials plain = partials(Segments.NONE, 1000);
    observe(plain, times, texts);
    plain.flush();
    TreeMap<Long, WindowPartial> expected = merged("");
    flushed.clear();
    Segments segments = Fixtures.segments("text 1", "text 7", "text 3", "not there");
    WindowPartials bounded = partials(segments, 7);
    observe(bounded, times, texts);
    assertThat(flushed).as("handed on early").hasSizeGreaterThan(50);
    bounded.flush();
    TreeMap<Long, WindowPartial> all = merged("");
    assertThat(all).hasSize(10).hasSameSizeAs(expected);
    expected.forEach((start, partial) -> assertSame(all.get(start), partial));
    TreeMap<Long, WindowPartial> summed = new TreeMap<>();
    for (String segment : List.of("text 1", "text 7", "text 3", "other")) {
      merged(segment)
          .forEach(
              (start, partial) ->
                  summed
                      .computeIfAbsent(start, key -> partial.emptyOfAllSegments())
                      .merge(partial));
    }
    expected.forEach((start, partial) -> assertSame(summed.get(start), partial));
    assertThat(merged("text 1").values())
        .allSatisfy(p -> assertThat(p.counts().rows()).isPositive());
    assertThat(merged("not there")).isEmpty();
  }

  private static void assertSame(WindowPartial actual, WindowPartial expected) {
    assertThat(actual.counts()).isEqualTo(expected.counts());
    assertThat(statistics(actual)).isEqualTo(statistics(expected)).isNotEmpty();
    actual
        .columns()
        .forEach(
            (name, column) ->
                assertThat(column.type()).isEqualTo(expected.columns().get(name).type()));
  }

  private static Map<String, ColumnStatistics> statistics(WindowPartial partial) {
    Map<String, ColumnStatistics> statistics = new TreeMap<>();
    partial.columns().forEach((name, column) -> statistics.put(name, column.statistics()));
    return statistics;
  }

  /** Returns what was handed on of a segment, by the window's start. */
  private TreeMap<Long, WindowPartial> merged(String segment) {
    TreeMap<Long, WindowPartial> windows = new TreeMap<>();
    for (WindowPartial partial : flushed) {
      if (partial.segment().equals(segment)) {
        windows.computeIfAbsent(partial.windowStart(), start -> partial.emptyLike()).merge(partial);
      }
    }
    return windows;
  }

  /** Observes rows in batches of 64, each fifth row as a rejected one. */
  private static void observe(WindowPartials partials, long[] times, String[] texts) {
    InputObserver valid = new InputObserver(partials);
    RejectedObserver rejected = new RejectedObserver(Fixtures.LAYOUT, partials, "");
    FeatureBatch batch = new FeatureBatch(Fixtures.LAYOUT, 64);
    FeatureRow row = new FeatureRow(Fixtures.LAYOUT);
    for (int i = 0; i < times.length; i++) {
      Fixtures.fill(row, times[i], times[i] % 30, texts[i]);
      if (i % 5 == 4) {
        rejected.observe(row);
        continue;
      }
      batch.append(row);
      if (batch.size() == 64) {
        valid.observe(batch);
        batch.clear();
      }
    }
    valid.observe(batch);
  }
}
