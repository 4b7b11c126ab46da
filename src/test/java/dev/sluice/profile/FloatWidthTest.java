package dev.sluice.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.profile.statistics.ColumnStatistics;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.record.ElementType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FloatWidthTest {
  /** A column on a grid of some of its numbers, and of one right below the least. */
  private static ColumnProfile column(ElementType type, int step, double... numbers) {
    double[] sorted = Arrays.stream(numbers).map(x -> x + 0.0).sorted().distinct().toArray();
    TreeSet<Double> edges = new TreeSet<>(List.of(Math.nextDown(sorted[0])));
    IntStream.range(0, sorted.length).filter(i -> i % step == 0).forEach(i -> edges.add(sorted[i]));
    List<Double> grid = List.copyOf(edges);
    NumberStatistics statistics = new NumberStatistics(Grid.of(grid), 30);
    statistics.add(numbers, numbers.length);
    return statistics.toProfile("x", type, List.of(grid.get(1), grid.get(grid.size() - 1)));
  }

  private static List<Long> counted(ColumnProfile column, double... numbers) {
    NumberStatistics statistics = (NumberStatistics) ColumnStatistics.comparableWith(column);
    statistics.add(numbers, numbers.length);
    return statistics.toProfile("x", column.valueType(), List.of()).gridCounts();
  }

  private static void isReadBack(ColumnProfile column) throws IOException {
    DataProfile profile = Baselines.ofColumn(column);
    byte[] bytes = DataProfileFile.toBytes(profile);
    assertThat(DataProfileFile.readSome(new ByteArrayInputStream(bytes), "p")).isEqualTo(profile);
  }

  @Test
  void edgesOfDoublesAreRounded() throws IOException {
    ColumnProfile doubles = column(ElementType.DOUBLE, 1, 0.07, 0.07, 0.19);
    ColumnProfile floats = FloatWidth.of(doubles, ElementType.FLOAT);
    assertThat(floats.gridEdges())
        .containsExactly(Math.nextDown((double) 0.07f), (double) 0.07f, (double) 0.19f);
    assertThat(floats.gridCounts()).containsExactly(0L, 2L, 1L, 0L);
    assertThat(floats.massEdges()).isSubsetOf(floats.gridEdges()).hasSize(2);
    assertThat(floats.values()).containsExactly(Map.entry("0.07", 2L), Map.entry("0.19", 1L));
    assertThat(floats.max()).isEqualTo(0.19f);
    assertThat(floats.mean()).isEqualTo(doubles.mean());
    isReadBack(floats);
  }

  @Test
  void binsOfOneFloatAreJoined() throws IOException {
    double[] near = IntStream.range(0, 300).mapToDouble(i -> 1 + i * 1e-12).toArray();
    ColumnProfile doubles =
        column(
            ElementType.DOUBLE,
            100,
            DoubleStream.concat(Arrays.stream(near), DoubleStream.of(2)).toArray());
    assertThat(doubles.valuesOverflow()).isTrue();
    assertThat(doubles.gridCounts()).containsExactly(0L, 1L, 100L, 100L, 100L, 0L);
    ColumnProfile floats = FloatWidth.of(doubles, ElementType.FLOAT);
    assertThat(floats.gridEdges()).containsExactly(Math.nextDown(1.0), 1.0, 2.0);
    assertThat(floats.gridCounts()).containsExactly(0L, 201L, 100L, 0L);
    isReadBack(floats);
    ColumnProfile few = column(ElementType.DOUBLE, 1, 1, 1 + 1e-12, 1e-60, 2);
    ColumnProfile fewer = FloatWidth.of(few, ElementType.FLOAT);
    assertThat(fewer.values())
        .containsExactly(Map.entry("1", 2L), Map.entry("0", 1L), Map.entry("2", 1L));
    assertThat(fewer.zeros()).isEqualTo(1);
    assertThat(fewer.distinct()).isEqualTo(Distinct.exactly(3));
    isReadBack(fewer);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void numbersOfTheOtherWidthFallIntoTheSameBins(int seed) throws IOException {
    Random random = new Random(seed);
    double[] decimals =
        random
            .ints(2000, -500, 500)
            .mapToDouble(i -> (seed % 2 == 0 ? i : i % 40) / 1000.0)
            .toArray();
    double[] floats = Arrays.stream(decimals).map(x -> (float) x).toArray();
    int step = seed % 2 == 0 ? 10 : 1;
    ColumnProfile asFloats =
        FloatWidth.of(column(ElementType.DOUBLE, step, decimals), ElementType.FLOAT);
    assertThat(counted(asFloats, floats)).isEqualTo(asFloats.gridCounts());
    isReadBack(asFloats);
    ColumnProfile forDoubles =
        FloatWidth.of(column(ElementType.FLOAT, step, floats), ElementType.DOUBLE);
    assertThat(counted(forDoubles, decimals)).isEqualTo(forDoubles.gridCounts());
    assertThat(counted(forDoubles, floats)).isEqualTo(forDoubles.gridCounts());
    assertThat(forDoubles.gridCounts())
        .isEqualTo(column(ElementType.FLOAT, step, floats).gridCounts());
    isReadBack(forDoubles);
  }

  @Test
  void edgesOfFloatsAreTheLastDoublesOfAFloat() {
    double[] floats = {
      -Float.MAX_VALUE / 2, -0.1f, -Float.MIN_VALUE, 0, Float.MIN_VALUE, 0.07f, 1, 3e38f
    };
    ColumnProfile known = column(ElementType.FLOAT, 1, floats);
    ColumnProfile forDoubles = FloatWidth.of(known, ElementType.DOUBLE);
    assertThat(forDoubles.gridEdges()).hasSameSizeAs(known.gridEdges());
    for (int i = 0; i < known.gridEdges().size(); i++) {
      double edge = forDoubles.gridEdges().get(i);
      assertThat((double) (float) edge).isLessThanOrEqualTo(known.gridEdges().get(i));
      assertThat((double) (float) Math.nextUp(edge)).isGreaterThan(known.gridEdges().get(i));
    }
    assertThat(forDoubles.values()).isEqualTo(known.values());
  }

  @ParameterizedTest
  @EnumSource(
      value = ElementType.class,
      names = {"DOUBLE", "FLOAT", "INT64", "INT32", "BOOL"})
  void otherColumnsStayAsTheyAre(ElementType type) {
    ColumnProfile known = column(type, 1, 0, 1);
    assertThat(FloatWidth.of(known, type)).isSameAs(known);
    assertThat(FloatWidth.of(known, ElementType.INT32)).isSameAs(known);
    assertThat(FloatWidth.asCounted(known, ElementType.FLOAT, List.of(5.0))).isSameAs(known);
    ColumnProfile large = column(type, 1, 0, 1e300);
    assertThat(FloatWidth.of(large, ElementType.INT64)).isSameAs(large);
    if (type == ElementType.DOUBLE) {
      assertThat(FloatWidth.of(large, ElementType.FLOAT)).isSameAs(large);
    }
  }
}
