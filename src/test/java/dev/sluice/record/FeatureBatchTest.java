package dev.sluice.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureBatchTest {
  private static final long ID = (1L << 53) + 1;
  private static final List<FeatureColumn> COLUMNS =
      List.of(
          new FeatureColumn("id", ElementType.INT64, 1),
          new FeatureColumn("x", ElementType.DOUBLE, 1),
          new FeatureColumn("v", ElementType.FLOAT, 3),
          new FeatureColumn("name", ElementType.STRING, 1),
          new FeatureColumn("extra", ElementType.INT32, 1));
  private static final FeatureLayout LAYOUT =
      new FeatureLayout(
          COLUMNS,
          List.of(
              new InputTensor("numbers", ElementType.FLOAT, List.of(5), List.of(1, 2, 0)),
              new InputTensor("id", ElementType.INT64, List.of(), List.of(0)),
              new InputTensor("name", ElementType.STRING, List.of(1), List.of(3))));

  private final FeatureBatch batch = new FeatureBatch(LAYOUT, 3);

  @Test
  void laysRowsOutAsTheModelsTensors() {
    batch.append(full(0.1, ID, "a"));
    batch.append(full(2.5, 7, "b"));
    TensorBuffer numbers = batch.tensor(0);
    float[] expected = {0.1f, 1, 2, 3, (float) ID, 2.5f, 1, 2, 3, 7};
    for (int i = 0; i < expected.length; i++) {
      assertThat(numbers.floatAt(i)).isEqualTo(expected[i]);
    }
    assertThat(numbers.slice(1, 2).getFloat(0)).isEqualTo(2.5f);
    assertThat(numbers.slice(0, 2).order()).isEqualTo(ByteOrder.nativeOrder());
    assertThat(numbers.slice(0, 2).remaining()).isEqualTo(40);
    assertThat(batch.tensor(1).longAt(0)).isEqualTo(ID);
    assertThat(batch.tensor(2).textAt(1)).isEqualTo("b");
  }

  @Test
  void tombstonesKeepTheirPlacesAndTakeNoCapacity() {
    EncodedRecord[] gone = new EncodedRecord[4];
    for (int i = 0; i < gone.length; i++) {
      gone[i] = new EncodedRecord("t", 0, i, 0, null, null, Header.NONE);
    }
    assertThat(batch.isEmpty()).isTrue();
    batch.appendTombstone(gone[0]);
    assertThat(batch.isEmpty()).isFalse();
    for (int i = 0; i < 3; i++) {
      batch.append(full(i, i, "a"));
      batch.appendTombstone(gone[i + 1]);
    }
    assertThat(batch.size()).isEqualTo(3);
    assertThat(batch.tombstones())
        .containsExactly(
            new FeatureBatch.Tombstone(0, gone[0]),
            new FeatureBatch.Tombstone(1, gone[1]),
            new FeatureBatch.Tombstone(2, gone[2]),
            new FeatureBatch.Tombstone(3, gone[3]));
    batch.clear();
    assertThat(batch.isEmpty()).isTrue();
  }

  @Test
  void neighboursShareWhatIsAboutThem() {
    FeatureRow row = full(1, 1, "a");
    assertThat(batch.hasNotes()).isFalse();
    batch.append(row);
    assertThat(batch.hasNotes()).isFalse();
    row.addEvaluated(3);
    row.addEvaluated(5);
    batch.append(row);
    batch.append(row);
    assertThat(batch.hasNotes()).isTrue();
    assertThat(batch.evaluated(0)).isEmpty();
    assertThat(batch.evaluated(1)).containsExactly(3, 5);
    assertThat(batch.evaluated(2)).isSameAs(batch.evaluated(1));
    batch.clear();
    assertThat(batch.hasNotes()).isFalse();

    row.addEvaluated(7);
    batch.append(row);
    assertThat(batch.evaluated(0)).containsExactly(3, 5, 7);
  }

  @Test
  void showsColumnsAsTheyWereDecoded() {
    batch.append(full(0.1, ID, "a"));
    assertThat(batch.column(0).longAt(0, 0)).isEqualTo(ID);
    assertThat(batch.column(1).numberAt(0, 0)).isEqualTo(0.1);
    assertThat(batch.column(2).numberAt(0, 2)).isEqualTo(3);
    assertThat(batch.column(3).textAt(0, 0)).isEqualTo("a");
    assertThat(batch.column(4).longAt(0, 0)).isEqualTo(-9);
  }

  @Test
  void showsAColumnInTheTensorThatHoldsIt() {
    batch.append(full(1, 1, "a"));
    batch.tensor(0).setFloat(2, 42);
    assertThat(batch.column(2).numberAt(0, 1)).as("no copy").isEqualTo(42);
  }

  /** The model's narrow tensor is not what was decoded: the column lies beside it. */
  @Test
  void showsAllBitsOfWhatANarrowInputTakes() {
    FeatureLayout layout =
        new FeatureLayout(
            List.of(
                new FeatureColumn("id", ElementType.INT64, 1),
                new FeatureColumn("x", ElementType.FLOAT, 1)),
            List.of(
                new InputTensor("byte", ElementType.UINT8, List.of(), List.of(0)),
                new InputTensor("half", ElementType.FLOAT16, List.of(), List.of(1))));
    FeatureRow row = new FeatureRow(layout);
    row.reset(new EncodedRecord("features", 0, 1, 5, null, new byte[0], Header.NONE));
    row.setLong(0, 200);
    row.setDouble(1, 0.1f);
    row.setMissing(0, false);
    row.setMissing(1, false);
    FeatureBatch narrow = new FeatureBatch(layout, 1);
    narrow.append(row);
    assertThat(narrow.tensor(0).longAt(0)).isEqualTo(200);
    assertThat(narrow.tensor(1).numberAt(0)).isEqualTo(0.0999755859375);
    assertThat(narrow.column(0).type()).isEqualTo(ElementType.INT64);
    assertThat(narrow.column(1).numberAt(0, 0)).isEqualTo(0.1f);
  }

  @Test
  void copiesRowsOutAsTheyCameIn() {
    FeatureRow row = full(0.1, ID, "a");
    row.violations().add(warning());
    row.setEventTime(77);
    batch.append(row);
    FeatureRow copy = new FeatureRow(LAYOUT);
    batch.copyRow(0, copy);
    assertThat(copy.longAt(0)).isEqualTo(ID);
    assertThat(copy.doubleAt(1)).isEqualTo(0.1);
    assertThat(copy.doubleAt(4)).isEqualTo(3);
    assertThat(copy.textAt(5)).isEqualTo("a");
    assertThat(copy.longAt(6)).isEqualTo(-9);
    assertThat(copy.eventTime()).isEqualTo(77);
    assertThat(copy.source()).isSameAs(row.source());
    assertThat(copy.violations()).containsExactly(warning());
  }

  @Test
  void fillsMissingValues() {
    batch.append(empty());
    for (int i = 0; i < 4; i++) {
      assertThat(batch.tensor(0).floatAt(i)).isNaN();
    }
    assertThat(batch.tensor(1).longAt(0)).isZero();
    assertThat(batch.tensor(2).textAt(0)).isEmpty();
    FeatureRow copy = full(1, 1, "stale");
    batch.copyRow(0, copy);
    for (int column = 0; column < COLUMNS.size(); column++) {
      assertThat(batch.column(column).isMissing(0)).isTrue();
      assertThat(copy.isMissing(column)).isTrue();
    }
  }

  @Test
  void forgetsEverythingWhenCleared() {
    FeatureRow bad = empty();
    bad.violations().add(warning());
    batch.append(full(1, 1, "a"));
    batch.append(bad);
    batch.clear();
    assertThat(batch.size()).isZero();
    batch.append(full(1, 1, "a"));
    batch.append(full(2, 2, "b"));
    for (int column = 0; column < COLUMNS.size(); column++) {
      assertThat(batch.column(column).isMissing(1)).isFalse();
    }
    assertThat(batch.warnings(1)).isEmpty();
    assertThat(batch.tensor(0).floatAt(5)).isEqualTo(2);
  }

  @Test
  void keepsWarningsOfARowThatIsReused() {
    FeatureRow row = full(1, 1, "a");
    row.violations().add(warning());
    batch.append(row);
    row.reset(row.source());
    assertThat(batch.warnings(0)).containsExactly(warning());
  }

  @Test
  void copiesNumbersOfSomeRows() {
    batch.append(full(0.1, ID, "a"));
    batch.append(empty());
    batch.append(full(0.3, 3, "c"));
    double[] target = new double[2];
    batch.column(1).copyNumbers(new int[] {2, 1}, 2, 0, target);
    assertThat(target[0]).isEqualTo(0.3);
    assertThat(target[1]).isNaN();
    batch.column(2).copyNumbers(new int[] {2, 0}, 2, 2, target);
    assertThat(target).containsExactly(3, 3);
    batch.column(0).copyNumbers(new int[] {2, 1}, 2, 0, target);
    assertThat(target).containsExactly(3, 0);
  }

  @Test
  void refusesRowsBeyondItsCapacity() {
    for (int i = 0; i < 3; i++) {
      batch.append(full(1, 1, "a"));
    }
    assertThatThrownBy(() -> batch.append(full(1, 1, "a")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("batch is full at 3 rows");
  }

  @Test
  void refusesInputsThatGetAnotherNumberOfValues() {
    assertThatThrownBy(
            () ->
                new FeatureLayout(
                    COLUMNS,
                    List.of(new InputTensor("x", ElementType.FLOAT, List.of(4), List.of(1, 2, 0)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("model input x gets 5 values per record, expected 4");
  }

  private static FeatureRow full(double x, long id, String name) {
    FeatureRow row = empty();
    row.setLong(0, id);
    row.setDouble(1, x);
    for (int i = 0; i < 3; i++) {
      row.setDouble(2 + i, i + 1);
    }
    row.setText(5, name);
    row.setLong(6, -9);
    for (int column = 0; column < COLUMNS.size(); column++) {
      row.setMissing(column, false);
    }
    return row;
  }

  private static FeatureRow empty() {
    FeatureRow row = new FeatureRow(LAYOUT);
    row.reset(new EncodedRecord("features", 0, 1, 5, null, new byte[0], Header.NONE));
    return row;
  }

  private static Violation warning() {
    return new Violation("x", Reason.OUT_OF_RANGE, Severity.WARNING, "9", "range [0, 1]");
  }
}
