package dev.sluice.profile.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.profile.Baselines;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.record.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What windows publish is enough to merge them: the result is that of all their values. */
class RebuiltStatisticsTest {
  private static final Grid GRID = Grid.of(-1.0, 0.0, 0.5, 1.0, 3.0);

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(ints = {1, 99, 100, 101, 511, 512, 513, 5000})
  void mergedNumbersAreThoseOfTheUnion(int distinct) throws IOException {
    Random random = new Random(distinct);
    double[] numbers = new double[12_000];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = random.nextInt(500) == 0 ? Double.NaN : random.nextInt(distinct) / 64.0 - 1;
    }
    numbers[7] = Double.NEGATIVE_INFINITY;
    numbers[8] = 1e300;
    NumberStatistics whole = new NumberStatistics(GRID, 20);
    whole.add(numbers, numbers.length);
    whole.addMissing(3);
    for (int size : new int[] {20, 6_980, 5_000}) {
      whole.sizes().add(size);
    }
    ColumnStatistics merged = rebuilt(numbers(numbers, 0, 20));
    merged.merge(rebuilt(numbers(numbers, 20, 7_000)));
    merged.merge(rebuilt(numbers(numbers, 7_000, numbers.length)));
    assertThat(merged).isEqualTo(whole);
    assertThat(profile(merged)).isEqualTo(profile(whole));
  }

  private static NumberStatistics numbers(double[] numbers, int from, int to) {
    NumberStatistics statistics = new NumberStatistics(GRID, 20);
    statistics.add(java.util.Arrays.copyOfRange(numbers, from, to), to - from);
    statistics.addMissing(from == 0 ? 3 : 0);
    statistics.sizes().add(to - from);
    return statistics;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, 1001, 3000})
  void mergedTextsAreThoseOfTheUnion(int distinct) throws IOException {
    TextStatistics whole = new TextStatistics(TextStatistics.DEFAULT_MAX_VALUES);
    TextStatistics first = new TextStatistics(TextStatistics.DEFAULT_MAX_VALUES);
    TextStatistics second = new TextStatistics(TextStatistics.DEFAULT_MAX_VALUES);
    for (int i = 0; i < 8_000; i++) {
      String text = "\ud83d\ude00" + i % distinct;
      whole.add(text);
      (i < 4_500 ? first : second).add(text);
    }
    ColumnStatistics merged = rebuilt(first);
    merged.merge(rebuilt(second));
    assertThat(merged).isEqualTo(whole);
    assertThat(profile(merged)).isEqualTo(profile(whole));
  }

  @Test
  void textsOverflowByTheirBytesInAnyOrder() throws IOException {
    TextStatistics whole = new TextStatistics(TextStatistics.DEFAULT_MAX_VALUES);
    TextStatistics merged = new TextStatistics(TextStatistics.DEFAULT_MAX_VALUES);
    int texts = ValueCounts.MAX_BYTES / 264; // 992
    for (int i = 0; i < texts; i++) {
      add(String.format("%0248d", i) + "\u00e4".repeat(8), whole, merged);
    }
    assertThat(profile(whole).valuesOverflow()).isFalse();
    assertThat(rebuilt(whole)).isEqualTo(whole);
    TextStatistics one = new TextStatistics(TextStatistics.DEFAULT_MAX_VALUES);
    String last = "x".repeat(ValueCounts.MAX_LENGTH + 1); // cut
    add(last, whole, one);
    assertThat(profile(whole).valuesOverflow()).isFalse();
    add("y", whole, one);
    assertThat(profile(whole).valuesOverflow()).isTrue();
    ColumnStatistics other = rebuilt(one);
    other.merge(rebuilt(merged));
    assertThat(other).isEqualTo(whole);
  }

  private static void add(String text, TextStatistics... statistics) {
    for (TextStatistics each : statistics) {
      each.add(text);
    }
  }

  @Test
  void aProfileWithoutHashesIsRefused() {
    NumberStatistics many = new NumberStatistics(GRID, 20);
    many.add(java.util.stream.IntStream.range(0, 200).mapToDouble(i -> i).toArray(), 200);
    assertThatThrownBy(
            () -> ColumnStatistics.of(many.toProfile("x", ElementType.DOUBLE, List.of())))
        .hasMessage(
            "column x has neither all its values nor hashes of them, expected those of a window");
  }

  private static ColumnProfile profile(ColumnStatistics statistics) {
    boolean text = statistics instanceof TextStatistics;
    return statistics.toMergeable(
        "x", text ? ElementType.STRING : ElementType.DOUBLE, text ? List.of() : List.of(0.5));
  }

  /** By way of a file. */
  private ColumnStatistics rebuilt(ColumnStatistics statistics) throws IOException {
    Path file = Files.createTempFile(directory, "p", ".json");
    DataProfileFile.write(Baselines.ofColumn(profile(statistics)), file);
    return ColumnStatistics.of(DataProfileFile.read(file).columns().get(0));
  }
}
