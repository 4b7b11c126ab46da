package dev.sluice.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.record.ElementType;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ShapeTest {
  /** A quarter more than the least double is the least double. */
  @Test
  @Timeout(10)
  void edgesAsNearAsDoublesCanBeAreJoined() {
    double[] edges = IntStream.range(0, 100).mapToDouble(i -> i * Double.MIN_VALUE).toArray();
    NumberStatistics numbers = new NumberStatistics(Grid.of(edges), 20);
    numbers.add(edges, edges.length);
    Shape shape = Shape.of(numbers.toProfile("x", ElementType.DOUBLE, List.of()));
    assertThat(shape.edges()).hasSizeBetween(2, Shape.MAX_BINS);
    assertThat(shape.edges()).isSorted();
  }

  @Test
  void aBaselineOfDoublesIsInTheBinsOfAWindowOfFloats() {
    ColumnProfile baseline =
        column(ElementType.DOUBLE, Grid.of(0.07, 0.19, 0.31), 0.07, 0.19, 0.19);
    Grid rounded = Grid.of(0.07f, 0.19f, 0.31f);
    Shape window = Shape.of(column(ElementType.FLOAT, rounded, 0.07f, 0.19f));
    Shape shape = Shape.wholeBeside(window, baseline, ElementType.FLOAT);
    assertThat(shape.hasBinsOf(window)).isTrue();
    assertThat(shape.share(1)).isEqualTo(2 / 3.0);
    Shape before = Shape.of(column(ElementType.FLOAT, Grid.of(0.07, 0.19, 0.31), 0.07f));
    assertThat(Shape.wholeBeside(before, baseline, ElementType.FLOAT).hasBinsOf(before)).isTrue();
  }

  private static ColumnProfile column(ElementType type, Grid grid, double... values) {
    NumberStatistics numbers = new NumberStatistics(grid, 20);
    numbers.add(values, values.length);
    return numbers.toProfile("x", type, List.of());
  }
}
