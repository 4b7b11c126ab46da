package dev.sluice.infer.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtSession;
import dev.sluice.config.ScoringOptions;
import dev.sluice.record.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WatchdogTest {
  private static final Path MODELS = Path.of("src/test/resources/models/runtime");
  private static final double HOURS = 1e12;

  @Test
  void theRowThatTakesTooLongFailsAlone() {
    try (Loaded loaded = load("spin", Duration.ofSeconds(1), problem -> {})) {
      for (int batch = 1; batch <= 2; batch++) {
        loaded.row(1).row(2).row(HOURS).row(4).row(5);

        assertThat(loaded.score()).isEqualTo(1);

        assertThat(loaded.result.failure(2)).isEqualTo(Reason.MODEL_TIMEOUT);
        assertThat(loaded.result.message(2)).contains("model.timeout");
        assertThat(loaded.output("y").values().floatAt(1)).isEqualTo(2);
        assertThat(loaded.output("y").values().floatAt(4)).isEqualTo(5);
        // 5 rows, the last 3 of them, 1 row
        assertThat(loaded.model.status().runsTimedOut()).isEqualTo(3L * batch);
        loaded.batch.clear();
      }
    }
  }

  @Test
  void looksAfterTheNextRunAsWell() throws Exception {
    try (OrtSession.RunOptions runOptions = new OrtSession.RunOptions();
        Watchdog watchdog = new Watchdog(runOptions, Duration.ofSeconds(1), problem -> {})) {
      for (int run = 1; run <= 2; run++) {
        watchdog.begin();
        awaitOverdue(watchdog, run);
        assertThat(watchdog.end()).isTrue();
        assertThat(watchdog.overdue()).isEqualTo(run);
      }
      watchdog.begin();
      assertThat(watchdog.end()).isFalse();
      Thread.sleep(2000); // idle is never overdue
      assertThat(watchdog.overdue()).isEqualTo(2);
    }
  }

  private static void awaitOverdue(Watchdog watchdog, long runs) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (watchdog.overdue() < runs && System.nanoTime() < deadline) {
      Thread.sleep(5);
    }
  }

  @Test
  void hungRunIsReportedOnce() throws Exception {
    BlockingQueue<Throwable> problems = new LinkedBlockingQueue<>();
    try (Loaded loaded = load("one-kernel", Duration.ofMillis(100), problems::add)) {
      loaded.row(1500).score();

      assertThat(problems.poll(10, TimeUnit.SECONDS))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("a run of the model hangs");
      assertThat(problems).isEmpty();
    }
  }

  @Test
  void itsThreadEndsWithTheModel() {
    long before = watchdogs();
    try (Loaded loaded = load("spin", Duration.ofDays(10_000), problem -> {})) {
      assertThat(loaded.row(1).score()).isZero();
      assertThat(watchdogs()).isEqualTo(before + 1);
    }
    assertThat(watchdogs()).isEqualTo(before);
    load("spin", Duration.ZERO, problem -> {}).close();
    assertThat(watchdogs()).isEqualTo(before);
  }

  private static long watchdogs() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("sluice-watchdog"))
        .count();
  }

  private static Loaded load(String model, Duration timeout, Consumer<Throwable> onHung) {
    Path file = MODELS.resolve(model + ".onnx");
    ScoringOptions scoring =
        new ScoringOptions(List.of(), false, timeout, ScoringOptions.NAN_OUTPUT.defaultValue());
    return new Loaded(file, Loaded.layoutOf(file), 8, scoring, onHung);
  }
}
