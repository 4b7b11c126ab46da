package dev.sluice.expect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextOrderTest {
  private static final int[] POINTS = {'A', 'b', 0xFF21, 0xFFFD, 0x1F600, 0x10FFFF};

  private static String text(Random random) {
    int[] points = random.ints(random.nextInt(4), 0, POINTS.length).map(i -> POINTS[i]).toArray();
    return new String(points, 0, points.length);
  }

  @Test
  void isThatOfCodePoints() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      String one = text(random);
      String other = text(random);
      int expected = Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());
      assertThat(Integer.signum(TextOrder.compare(one, other)))
          .as("%s and %s", one, other)
          .isEqualTo(Integer.signum(expected));
    }
  }
}
