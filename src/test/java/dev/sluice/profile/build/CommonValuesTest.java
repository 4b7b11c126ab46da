package dev.sluice.profile.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.profile.NumberText;
import dev.sluice.profile.statistics.ValueCounts;
import dev.sluice.record.ElementType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Compares with counting every value. */
class CommonValuesTest {
  private static Map<String, Long> ofNumbers(ElementType type, double... values) {
    try (Spill spill = new Spill(100_000, 10_000)) {
      NumberColumn column = new NumberColumn(type, spill, null);
      for (int from = 0; from < values.length; from += 500) {
        spill.writeIfFull();
        double[] some = Arrays.copyOfRange(values, from, Math.min(values.length, from + 500));
        column.add(some, null, 0, some.length);
      }
      spill.finish();
      return column.count("x", Parts.NONE, TimeBlocks.NONE, 1).commonValues();
    }
  }

  private static Map<String, Long> ofTexts(List<String> values) {
    try (Spill spill = new Spill(100_000, 10_000)) {
      TextColumn column = new TextColumn(spill, null);
      for (String value : values) {
        spill.writeIfFull();
        column.add(new String[] {value}, null, 0, 1);
      }
      spill.finish();
      return column.count("x", Parts.NONE, TimeBlocks.NONE, 1).commonValues();
    }
  }

  /** The ten most frequent ones of at least a thousandth, equals by value. */
  private static <T> Map<String, Long> expected(List<T> sorted) {
    Map<T, Long> counts = new LinkedHashMap<>();
    sorted.forEach(value -> counts.merge(value, 1L, Long::sum));
    Map<String, Long> common = new LinkedHashMap<>();
    counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= 2 && 1000 * entry.getValue() >= sorted.size())
        .sorted(Map.Entry.comparingByValue((a, b) -> Long.compare(b, a)))
        .limit(10)
        .forEach(entry -> common.put(text(entry.getKey()), entry.getValue()));
    return common;
  }

  private static String text(Object value) {
    return value instanceof Double number
        ? NumberText.of(number, ElementType.DOUBLE)
        : value.toString();
  }

  @RepeatedTest(10)
  void areFoundAmongManyNumbers(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    double[] values =
        random
            .doubles(50_000)
            .map(u -> random.nextInt(3) == 0 ? Math.rint(Math.pow(u, 3) * 400) - 5 : u)
            .toArray();
    assertThat(ofNumbers(ElementType.DOUBLE, values))
        .containsExactlyEntriesOf(
            expected(Arrays.stream(values).map(x -> x + 0.0).sorted().boxed().toList()));
  }

  @Test
  void areTextsOfTheType() {
    assertThat(ofNumbers(ElementType.FLOAT, 0.1f, 0.1f, -0.0, 0, 3, Double.NaN, Double.NaN))
        .containsExactly(Map.entry("0", 2L), Map.entry("0.1", 2L));
    assertThat(ofNumbers(ElementType.INT64, 5, 5, 7)).containsExactly(Map.entry("5", 2L));
    assertThat(ofNumbers(ElementType.DOUBLE, Double.NaN, Double.POSITIVE_INFINITY)).isEmpty();
    assertThat(ofNumbers(ElementType.DOUBLE)).isEmpty();
  }

  @Test
  void areNoneWhereNoNumberIsCommon() {
    assertThat(ofNumbers(ElementType.DOUBLE, new Random(1).doubles(20_000).toArray())).isEmpty();
  }

  @RepeatedTest(5)
  void areFoundAmongManyTexts(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    String tail = "x".repeat(300);
    List<String> values =
        random
            .ints(30_000, 0, 40_000)
            .mapToObj(i -> i < 10_000 ? "v" + i % 70 : i < 10_100 ? tail + i : "\ud800" + i)
            .toList();
    List<String> counted =
        values.stream().map(ValueCounts::counted).sorted().collect(Collectors.toList());
    assertThat(ofTexts(values)).containsExactlyEntriesOf(expected(counted)).isNotEmpty();
  }

  @Test
  void ofFewTextsAreTheirCounts() {
    assertThat(ofTexts(List.of("a", "a", "b"))).isEmpty();
  }

  @Test
  void aShareThatTooManyReachIsDoubled() {
    double[] values = new double[1000];
    Arrays.setAll(values, i -> i < 150 ? 7 : i < 250 ? 8 : i < 280 ? 9 : i < 300 ? 10 : i);
    try (Spill spill = new Spill()) {
      NumberColumn column = new NumberColumn(ElementType.INT64, spill, null);
      column.add(values, null, 0, values.length);
      CommonNumbers common = new CommonNumbers(column, null, values.length, 2);
      common.estimate(values, values.length);
      // 2, 4, 8, 16 are reached by 7 to 10, 32 by two of them.
      assertThat(common.mostCommon()).containsExactly(Map.entry("7", 150L), Map.entry("8", 100L));
    }
  }

  @Test
  void numbersAreCountedUpToALimit() {
    FewNumbers counts = new FewNumbers(3);
    for (double value : new double[] {3, 1, 3, -2}) {
      counts.add(value);
    }
    CountedNumbers sorted = counts.sorted();
    assertThat(sorted.numbers()).containsExactly(-2, 1, 3);
    assertThat(sorted.count(0)).isEqualTo(1);
    assertThat(sorted.count(2)).isEqualTo(2);
    assertThat(LongStream.range(0, 4).mapToDouble(sorted::at)).containsExactly(-2.0, 1.0, 3.0, 3.0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sorted.at(4))
        .withMessage("rank is 4, expected 0 to 3");
    counts.add(0.5);
    counts.add(3);
    assertThat(counts.overflow()).isTrue();
    assertThat(counts.sorted().size()).isZero();
  }
}
