package dev.sluice.report;

import static org.assertj.core.api.Assertions.assertThat;

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
}
