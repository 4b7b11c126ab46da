package dev.sluice.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.profile.DataProfile;
import dev.sluice.profile.build.ProfileBuilder;
import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomRowsTest {
  private static final int ROWS = 500;

  private final FeatureLayout layout =
      new FeatureLayout(
          List.of(
              new FeatureColumn("f", ElementType.FLOAT, 1),
              new FeatureColumn("i", ElementType.INT64, 1),
              new FeatureColumn("t", ElementType.STRING, 1)),
          List.of());

  /** The profile of two rows: 10 and 20, 3 and 5, "a" and "b". */
  private DataProfile profile() {
    FeatureBatch batch = new FeatureBatch(layout, 2);
    FeatureRow row = new FeatureRow(layout);
    for (int i = 0; i < 2; i++) {
      row.reset(new EncodedRecord("file", 0, i, 0, null, new byte[0], Header.NONE));
      row.setPresent(0, 3);
      row.setDouble(0, 10 + 10 * i);
      row.setLong(1, 3 + 2 * i);
      row.setText(2, i == 0 ? "a" : "b");
      batch.append(row);
    }
    ProfileBuilder builder = new ProfileBuilder(layout);
    builder.addInputs(batch);
    return builder.build("m", "", "", "two rows", "", "UTC", "test");
  }

  @Test
  void withAProfileValuesAreWithinItsRanges() {
    FeatureBatch batch = new RandomRows(layout, profile()).next(ROWS);

    Set<Double> numbers = new HashSet<>();
    Set<Long> integers = new HashSet<>();
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < ROWS; i++) {
      numbers.add(batch.column(0).numberAt(i, 0));
      integers.add(batch.column(1).longAt(i, 0));
      texts.add(batch.column(2).textAt(i, 0));
    }
    assertThat(numbers).hasSizeGreaterThan(ROWS / 2).allMatch(x -> x >= 10 && x <= 20);
    assertThat(integers).containsExactlyInAnyOrder(3L, 4L, 5L);
    assertThat(texts).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void withoutOneTheyAreNeutral() {
    FeatureBatch batch = new RandomRows(layout, DataProfile.empty()).next(ROWS);

    for (int i = 0; i < ROWS; i++) {
      assertThat(batch.column(0).numberAt(i, 0)).isBetween(-10.0, 10.0);
      assertThat(batch.column(1).longAt(i, 0)).isBetween(0L, 1L);
      assertThat(batch.column(2).textAt(i, 0)).isEmpty();
    }
  }

  @Test
  void everyRunHasTheSameRows() {
    FeatureBatch one = new RandomRows(layout, profile()).next(ROWS);
    FeatureBatch other = new RandomRows(layout, profile()).next(ROWS);

    for (int i = 0; i < ROWS; i++) {
      assertThat(one.column(0).numberAt(i, 0)).isEqualTo(other.column(0).numberAt(i, 0));
    }
  }
}
