package dev.sluice.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.record.ElementType;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
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

  @Test
  void doublesBesideFloatsHaveTheirValues() throws IOException {
    Grid floats = Grid.of(0.1f, 0.2f);
    ColumnProfile baseline = column(ElementType.FLOAT, floats, 0.1f, 0.2f, 0.2f);
    Shape known = Shape.of(column(ElementType.DOUBLE, floats, 0.1f, 0.2, 0.2f));
    assertThat(known.values())
        .containsOnlyKeys("0.10000000149011612", "0.2", "0.20000000298023224");
    Shape window = Shape.ofWindowBeside(known, baseline, ElementType.DOUBLE);
    Optional<Shape> beside = Optional.of(Shape.wholeBeside(window, baseline, ElementType.DOUBLE));
    StringWriter out = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      DistributionJson.write(json, window, beside, ElementType.DOUBLE);
    }
    assertThat(out)
        .hasToString(
            "{'type':'values','values':['0.1','0.2'],'new':[false,false],'window':[%s,%s],'reference':[%s,%s]}"
                .formatted(1 / 3.0, 2 / 3.0, 1 / 3.0, 2 / 3.0)
                .replace('\'', '"'));
    Shape large = Shape.of(column(ElementType.DOUBLE, floats, 1e300));
    assertThat(Shape.ofWindowBeside(large, baseline, ElementType.DOUBLE).values())
        .isEqualTo(large.values());
    assertThat(Shape.ofWindowBeside(known, baseline, ElementType.FLOAT)).isSameAs(known);
  }

  private static ColumnProfile column(ElementType type, Grid grid, double... values) {
    NumberStatistics numbers = new NumberStatistics(grid, 20);
    numbers.add(values, values.length);
    return numbers.toProfile("x", type, List.of());
  }
}
