package dev.sluice.validate.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatestEventTimesTest {
  private final LatestEventTimes latest = new LatestEventTimes();

  @Test
  void followsEachPartitionOfEachTopic() {
    assertThat(latest.advance("a", 0, 100)).isTrue();
    assertThat(latest.advance("b", 0, 50)).isTrue();
    assertThat(latest.advance("a", 0, 99)).isFalse();
    assertThat(latest.advance("b", 3, 1)).isTrue();
    assertThat(latest.advance("b", 0, 49)).isFalse();
    assertThat(latest.advance("b", 3, 0)).isFalse();
    assertThat(latest.advance("a", 0, 100)).isTrue();
    assertThat(latest.entries())
        .containsExactlyInAnyOrder(
            new LatestEventTimes.Entry("a", 0, 100),
            new LatestEventTimes.Entry("b", 0, 50),
            new LatestEventTimes.Entry("b", 3, 1));
  }
}
