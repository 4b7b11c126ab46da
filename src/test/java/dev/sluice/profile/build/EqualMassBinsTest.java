package dev.sluice.profile.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.drift.Cells;
import dev.sluice.drift.ColumnComparison;
import dev.sluice.drift.EqualMassBins;
import dev.sluice.drift.MassBins;
import dev.sluice.drift.WeightedValues;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.record.ElementType;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class EqualMassBinsTest {
  @RepeatedTest(40)
  void filesOfValuesAreBinnedAsProfilesAre(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    double[] values = random.doubles(20 + random.nextInt(3000)).toArray();
    double usual = random.nextInt(4) / 3.0;
    double share = random.nextDouble();
    int decimals = repetition.getCurrentRepetition() % 3 == 0 ? 1 : 100;
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.floor(100 * decimals * values[i]) / (10 * decimals);
      values[i] = random.nextDouble() < share ? 10 * usual : values[i];
    }
    Percentiles percentiles = SortedNumbers.percentiles(values.clone());
    NumberStatistics statistics = new NumberStatistics(percentiles.grid(), 20);
    statistics.add(values, values.length);
    ColumnProfile profile = statistics.toProfile("x", ElementType.DOUBLE, percentiles.massEdges());

    WeightedValues sample = WeightedValues.of(values.clone(), values.length);
    double[] edges = EqualMassBins.edges(sample);
    double[] counts = sample.countBins(edges);
    Cells cells = new Cells();
    cells.addBins(edges, counts, counts);

    assertThat(ColumnComparison.of(profile, profile).cells())
        .usingRecursiveComparison()
        .isEqualTo(cells);
  }

  @Test
  void whatIsBelowAFrequentValueIsParted() {
    assertThat(MassBins.parted(new long[] {0, 50, 900, 50}, List.of(2))).containsExactly(1, 2);
    assertThat(MassBins.parted(new long[] {0, 50, 450, 500, 0}, List.of(2, 3)))
        .containsExactly(1, 2, 3);
    assertThat(MassBins.parted(new long[] {0, 950, 50}, List.of(1)))
        .as("what nobody has seen yet")
        .containsExactly(0, 1);
    assertThat(MassBins.parted(new long[] {950, 50}, List.of(0))).containsExactly(0);
    long[] even = LongStream.generate(() -> 10).limit(20).toArray();
    assertThat(MassBins.parted(even, List.of(2, 8))).containsExactly(2, 8);
    even[8] = 190;
    assertThat(MassBins.parted(even, List.of(2, 8))).as("half").containsExactly(2, 7, 8);
    even[8] = 189;
    assertThat(MassBins.parted(even, List.of(2, 8))).containsExactly(2, 8);
    even[8] = 10;
    even[0] = 0;
    even[1] = 0;
    assertThat(MassBins.parted(even, List.of(2, 8))).as("least").containsExactly(1, 2, 8);
    assertThat(MassBins.parted(new long[] {9, 0, 9}, List.of(1)))
        .as("an edge between two values hides nothing")
        .containsExactly(1);
  }
}
