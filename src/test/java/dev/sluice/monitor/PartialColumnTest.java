package dev.sluice.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.record.ColumnView;
import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import dev.sluice.record.InputTensor;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartialColumnTest {
  private static final int SCALE = 20;
  private static final int MOST = 1024;
  private static final FeatureLayout LAYOUT =
      new FeatureLayout(
          List.of(
              new FeatureColumn("other", ElementType.FLOAT, 1),
              new FeatureColumn("x", ElementType.FLOAT, 1)),
          List.of(new InputTensor("in", ElementType.FLOAT, List.of(2), List.of(0, 1))));

  private final SplittableRandom random = new SplittableRandom(17);
  private final NumberStatistics expected = empty();
  private final PartialColumn column = new PartialColumn(ElementType.FLOAT, empty());
  private final FeatureBatch batch = new FeatureBatch(LAYOUT, MOST + 1);
  private final FeatureRow row = new FeatureRow(LAYOUT);

  private static NumberStatistics empty() {
    return new NumberStatistics(Grid.of(-1, 0, 1), SCALE);
  }

  /** Adds rows of which some lack a value, or have NaN; in some batches none lacks one. */
  private void add(int rows) {
    boolean anyMissing = random.nextBoolean();
    batch.clear();
    for (int i = 0; i < rows; i++) {
      row.reset(new EncodedRecord("t", 0, i, 0, null, new byte[1], Header.NONE));
      boolean missing = anyMissing && random.nextInt(5) == 0;
      float value = random.nextInt(50) == 0 ? Float.NaN : (float) random.nextGaussian();
      row.setMissing(0, false);
      row.setDouble(0, 1e9);
      row.setMissing(1, missing);
      if (missing) {
        expected.addMissing(1);
      } else {
        row.setDouble(1, value);
        expected.add(new double[] {value}, 1);
      }
      batch.append(row);
    }
    ColumnView view = batch.column(1);
    assertThat(column.canWait(view, rows)).isTrue();
    if (random.nextBoolean()) {
      column.addWaiting(view, rows);
    } else {
      addInParts(view, rows);
    }
  }

  /** Each row is in one of two parts, as those of segments are. */
  private void addInParts(ColumnView view, int rows) {
    int[] odd = new int[rows];
    int[] even = new int[rows];
    int odds = 0;
    int evens = 0;
    for (int row = rows - 1; row >= 0; row--) {
      if (random.nextInt(3) == 0) {
        odd[odds++] = row;
      } else {
        even[evens++] = row;
      }
    }
    column.addWaiting(view, odd, odds);
    column.addWaiting(view, even, evens);
  }

  private void check() {
    assertThat(column.statistics()).isEqualTo(expected);
    assertThat(column.statistics().rows()).isEqualTo(expected.rows());
  }

  /** Of no batch is anything lost, or counted twice, however it fits into what waits. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 63, 64, 65, 256, 300, 511, 512, 513, 1023, 1024})
  void whatWaitsIsCountedOnce(int rows) {
    for (int i = 0; i < 20; i++) {
      add(rows);
    }
    check();
    check();
    add(rows);
    check();
  }

  @Test
  void batchesOfAnySizesAreCounted() {
    for (int i = 0; i < 300; i++) {
      add(random.nextInt(random.nextInt(10) == 0 ? MOST : 400));
      if (random.nextInt(20) == 0) {
        check();
      }
    }
    check();
    assertThat(expected.missing()).isPositive();
    assertThat(expected.nan()).isPositive();
  }

  @Test
  void whatWaitsAndWhatDoesNotIsOne() {
    add(5);
    column.add(new double[] {7, 8, 9}, 2);
    expected.add(new double[] {7, 8}, 2);
    add(5);
    check();
  }

  @Test
  void largerBatchesDoNotWait() {
    assertThat(column.canWait(batch.column(1), MOST + 1)).isFalse();
    PartialColumn ofSegment =
        new PartialColumn(ElementType.FLOAT, empty(), PartialColumn.OF_SEGMENT);
    assertThat(ofSegment.canWait(batch.column(1), PartialColumn.OF_SEGMENT)).isTrue();
    assertThat(ofSegment.canWait(batch.column(1), PartialColumn.OF_SEGMENT + 1)).isFalse();
  }
}
