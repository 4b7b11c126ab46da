package dev.sluice.profile.statistics;

import static dev.sluice.profile.statistics.ColumnStatisticsTest.read;
import static dev.sluice.profile.statistics.ColumnStatisticsTest.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Written statistics of which bytes are others. */
class DamagedStatisticsTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final Grid GRID = Grid.of(-1.0, 0.0, 0.5, 1.0, 3.0);
  private static final int ROUNDS = 20_000;

  /** No count that is damaged may make an array of billions. */
  private static final long MOST_BYTES = 1 << 20;

  @Test
  void damagedBytesAreRefusedAndNeverTakeMemory() throws IOException {
    NumberStatistics numbers = new NumberStatistics(GRID, 10);
    numbers.add(new double[] {1, 2, 3}, 3);
    NumberStatistics manyNumbers = new NumberStatistics(GRID, 10);
    manyNumbers.add(new Random(1).doubles(101).toArray(), 101);
    TextStatistics texts = new TextStatistics(5);
    texts.add("abc");
    TextStatistics manyTexts = new TextStatistics(1);
    manyTexts.add("a");
    manyTexts.add("b");
    Random random = new Random(5);
    for (byte[] good :
        new byte[][] {write(numbers), write(manyNumbers), write(texts), write(manyTexts)}) {
      int refused = 0;
      for (int i = 0; i < ROUNDS; i++) {
        byte[] bad = good.clone();
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
          read(bad);
        } catch (IOException expected) {
          refused++;
        }
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_BYTES);
      }
      assertThat(refused).as("%d bytes", good.length).isGreaterThan(ROUNDS / 10);
      byte[] version = good.clone();
      version[0] = 9;
      assertThatThrownBy(() -> read(version))
          .isInstanceOf(IOException.class)
          .hasMessage("version of column statistics is 9, expected 3");
    }
  }

  @Test
  void moreTextsThanTheLimitAreRefused() {
    byte[] bytes = {3, 1, 0, 0, 5, 0, 6};
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(IOException.class)
        .hasMessage("number of distinct values is 6, expected 0 to 5");
  }
}
