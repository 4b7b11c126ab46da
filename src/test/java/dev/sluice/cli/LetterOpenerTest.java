package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.console.LetterOpener;
import dev.sluice.config.KafkaOptions;
import dev.sluice.report.console.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where no broker answers, opening a letter holds up nobody. */
@Timeout(60)
class LetterOpenerTest {
  private static LetterOpener opener(BooleanSupplier away) {
    KafkaOptions nobody =
        KafkaOptions.from(Configuration.fromMap(Map.of("kafka.bootstrap-servers", "127.0.0.1:1")));
    return new LetterOpener(nobody, "letters", Optional.empty(), away);
  }

  @Test
  void brokersThatAreKnownToBeAwayAreNotAsked() {
    LetterOpener opener = opener(() -> true);
    long begin = System.nanoTime();
    assertThatThrownBy(() -> opener.open(0, 0, OutputStream.nullOutputStream()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("the broker of 127.0.0.1:1 is not reachable");
    assertThat((System.nanoTime() - begin) / 1_000_000).as("ms").isLessThan(5000);
  }

  @Test
  void othersAreRefusedWhileSomeWait() throws InterruptedException {
    LetterOpener opener = opener(() -> false);
    List<Thread> waiting = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Thread thread = new Thread(() -> openInVain(opener));
      thread.start();
      waiting.add(thread);
    }
    try {
      while (!waiting.stream().allMatch(LetterOpenerTest::isReading)) {
        Thread.sleep(20);
      }
      assertThatThrownBy(() -> opener.open(0, 0, OutputStream.nullOutputStream()))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("busy with others");
    } finally {
      for (Thread thread : waiting) {
        thread.interrupt();
        thread.join();
      }
    }
  }

  private static boolean isReading(Thread thread) {
    for (StackTraceElement element : thread.getStackTrace()) {
      if (element.getMethodName().equals("partitionsFor")) {
        return true;
      }
    }
    return false;
  }

  private static void openInVain(LetterOpener opener) {
    try {
      opener.open(0, 0, OutputStream.nullOutputStream());
    } catch (Refusal | IOException e) {
      // what the first test is about
    }
  }
}
