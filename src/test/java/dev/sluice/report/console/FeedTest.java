package dev.sluice.report.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.junit.jupiter.api.Test;

class FeedTest {
  private final Feed feed = new Feeds(Clock.systemUTC(), new Changes()).add("alarms", "bells");

  /** A topic that is read from its beginning was not written just now. */
  @Test
  void theLastMessageCameWhenItSays() {
    assertThat(feed.status().lastMessage()).isZero();

    for (long timestamp : new long[] {SampleWindows.START, SampleWindows.START - 1, -1}) {
      feed.read(timestamp);
    }

    assertThat(feed.status().records()).isEqualTo(3);
    assertThat(feed.status().lastMessage()).isEqualTo(SampleWindows.START);
  }
}
