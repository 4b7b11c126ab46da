package dev.sluice.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which columns are missing, against a set of bits, for numbers of columns around whole words; and
 * what a row forgets.
 */
class FeatureRowTest {
  private static final EncodedRecord RECORD =
      new EncodedRecord("features", 0, 1, 5, null, new byte[0], Header.NONE);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 33, 63, 64, 65, 127, 128, 129, 200})
  void knowsWhichColumnsAreMissing(int columns) {
    SplittableRandom random = new SplittableRandom(columns);
    FeatureRow row = new FeatureRow(columns, columns);
    for (int round = 0; round < 200; round++) {
      row.reset(RECORD);
      BitSet missing = new BitSet();
      missing.set(0, columns);
      assertSame(row, columns, missing);
      for (int change = 0; change < 5 && columns > 0; change++) {
        int first = random.nextInt(columns);
        switch (random.nextInt(3)) {
          case 0 -> {
            boolean isMissing = random.nextBoolean();
            row.setMissing(first, isMissing);
            missing.set(first, isMissing);
          }
          case 1 -> {
            int count = random.nextInt(columns - first + 1);
            row.setPresent(first, count);
            missing.clear(first, first + count);
          }
          default -> {
            int count = Math.min(32, columns - first);
            int bits = random.nextInt() & (int) (-1L >>> 64 - count);
            row.setPresentBits(first, bits);
            for (int i = 0; i < count; i++) {
              missing.set(first + i, missing.get(first + i) && (bits >>> i & 1) == 0);
            }
          }
        }
        assertSame(row, columns, missing);
        BitSet some = new BitSet();
        random.ints(3, 0, columns).forEach(some::set);
        assertThat(row.isAnyMissing(some.toLongArray())).isEqualTo(some.intersects(missing));
      }
    }
  }

  @Test
  void forgetsTextsAndNotWhereTheyWere() {
    FeatureRow row = new FeatureRow(5, 5);
    for (int element : new int[] {3, 1, 4, 0}) {
      row.reset(RECORD);
      row.setText(element, "some");
      assertThat(row.textAt(element)).isEqualTo("some");
      row.setText(2, "other");
      if (element % 2 == 0) {
        row.reset(RECORD);
      } else {
        row.resetToTombstone(RECORD);
      }
      for (int i = 0; i < 5; i++) {
        assertThat(row.textAt(i)).isNull();
      }
    }
  }

  private static void assertSame(FeatureRow row, int columns, BitSet missing) {
    int[] found = new int[columns];
    int count = row.findMissing(found);
    assertThat(Arrays.copyOf(found, count)).isEqualTo(missing.stream().toArray());
    for (int column = 0; column < columns; column++) {
      assertThat(row.isMissing(column)).isEqualTo(missing.get(column));
    }
    assertThat(row.columns()).isEqualTo(columns);
  }
}
