package dev.sluice.profile.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.Distinct;
import dev.sluice.record.ElementType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnStatisticsTest {
  private static final Grid GRID = Grid.of(-1.0, 0.0, 0.5, 1.0, 3.0);

  @RepeatedTest(50)
  void anySplitAndOrderOfNumbersGivesTheSameBytes(RepetitionInfo repetition) throws IOException {
    Random random = new Random(repetition.getCurrentRepetition());
    List<Double> values = new ArrayList<>();
    double[] special = {
      Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 0.0, 1e300, -1e300, 1e9
    };
    for (int i = 0; i < 5000; i++) {
      values.add(
          random.nextInt(4) == 0
              ? special[random.nextInt(special.length)]
              : random.nextGaussian() * 1e-3);
    }
    NumberStatistics whole = new NumberStatistics(GRID, 40);
    whole.add(array(values), values.size());
    whole.addMissing(17);

    Collections.shuffle(values, random);
    ColumnStatistics merged = new NumberStatistics(GRID, 40);
    int parts = 1 + random.nextInt(20);
    for (int part = 0; part < parts; part++) {
      List<Double> some =
          values.subList(part * values.size() / parts, (part + 1) * values.size() / parts);
      NumberStatistics one = new NumberStatistics(GRID, 40);
      one.add(array(some), some.size());
      one.addMissing(part == 0 ? 17 : 0);
      if (random.nextBoolean()) {
        merged.merge(read(write(one)));
      } else {
        one.merge(merged);
        merged = one;
      }
    }
    assertThat(write(merged)).isEqualTo(write(whole));
    assertThat(merged).isEqualTo(whole).hasSameHashCodeAs(whole);
    assertThat(merged.toProfile("x", ElementType.DOUBLE, List.of()))
        .isEqualTo(whole.toProfile("x", ElementType.DOUBLE, List.of()));
  }

  @RepeatedTest(50)
  void anySplitAndOrderOfTextsGivesTheSameBytes(RepetitionInfo repetition) throws IOException {
    Random random = new Random(repetition.getCurrentRepetition());
    int distinct = 45 + random.nextInt(10); // on both sides of the limit of 50
    distinct = random.nextInt(5) == 0 ? 2000 : distinct; // beyond what the sketch keeps
    List<String> values = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      values.add("ä\ud83d\ude00" + random.nextInt(distinct));
    }
    TextStatistics whole = new TextStatistics(50);
    values.forEach(whole::add);
    Collections.shuffle(values, random);
    ColumnStatistics merged = new TextStatistics(50);
    for (int from = 0; from < 5000; from += 1000) {
      TextStatistics part = new TextStatistics(50);
      values.subList(from, from + 1000).forEach(part::add);
      if (random.nextBoolean()) {
        merged.merge(read(write(part)));
      } else {
        part.merge(merged);
        merged = part;
      }
    }
    assertThat(write(merged)).isEqualTo(write(whole));
    assertThat(merged).isEqualTo(whole).hasSameHashCodeAs(whole);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 99, 100, 101, 102, 511, 512, 513, 700, 768, 769, 1000, 5000, 40_000})
  void anySplitAndOrderOfSoManyDistinctNumbersGivesTheSameBytes(int distinct) throws IOException {
    Random random = new Random(distinct);
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < distinct; i++) {
      for (int times = random.nextInt(3); times >= 0; times--) {
        values.add((i - distinct / 2) * 0.1);
      }
    }
    for (int repetition = 0; repetition < 5; repetition++) {
      NumberStatistics whole = new NumberStatistics(GRID, 20);
      whole.add(array(values), values.size());
      Collections.shuffle(values, random);
      ColumnStatistics merged = new NumberStatistics(GRID, 20);
      for (int from = 0; from < values.size(); ) {
        int to = Math.min(values.size(), from + 1 + random.nextInt(1 + values.size() / 3));
        NumberStatistics part = new NumberStatistics(GRID, 20);
        part.add(array(values.subList(from, to)), to - from);
        merged.merge(random.nextBoolean() ? read(write(part)) : part);
        merged = random.nextBoolean() ? read(write(merged)) : merged;
        from = to;
      }
      assertThat(write(merged)).isEqualTo(write(whole));
      assertThat(merged).isEqualTo(whole).hasSameHashCodeAs(whole);
      assertThat(read(write(whole))).isEqualTo(whole);
    }
  }

  @Test
  void oneValueAtATimeGivesTheSameBytes() throws IOException {
    double[] values = new Random(3).doubles(3000).toArray();
    NumberStatistics together = new NumberStatistics(GRID, 20);
    together.add(values, values.length);
    NumberStatistics apart = new NumberStatistics(GRID, 20);
    for (double value : values) {
      apart.add(new double[] {value}, 1);
    }
    assertThat(write(apart)).isEqualTo(write(together));
  }

  @Test
  void fewNumbersAreCountedByValue() {
    NumberStatistics statistics = new NumberStatistics(GRID, 10);
    double[] values = {7, 0.1f, 7, -0.0, Double.NaN, 1e22, Double.POSITIVE_INFINITY, 0, 1e300};
    statistics.add(values, 8);
    ColumnProfile profile = statistics.toProfile("x", ElementType.FLOAT, List.of());
    assertThat(profile.values())
        .containsExactly(entry("0", 2L), entry("7", 2L), entry("0.1", 1L), entry("1E22", 1L));
    assertThat(profile.valuesOverflow()).isFalse();
    assertThat(profile.distinct()).isEqualTo(Distinct.exactly(4));
    assertThat(profile.mostCommon()).isEqualTo(profile.values());
  }

  @Test
  void moreThanAHundredNumbersAreNotCountedByValue() {
    NumberStatistics statistics = new NumberStatistics(GRID, 10);
    double[] values = IntStream.range(0, 101).asDoubleStream().toArray();
    statistics.add(values, 100);
    assertThat(statistics.toProfile("x", ElementType.INT64, List.of()).values()).hasSize(100);
    statistics.add(values, 101);
    ColumnProfile profile = statistics.toProfile("x", ElementType.INT64, List.of());
    assertThat(profile.values()).isEmpty();
    assertThat(profile.valuesOverflow()).isTrue();
    assertThat(profile.distinct()).isEqualTo(Distinct.exactly(101));
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 200, 2000})
  void whatIsNotFiniteIsNoDistinctValue(int distinct) {
    double[] finite = new Random(1).doubles(distinct).toArray();
    NumberStatistics statistics = new NumberStatistics(GRID, 20);
    statistics.add(finite, distinct);
    for (int i = 0; i < 1000; i++) {
      // Some payload of a NaN has a hash that a sketch would keep.
      double nan = Double.longBitsToDouble(0x7ff8_0000_0000_0000L + i);
      double[] more = {nan, Double.POSITIVE_INFINITY, finite[0], Double.NEGATIVE_INFINITY};
      statistics.add(more, more.length);
    }
    NumberStatistics expected = new NumberStatistics(GRID, 20);
    expected.add(finite, distinct);
    for (int i = 0; i < 1000; i++) {
      expected.add(finite, 1);
    }
    ColumnProfile profile = statistics.toProfile("x", ElementType.DOUBLE, List.of());
    assertThat(profile.distinct())
        .isEqualTo(expected.toProfile("x", ElementType.DOUBLE, List.of()).distinct());
    assertThat(profile.nan()).isEqualTo(1000);
  }

  @Test
  void distinctValuesAreNeverMoreThanValues() {
    for (int seed = 0; seed < 20; seed++) {
      NumberStatistics statistics = new NumberStatistics(GRID, 10);
      statistics.add(new Random(seed).doubles(10_000).toArray(), 10_000);
      Distinct distinct = statistics.toProfile("x", ElementType.DOUBLE, List.of()).distinct();
      assertThat(distinct.exact()).isFalse();
      assertThat(distinct.estimate()).isBetween(8_000.0, 10_000.0);
    }
  }

  @Test
  void lengthsCountCharactersNotTheirHalves() {
    TextStatistics statistics = new TextStatistics(10);
    statistics.add("\ud83d\ude00");
    statistics.add("a\ud83d\ude00\u4eac!");
    statistics.addMissing(1);
    ColumnProfile profile = statistics.toProfile("x", ElementType.STRING, List.of());
    assertThat(profile.minLength()).isEqualTo(1);
    assertThat(profile.maxLength()).isEqualTo(4);
    assertThat(profile.meanLength()).isEqualTo(2.5);
  }

  @Test
  void textsBeyondTheLimitAreStillEstimated() {
    TextStatistics statistics = new TextStatistics(1000);
    for (int i = 0; i < 60_000; i++) {
      statistics.add("user-" + i % 30_000);
    }
    Distinct distinct = statistics.toProfile("x", ElementType.STRING, List.of()).distinct();
    assertThat(distinct.estimate()).isCloseTo(30_000, withinPercentage(9)); // two standard errors
    assertThat(distinct.relativeError()).isEqualTo(1 / Math.sqrt(510));
  }

  @Test
  void textsCutAlikeAreOneBeforeAndAfterTheLimit() {
    for (int maxValues : new int[] {1, 10}) {
      TextStatistics statistics = new TextStatistics(maxValues);
      for (String tail : new String[] {"a", "b", "c"}) {
        statistics.add("x".repeat(256) + tail);
        statistics.add("half \ud83d" + tail);
        statistics.add("half ?" + tail);
      }
      assertThat(statistics.toProfile("x", ElementType.STRING, List.of()).distinct())
          .isEqualTo(Distinct.exactly(4));
    }
  }

  @Test
  void countsWhatItIsGiven() {
    NumberStatistics statistics = new NumberStatistics(GRID, 10);
    double[] values = {Double.NaN, 0, -0.0, 2, Double.NEGATIVE_INFINITY, -5, 99};
    statistics.add(values, 6);
    statistics.addMissing(3);
    ColumnProfile profile = statistics.toProfile("x", ElementType.FLOAT, List.of(0.0));
    assertThat(profile.rows()).isEqualTo(9);
    assertThat(profile.missing()).isEqualTo(3);
    assertThat(profile.nan()).isEqualTo(1);
    assertThat(profile.negativeInfinity()).isEqualTo(1);
    assertThat(profile.positiveInfinity()).isZero();
    assertThat(profile.zeros()).isEqualTo(2);
    assertThat(profile.min()).isEqualTo(-5.0);
    assertThat(profile.max()).isEqualTo(2.0);
    assertThat(profile.mean()).isEqualTo(-0.75);
    assertThat(profile.gridCounts()).containsExactly(1L, 2L, 0L, 0L, 1L, 0L);
    assertThat(profile.finite()).isEqualTo(4);
    assertThat(profile.massEdges()).containsExactly(0.0);
  }

  @Test
  void negativeZeroIsZeroInEveryOrder() throws IOException {
    NumberStatistics one = new NumberStatistics(GRID, 10);
    one.add(new double[] {-0.0, 0.0}, 2);
    NumberStatistics other = new NumberStatistics(GRID, 10);
    other.add(new double[] {0.0, -0.0}, 2);
    assertThat(write(one)).isEqualTo(write(other));
  }

  @Test
  void numbersTooLargeForTheMomentsAreMarked() {
    NumberStatistics statistics = new NumberStatistics(GRID, 40);
    statistics.add(new double[] {1e6, 1, 2}, 3);
    ColumnProfile profile = statistics.toProfile("x", ElementType.FLOAT, List.of());
    assertThat(profile.saturated()).isEqualTo(1);
    assertThat(profile.max()).isEqualTo(1e6);
    assertThat(profile.gridCounts()).containsExactly(0L, 0L, 0L, 1L, 1L, 1L);
  }

  @Test
  void textsBeyondTheLimitLeaveATotal() {
    TextStatistics statistics = new TextStatistics(2);
    for (String text : new String[] {"a", "bb", "a", "ccc", "a"}) {
      statistics.add(text);
    }
    ColumnProfile profile = statistics.toProfile("x", ElementType.STRING, List.of());
    assertThat(profile.valuesOverflow()).isTrue();
    assertThat(profile.values()).isEmpty();
    assertThat(profile.rows()).isEqualTo(5);
    assertThat(profile.maxLength()).isEqualTo(3);
    assertThat(profile.minLength()).isEqualTo(1);
  }

  @Test
  void textsComeMostFrequentFirst() {
    TextStatistics statistics = new TextStatistics(10);
    for (String text : new String[] {"c", "b", "a", "b", "c", "d"}) {
      statistics.add(text);
    }
    assertThat(statistics.toProfile("x", ElementType.STRING, List.of()).values().keySet())
        .containsExactly("b", "c", "a", "d");
  }

  @Test
  void longTextsAreCutBetweenCharacters() throws IOException {
    TextStatistics statistics = new TextStatistics(10);
    statistics.add("x".repeat(255) + "\ud83d\ude00" + "tail");
    statistics.add("x".repeat(300));
    assertThat(statistics.toProfile("x", ElementType.STRING, List.of()).values().keySet())
        .containsExactlyInAnyOrder("x".repeat(255), "x".repeat(256));
    assertThat(read(write(statistics))).isEqualTo(statistics);
  }

  @Test
  void halfASurrogatePairIsAQuestionMark() {
    TextStatistics statistics = new TextStatistics(10);
    statistics.add("a\ud83d");
    statistics.add("a\ud83d");
    assertThat(statistics.toProfile("x", ElementType.STRING, List.of()).values())
        .containsOnly(entry("a?", 2L));
  }

  @Test
  void aCopyChangesByItself() {
    NumberStatistics statistics = new NumberStatistics(GRID, 10);
    statistics.add(new double[] {1}, 1);
    ColumnStatistics copy = statistics.copy();
    assertThat(copy).isEqualTo(statistics);
    statistics.add(new double[] {2}, 1);
    assertThat(copy.rows()).isEqualTo(1);
    assertThat(copy).isNotEqualTo(statistics);
  }

  @Test
  void refusesToMergeWhatIsNotComparable() {
    NumberStatistics numbers = new NumberStatistics(GRID, 10);
    assertThatThrownBy(() -> numbers.merge(new TextStatistics(5)))
        .hasMessage("cannot merge TextStatistics into NumberStatistics");
    assertThatThrownBy(() -> numbers.merge(new NumberStatistics(Grid.of(7.0), 10)))
        .hasMessageContaining("cannot merge Grid of 1 edges from 7.0");
    assertThatThrownBy(() -> numbers.merge(new NumberStatistics(GRID, 11)))
        .hasMessage("scale exponent to merge is 11, expected 10");
    assertThatThrownBy(() -> new TextStatistics(5).merge(new TextStatistics(6)))
        .hasMessage("limit of distinct values to merge is 6, expected 5");
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  static byte[] write(ColumnStatistics statistics) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    statistics.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  static ColumnStatistics read(byte[] bytes) throws IOException {
    return ColumnStatistics.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
