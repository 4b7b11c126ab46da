package dev.sluice.profile.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class GridTest {
  @Test
  void binsAreClosedOnTheRight() {
    Grid grid = Grid.of(0.0, 1.0, 2.5);
    assertThat(grid.size()).isEqualTo(4);
    assertThat(grid.binOf(-1e300)).isZero();
    assertThat(grid.binOf(0.0)).isZero();
    assertThat(grid.binOf(-0.0)).isZero();
    assertThat(grid.binOf(Double.MIN_VALUE)).isEqualTo(1);
    assertThat(grid.binOf(1.0)).isEqualTo(1);
    assertThat(grid.binOf(Math.nextUp(1.0))).isEqualTo(2);
    assertThat(grid.binOf(2.5)).isEqualTo(2);
    assertThat(grid.binOf(Double.MAX_VALUE)).isEqualTo(3);
  }

  @Test
  void findsTheSameBinAsCountingTheEdgesBelow() {
    Random random = new Random(7);
    check(random, 1, random::nextGaussian);
    check(random, 2, random::nextGaussian);
    check(random, 100, random::nextGaussian);
    check(random, 100, () -> 1000 + random.nextGaussian());
    check(random, 100, () -> Math.exp(5 * random.nextGaussian()));
    check(random, 100, () -> random.nextInt(3) - Math.exp(20 * random.nextGaussian()));
    check(random, 100, () -> Double.longBitsToDouble(random.nextLong()));
    check(random, 100, () -> random.nextInt(50) * Double.MIN_VALUE);
    check(
        random, 100, () -> (random.nextBoolean() ? 1 : -1) * Double.MAX_VALUE * random.nextFloat());
    check(random, 30_000, random::nextGaussian);
  }

  private static void check(Random random, int edges, DoubleSupplier values) {
    double[] distinct =
        values(values, edges).map(value -> value + 0.0).sorted().distinct().toArray();
    Grid grid = Grid.of(distinct);
    double[] near = Arrays.stream(distinct).flatMap(GridTest::neighbours).toArray();
    for (double value : near) {
      assertBin(grid, distinct, value);
    }
    values(values, 2000).forEach(value -> assertBin(grid, distinct, value));
    values(random::nextGaussian, 200).forEach(value -> assertBin(grid, distinct, value));
    assertBin(grid, distinct, Double.MAX_VALUE);
    assertBin(grid, distinct, -Double.MAX_VALUE);
  }

  private static DoubleStream values(DoubleSupplier values, int count) {
    return DoubleStream.generate(values).filter(Double::isFinite).limit(count);
  }

  private static DoubleStream neighbours(double edge) {
    return DoubleStream.of(Math.nextDown(edge), edge, Math.nextUp(edge)).filter(Double::isFinite);
  }

  private static void assertBin(Grid grid, double[] edges, double value) {
    int search = Arrays.binarySearch(edges, value + 0.0);
    int expected = search >= 0 ? search : -search - 1;
    if (grid.binOf(value) != expected) {
      assertThat(grid.binOf(value)).as("bin of %s on %s", value, grid).isEqualTo(expected);
    }
  }

  @Test
  void theUniversalGridHasOneTwoAndFiveTimesThePowersOfTen() {
    Grid grid = Grid.universal();
    assertThat(grid.edgeCount()).isEqualTo(2 * 3 * 16 + 1);
    assertThat(grid.edges()).contains(0.0, 1e-6, -5e9, 0.2).isSorted();
    for (double edge : grid.edges()) {
      assertThat(grid.edge(grid.binOf(edge))).isEqualTo(edge);
    }
  }

  @Test
  void refusesEdgesThatMakeNoGrid() {
    assertThatThrownBy(() -> Grid.of(new double[0]))
        .hasMessage("grid has 0 edges, expected 1 to 65535");
    assertThatThrownBy(() -> Grid.of(1.0, 2.0, 2.0))
        .hasMessage("grid edge 2 is 2.0, expected more than 2.0");
    assertThatThrownBy(() -> Grid.of(-0.0, 0.0)).hasMessageContaining("expected more than 0.0");
    assertThatThrownBy(() -> Grid.of(Double.NaN))
        .hasMessage("grid edge 0 is NaN, expected a finite number");
  }

  @Test
  void survivesSerialization() throws Exception {
    Grid grid = Grid.of(1.0, 2.0, 3.0);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(grid);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      Grid read = (Grid) in.readObject();
      assertThat(read).isEqualTo(grid).hasSameHashCodeAs(grid);
      assertThat(read.binOf(2.5)).isEqualTo(2);
    }
    assertThat(grid).isNotEqualTo(Grid.of(1.0, 2.0));
  }

  @Test
  void countsMoreNumbersThanItsSmallCountsTake() {
    double[] numbers = new double[1 << 20];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i % 4;
    }
    GridCounts counts = new GridCounts(Grid.of(0, 1, 2));
    long adds = GridCounts.MOST_RECENT / numbers.length + 1;
    for (long i = 0; i < adds; i++) {
      counts.add(numbers, 0, numbers.length);
    }
    long each = adds * numbers.length / 4;
    assertThat(counts.histogram(List.of()).counts()).containsExactly(each, each, each, each);
  }
}
