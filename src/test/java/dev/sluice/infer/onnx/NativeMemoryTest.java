package dev.sluice.infer.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.ScoringOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Scoring takes no more native memory the longer it goes on: batches of changing size, rows that
 * fail, outputs of texts and of maps, runs that are padded, halved or terminated. In a JVM of its
 * own, whose heap is touched beforehand, so that what grows is native.
 */
class NativeMemoryTest {
  private static final int BATCHES = 10_000;
  private static final int WARM_UP = 3_000;
  private static final int CAPACITY = 64;

  /** A leak of 1 KB per batch would show. */
  private static final long BOUND = 6L << 20;

  /** ONNX Runtime 1.28.0 itself leaks the message of each refusal, so there are but a few. */
  private static final int GUILTY = 20;

  private static final int TERMINATED = 200;
  private static final int EXHAUSTED = 100;

  /** Steps that take a second or so if nobody ends them. */
  private static final double LONG = 1e6;

  private static final Pattern GROWN = Pattern.compile("grown (-?\\d+)");

  @Test
  @EnabledIf("isMeasurable")
  void residentMemoryStaysWithinABound() throws Exception {
    ProcessBuilder child =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xms64m",
                    "-Xmx64m",
                    "-XX:+AlwaysPreTouch",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    NativeMemoryTest.class.getName()))
            .redirectErrorStream(true);
    child.environment().put("MALLOC_ARENA_MAX", "1");
    Process process = child.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("terminated ").doesNotContain("terminated 0");
    Matcher grown = GROWN.matcher(output);
    assertThat(grown.find()).as(output).isTrue();
    assertThat(Long.parseLong(grown.group(1))).as(output).isLessThan(BOUND);
  }

  private static ScoringOptions timeout(Duration timeout) {
    ScoringOptions defaults = ScoringOptions.defaults();
    return new ScoringOptions(List.of(), false, timeout, defaults.nanOutput());
  }

  static boolean isMeasurable() {
    return Files.isReadable(Path.of("/proc/self/statm"));
  }

  /** Scores the batches and prints by how many bytes the process has grown since the warm-up. */
  public static void main(String[] args) {
    Random random = new Random(1);
    long before = 0;
    int rows = 0;
    try (Loaded texts = Loaded.testModel("identity-types", CAPACITY);
        Loaded maps = Loaded.testModel("zipmap-string", CAPACITY);
        Loaded guilty = Loaded.testModel("embedding-lookup", CAPACITY);
        Loaded padded = Loaded.testModel("runtime/fixed-types", CAPACITY);
        Loaded halved = Loaded.testModel("runtime/exhaust", CAPACITY);
        Loaded terminated = Loaded.testModel("runtime/spin", 1, timeout(Duration.ofMillis(100)))) {
      for (int batch = 0; batch < BATCHES; batch++) {
        if (batch % 2 == 0) { // each size twice: tensors over the same rows are used again
          rows = 1 + random.nextInt(CAPACITY);
        }
        for (int row = 0; row < rows; row++) {
          texts.row(1, 2, 3, 4, 1, "a text of some length, number " + row);
          maps.row(row, 1.0);
          guilty.row(batch % GUILTY == 0 && row % 17 == 16 ? 99 : row % 10);
          padded.row(row, "short");
        }
        for (Loaded loaded : List.of(texts, maps, guilty, padded)) {
          loaded.score();
          loaded.batch.clear();
        }
        if (batch % EXHAUSTED == 0) {
          halved.row(1).row(2).row(-1).row(4).score();
          halved.batch.clear();
        }
        if (batch % TERMINATED == 0) {
          terminated.row(LONG).score();
          terminated.batch.clear();
        }
        if (batch == WARM_UP) {
          before = RuntimeMemory.resident();
        }
      }
      System.out.println("terminated " + terminated.model.status().runsTimedOut());
      System.out.println("grown " + (RuntimeMemory.resident() - before));
    }
  }
}
