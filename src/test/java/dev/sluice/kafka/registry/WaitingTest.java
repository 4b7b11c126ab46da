package dev.sluice.kafka.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;

/** How long pauses are, how often something may happen, and what the log says meanwhile. */
class WaitingTest {
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5); // it may wrap around

  @Test
  void pausesDoubleUpToACapAndAreNeverAllEqual() {
    Backoff backoff = new Backoff(100, 5_000);
    long[] longest = {100, 200, 400, 800, 1600, 3200, 5000, 5000};
    for (int failures = 1; failures <= longest.length; failures++) {
      List<Long> pauses = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        pauses.add(backoff.millis(failures));
      }
      long most = longest[failures - 1];
      assertThat(pauses).allMatch(pause -> pause >= most / 2 && pause <= most);
      assertThat(pauses.stream().distinct().count()).isGreaterThan(10);
    }
    assertThat(backoff.millis(Integer.MAX_VALUE)).isBetween(2_500L, 5_000L);
  }

  @Test
  void aBucketFillsUpAgainAndNoFurther() {
    TokenBucket bucket = new TokenBucket(3, 10, clock::get);
    assertThat(taken(bucket)).isEqualTo(3);
    clock.addAndGet(Duration.ofMillis(99).toNanos());
    assertThat(bucket.hasToken()).isFalse();
    clock.addAndGet(Duration.ofMillis(2).toNanos());
    assertThat(taken(bucket)).isEqualTo(1);
    clock.addAndGet(Duration.ofDays(1).toNanos());
    assertThat(taken(bucket)).isEqualTo(3);
  }

  private static int taken(TokenBucket bucket) {
    int taken = 0;
    while (bucket.hasToken()) {
      bucket.take();
      taken++;
    }
    return taken;
  }

  @Test
  void theLogHasALinePerMinute() {
    List<String> lines = new ArrayList<>();
    Logger logger = (Logger) LogManager.getLogger(OutageLog.class);
    AbstractAppender appender =
        new AbstractAppender("lines", null, null, false, Property.EMPTY_ARRAY) {
          @Override
          public void append(LogEvent event) {
            lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
          }
        };
    appender.start();
    Level before = logger.getLevel();
    logger.addAppender(appender);
    logger.setLevel(Level.INFO);
    try {
      OutageLog log = new OutageLog(clock::get);
      log.answered();
      for (int second = 0; second < 150; second++) {
        log.failed(NoAnswerException.mistake("refused", null));
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
      }
      log.answered();
      log.answered();
      log.failed(NoAnswerException.outage("down", null));
    } finally {
      logger.removeAppender(appender);
      logger.setLevel(before);
    }
    assertThat(lines)
        .containsExactly(
            "ERROR records wait, for 0 s now, until this is corrected: refused",
            "ERROR records wait, for 60 s now, until this is corrected: refused",
            "ERROR records wait, for 120 s now, until this is corrected: refused",
            "INFO the registry answers again, after 150 s",
            "WARN records wait, for 0 s now: down");
  }
}
