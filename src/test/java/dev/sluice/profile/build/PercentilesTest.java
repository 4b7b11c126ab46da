package dev.sluice.profile.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.profile.statistics.Grid;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Golden values from {@code numpy.quantile} 2.4.6, its default method "linear". */
class PercentilesTest {
  private static final double[] VALUES = {
    3.1, -2.7, 0.3, 8.8, 5.5, 5.5, 1e-3, 17.25, -0.45, 2.2, 9.99
  };

  @Test
  void agreesWithNumpyToTheLastBit() {
    Percentiles percentiles = SortedNumbers.percentiles(VALUES.clone());
    assertThat(percentiles.massEdges())
        .containsExactly(-0.45, 0.001, 0.3, 2.2, 3.1, 5.5, 8.8, 9.99);
    assertThat(percentiles.at(0.01)).isEqualTo(-2.475);
    assertThat(percentiles.at(0.37)).isEqualTo(1.6300000000000003);
    assertThat(percentiles.at(0.99)).isEqualTo(16.524);
  }

  @Test
  void fewDistinctValuesGetAnEdgeEach() {
    Percentiles percentiles = SortedNumbers.percentiles(new double[] {3, 1, 2, 3, -0.0, 3});
    assertThat(percentiles.grid().edges())
        .containsExactly(-Double.MIN_VALUE, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0);
  }

  @Test
  void manyDistinctValuesGetPercentilesAndBothEnds() {
    double[] values = new Random(1).doubles(100_000, -1, 1).toArray();
    Percentiles percentiles = SortedNumbers.percentiles(values);
    Grid grid = percentiles.grid();
    assertThat(grid.edgeCount()).isEqualTo(99 + 3);
    assertThat(grid.edges()).containsAll(percentiles.massEdges());
    assertThat(grid.edge(1)).isEqualTo(values[0]);
    assertThat(grid.binOf(values[0])).isEqualTo(1);
    assertThat(grid.edge(0)).isEqualTo(Math.nextDown(values[0]));
    assertThat(grid.edge(101)).isEqualTo(values[values.length - 1]);
  }

  @Test
  void numbersWhoseDifferenceIsInfiniteHavePercentiles() {
    Percentiles percentiles =
        SortedNumbers.percentiles(new double[] {-Double.MAX_VALUE, Double.MAX_VALUE});
    assertThat(percentiles.at(0.5)).isZero();
    assertThat(percentiles.grid().edges())
        .hasSize(11)
        .startsWith(-Double.MAX_VALUE)
        .endsWith(Double.MAX_VALUE);
  }
}
