package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AllocationReportTest {
  private static final Allocator.Judged OURS = new Allocator.Judged(Allocator.OWN, "A.a:1");
  private static final Allocator.Judged ALSO_OURS = new Allocator.Judged(Allocator.OWN, "B.b:2");
  private static final Allocator.Judged THEIRS = new Allocator.Judged(Allocator.KAFKA, "C.c:3");

  /** Weights need not add up to what the thread allocated: they only divide it. */
  @Test
  void aThreadsBytesAreDividedByItsSamples() {
    AllocationReport report =
        new AllocationReport(
            10,
            Map.of(1L, 1000L, 2L, 500L, 3L, 70L),
            Map.of(1L, Map.of(OURS, 30L, ALSO_OURS, 10L), 2L, Map.of(OURS, 1L, THEIRS, 4L)));
    assertThat(report.of(Allocator.OWN)).isEqualTo(110);
    assertThat(report.of(Allocator.KAFKA)).isEqualTo(40);
    assertThat(report.of(Allocator.FLINK)).isZero();
    assertThat(report.unsampled()).isEqualTo(7);
    assertThat(report.total()).isEqualTo(157);
    assertThat(report.topSites(Allocator.OWN))
        .containsExactly(entry("A.a:1", 85.0), entry("B.b:2", 25.0));
    assertThat(report.isGoalMet()).isFalse();
  }

  @Test
  void lessThanTheGoalMeetsIt() {
    Map<Long, Map<Allocator.Judged, Long>> weights = Map.of(1L, Map.of(OURS, 1L));
    assertThat(new AllocationReport(10, Map.of(1L, 1000L), weights).isGoalMet()).isFalse();
    assertThat(new AllocationReport(10, Map.of(1L, 999L), weights).isGoalMet()).isTrue();
  }
}
