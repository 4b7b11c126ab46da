package dev.sluice.cli.produce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When records are due, by a clock that stands still unless somebody sleeps. */
class PaceTest {
  private long now = 5_000;
  private final List<Long> slept = new ArrayList<>();

  private Pace pace(double perSecond) {
    return new Pace(
        perSecond,
        () -> now,
        nanos -> {
          slept.add(nanos);
          now += nanos;
        });
  }

  @Test
  void recordsComeEvenly() {
    Pace pace = pace(4);
    for (int i = 0; i < 9; i++) {
      pace.await();
    }
    assertThat(now - 5_000).isEqualTo(2_000_000_000L);
    assertThat(slept).hasSize(8).containsOnly(250_000_000L);
  }

  @Test
  void aShortPauseIsMadeUpFor() {
    Pace pace = pace(10);
    pace.await();
    now += 950_000_000L; // the next nine are overdue
    for (int i = 0; i < 9; i++) {
      pace.await();
    }
    assertThat(slept).isEmpty();
    pace.await();
    assertThat(now - 5_000).isEqualTo(1_000_000_000L);
  }

  @Test
  void afterALongPauseThereIsNoFlood() {
    Pace pace = pace(10);
    pace.await();
    now += 3_600_000_000_000L;
    pace.await();
    pace.await();
    pace.await();
    assertThat(slept).containsExactly(100_000_000L, 100_000_000L);
  }

  @Test
  void asFastAsItGoesNeverSleeps() {
    Pace pace = pace(Double.POSITIVE_INFINITY);
    for (int i = 0; i < 100; i++) {
      pace.await();
    }
    assertThat(slept).isEmpty();
  }
}
