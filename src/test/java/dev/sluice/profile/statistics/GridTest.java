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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GridTest {
  private static final int NUMBERS = 1000;

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
    double[] numbers = DoubleStream.iterate(0, x -> (x + 1) % 4).limit(40).toArray();
    GridCounts counts = new GridCounts(Grid.of(0, 1, 2), 100);
    for (int i = 0; i < 7; i++) {
      counts.add(numbers, 0, numbers.length);
    }
    assertThat(counts.recent()).isEqualTo(40);
    assertThat(counts.histogram(List.of()).counts()).containsExactly(70L, 70L, 70L, 70L);
  }

  /** As a profile lays it: an edge at the minimum, and another right below it. */
  @Test
  void countsNumbersAroundTheEdgesOfAProfilesGrid() {
    double[] edges =
        DoubleStream.concat(
                DoubleStream.of(Math.nextDown(-4.25), -4.25),
                IntStream.range(0, 99).mapToDouble(i -> Math.sinh((i - 49) / 25.0)))
            .sorted()
            .toArray();
    Grid grid = Grid.of(edges);
    double[] around =
        Arrays.stream(edges)
            .flatMap(e -> DoubleStream.of(e, Math.nextDown(e), Math.nextUp(e)))
            .toArray();
    double[] outside = {-1e300, 1e300, -0.0, Double.MAX_VALUE, -5, 5};
    Random random = new Random(17);
    for (int n = 0; n < 200; n++) {
      double[] numbers =
          IntStream.range(0, 1000)
              .mapToDouble(
                  i ->
                      random.nextInt(50) == 0
                          ? outside[random.nextInt(outside.length)]
                          : around[random.nextInt(around.length)])
              .toArray();
      GridCounts counts = new GridCounts(grid);
      counts.add(numbers, 0, numbers.length);
      long[] expected = new long[grid.size()];
      for (double number : numbers) {
        expected[(int) Arrays.stream(edges).filter(edge -> edge < number).count()]++;
      }
      assertThat(counts.histogram(List.of()).counts())
          .containsExactly(Arrays.stream(expected).boxed().toArray(Long[]::new));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 8, 9})
  void countsInTheSameBinsAsOneByOne(long seed) {
    Random random = new Random(seed);
    for (int n = 0; n < 100; n++) {
      double[] edges =
          random.doubles(1 + random.nextInt(120), -3, 3).map(e -> e * e * e).sorted().toArray();
      Grid grid = Grid.of(Arrays.stream(edges).distinct().toArray());
      double[] numbers = random.doubles(NUMBERS, -30, 30).toArray();
      for (int i = 0; i < NUMBERS; i += 1 + random.nextInt(4)) {
        numbers[i] = random.nextBoolean() ? random.nextGaussian() : grid.edge(0);
      }
      GridCounts counts = new GridCounts(grid);
      counts.add(numbers, random.nextInt(3), NUMBERS);
      GridCounts same = new GridCounts(grid);
      long rest = counts.histogram(List.of()).counts().stream().mapToLong(c -> c).sum();
      for (int i = NUMBERS - (int) rest; i < NUMBERS; i++) {
        same.add(numbers[i], 1);
      }

      assertThat(rest).isBetween((long) NUMBERS - 2, (long) NUMBERS);
      assertThat(counts).isEqualTo(same);
    }
  }

  /** Numbers half way between two cells are those of the edges there, however they are rounded. */
  @Test
  void countsNumbersOnTheEdgesOfRoundGrids() {
    for (int first = -8; first < 8; first++) {
      for (int step = 1; step < 8; step++) {
        for (int edges = 2; edges < 40; edges++) {
          int low = first;
          int by = step;
          Grid grid = Grid.of(IntStream.range(0, edges).mapToDouble(i -> low + i * by).toArray());
          double[] numbers = IntStream.range(0, NUMBERS).mapToDouble(i -> i / 4.0 - 10).toArray();
          GridCounts counts = new GridCounts(grid);
          counts.add(numbers, 0, NUMBERS);
          GridCounts same = new GridCounts(grid);
          for (double number : numbers) {
            same.add(number, 1);
          }

          assertThat(counts).as("%d edges from %d by %d", edges, low, by).isEqualTo(same);
        }
      }
    }
  }
}
