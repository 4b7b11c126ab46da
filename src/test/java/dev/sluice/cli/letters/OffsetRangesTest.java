package dev.sluice.cli.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetRangesTest {
  @Test
  void rangesThatTouchAreOne() {
    assertThat(OffsetRanges.parse("7,0-4,5,9-10,8")).hasToString("0-5,7-10");
    assertThat(OffsetRanges.parse("3-,1").contains(Long.MAX_VALUE - 1)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1,", "-1", "4-2", "1-2-3", "9999999999999999999", "1 -2"})
  void whatIsNoRangeIsRefused(String text) {
    assertThatThrownBy(() -> OffsetRanges.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSetOfRangesIsASetOfOffsets() {
    Random random = new Random(1);
    for (int run = 0; run < 200; run++) {
      OffsetRanges ranges = new OffsetRanges();
      BitSet expected = new BitSet();
      for (int i = 0; i < 20; i++) {
        int first = random.nextInt(60);
        int last = first + random.nextInt(8);
        ranges.add(first, last);
        expected.set(first, last + 1);
      }
      OffsetRanges read = OffsetRanges.parse(ranges.toString());
      for (int offset = 0; offset < 80; offset++) {
        assertThat(read.contains(offset)).isEqualTo(expected.get(offset));
      }
    }
  }

  @Test
  void theSmallestGapsAreClosed() {
    OffsetRanges ranges = OffsetRanges.parse("0,2,10,13-14,30");

    assertThat(ranges.closeSmallestGaps(3, -1)).isEqualTo(12);

    assertThat(ranges).hasToString("0-2,10-14,30");
    assertThat(ranges.closeSmallestGaps(3, -1)).isEqualTo(-1);
    ranges.dropBefore(11);
    assertThat(ranges).hasToString("10-14,30");
  }

  @Test
  void gapsUpToAnOffsetAreClosedBeforeSmallerOnes() {
    OffsetRanges ranges = OffsetRanges.parse("0,5,10,12,14");

    assertThat(ranges.closeSmallestGaps(4, 9)).isEqualTo(4);
    assertThat(ranges).hasToString("0-5,10,12,14");
    assertThat(ranges.closeSmallestGaps(2, 9)).isEqualTo(11);
    assertThat(ranges).hasToString("0-12,14");
  }
}
