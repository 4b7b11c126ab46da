package dev.sluice.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.WindowSize;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfileKind;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WindowPartialsTest {
  private final WindowPartials partials =
      new WindowPartials(
          ProfileKind.INPUT,
          new EventTimeWindows(
              WindowSize.parse("PT0.1S"), WindowSize.parseOffset("PT0S"), ZoneId.of("UTC")),
          "model",
          "baseline",
          DataProfile.empty());

  /** No window ends after the last event time there is, so it lies in none. */
  @Test
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void groupsTheLastOfAllEventTimes() {
    long last = Long.MAX_VALUE;
    List<Integer> taken = new ArrayList<>();
    partials.group(
        new int[] {0, 1, 2, 3},
        4,
        new long[] {last, 5, last, Long.MIN_VALUE},
        (rows, count, partial) -> {
          for (int i = 0; i < count; i++) {
            taken.add(rows[i]);
          }
        });
    assertThat(taken).containsExactlyInAnyOrder(0, 1, 2, 3);
    List<WindowPartial> flushed = new ArrayList<>();
    partials.flush(flushed::add);
    assertThat(flushed).hasSize(3);
  }
}
