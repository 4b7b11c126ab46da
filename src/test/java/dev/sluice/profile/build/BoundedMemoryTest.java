package dev.sluice.profile.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Memory is bounded whatever the number of rows: 96 MB of values are profiled in a heap of 64 MiB.
 */
class BoundedMemoryTest {
  private static final double LAST = ManyRows.ROWS - 1.0;

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void moreValuesThanMemoryAreProfiled() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                ManyRows.class.getName())
            .redirectErrorStream(true)
            .start();
    String text;
    try {
      text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(text).isZero();
    } finally {
      process.destroyForcibly();
    }

    List<String> lines = text.lines().filter(line -> !line.startsWith("Picked up")).toList();
    // Each number from 0 to the last comes once.
    assertThat(lines.get(0))
        .startsWith("number missing=0 nan=0 min=0.0 max=2999999.0 mean=1499999.5");
    assertThat(distinct(lines.get(0))).isCloseTo(ManyRows.ROWS, within(0.15 * ManyRows.ROWS));
    isMedian(lines.get(1), LAST / 2);
    assertThat(lines.get(2)).startsWith("few missing=0 nan=0 min=0.0 max=999.0 mean=499.5");
    isMedian(lines.get(3), 499.5);
    // Without every tenth, from 0 on: the mean of the others is that of all plus a half.
    assertThat(lines.get(4))
        .startsWith("nan missing=0 nan=300000 min=1.0 max=2999999.0 mean=1500000.0");
    isMedian(lines.get(5), 1_500_000);
    // Without every fourth, from 0 on: halves of numbers whose mean is that of all plus a half.
    assertThat(lines.get(6))
        .startsWith("missing missing=750000 nan=0 min=0.5 max=1499999.5 mean=750000.0");
    isMedian(lines.get(7), 750_000);
  }

  private static double distinct(String line) {
    return Double.parseDouble(line.substring(line.indexOf("distinct=") + "distinct=".length()));
  }

  private static void isMedian(String line, double expected) {
    String[] parts = line.split(" ", -1);
    double errorBound = Double.parseDouble(parts[1]);
    assertThat(Double.parseDouble(parts[0])).isCloseTo(expected, within(errorBound));
    assertThat(errorBound).isLessThan(0.02 * expected);
  }
}
