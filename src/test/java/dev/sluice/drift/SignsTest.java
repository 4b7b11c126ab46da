package dev.sluice.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.profile.BlockVariation;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DriftSign;
import dev.sluice.profile.DriftSignKind;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.SizeSummary;
import dev.sluice.profile.statistics.Grid;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each sign on both sides of its edge. */
class SignsTest {
  private static final DriftRule RULE = new DriftRule(0.1, 0.01, 100);

  private static Evidence evidence(ColumnProfile reference, ColumnProfile current) {
    return new Evidence(
        new Reference("baseline", reference, reference), current, Duration.ofHours(1), RULE);
  }

  private static List<DriftSignKind> signs(ColumnProfile reference, ColumnProfile current) {
    return signs(reference, current, DriftVerdict.DRIFT);
  }

  private static List<DriftSignKind> signs(
      ColumnProfile reference, ColumnProfile current, DriftVerdict verdict) {
    return Signs.of(evidence(reference, current), verdict).stream().map(DriftSign::kind).toList();
  }

  private static ColumnProfile varying(ColumnProfile column, double missing, double flat) {
    return column.withVariation(
        List.of(new BlockVariation(Duration.ofHours(1), 100, 0.1, missing, flat)));
  }

  @Test
  void aReferenceThatIsAllNaNHasNoUnit() {
    double[] none = new double[200];
    Arrays.fill(none, Double.NaN);
    ColumnProfile absent = Samples.onGrid(Grid.of(1.0, 2.0), List.of(), none);
    ColumnProfile there = Samples.onGrid(Grid.of(1.0, 2.0), List.of(1.0), new double[200]);
    assertThat(signs(absent, there)).doesNotContain(DriftSignKind.UNIT_CHANGE);
  }

  @Test
  void aFlatLineIsLessLikelyThanOneInAMillion() {
    // a quarter each: 0.25^10 = 9.5e-7, but 12 are the fewest
    ColumnProfile even = varying(Samples.counts(0, 250, 250, 250, 250), 0, 0);
    assertThat(signs(even, Samples.counts(0, 0, 12))).containsExactly(DriftSignKind.FLAT_LINE);
    assertThat(signs(even, Samples.counts(0, 0, 11))).isEmpty();
    assertThat(signs(even, Samples.counts(0, 1, 12))).isEmpty();
    // 0.4^15 = 1.07e-6, 0.4^16 = 4.3e-7
    ColumnProfile often = varying(Samples.counts(0, 400, 200, 200, 200), 0, 0);
    assertThat(signs(often, Samples.counts(0, 15))).isEmpty();
    assertThat(signs(often, Samples.counts(0, 16))).containsExactly(DriftSignKind.FLAT_LINE);
    DriftSign sign =
        Signs.of(evidence(often, Samples.counts(0, 0, 30)), DriftVerdict.INSUFFICIENT_DATA).get(0);
    assertThat(sign.value()).isEqualTo(2);
    assertThat(sign.message())
        .isEqualTo(
            "all 30 values are 2, expected some that differ: the reference has it in at most 20 %");
  }

  @Test
  void theUsualNumberIsNoFlatLine() {
    assertThat(signs(varying(Samples.counts(0, 501, 499), 0, 0), Samples.counts(0, 10_000)))
        .isEmpty();
    assertThat(signs(varying(Samples.counts(0, 500, 500), 0, 0), Samples.counts(0, 10_000)))
        .containsExactly(DriftSignKind.FLAT_LINE);
    // no rain for a day, but a rain gauge that is stuck
    ColumnProfile rain = varying(Samples.counts(0, 960, 20, 10, 10), 0, 0);
    assertThat(signs(rain, Samples.counts(0, 24))).isEmpty();
    assertThat(signs(rain, Samples.counts(0, 0, 0, 24))).containsExactly(DriftSignKind.FLAT_LINE);
  }

  @Test
  void whereTheBaselineHasFlatBlocksTheyAreNoSign() {
    ColumnProfile even = Samples.counts(0, 250, 250, 250, 250);
    assertThat(signs(varying(even, 0, 0.011), Samples.counts(0, 24))).isEmpty();
    assertThat(signs(varying(even, 0, 0.01), Samples.counts(0, 24)))
        .containsExactly(DriftSignKind.FLAT_LINE);
  }

  /** A clock's hours and minutes are the same all the time; so may be what has no more values. */
  @ParameterizedTest
  @CsvSource({
    "PT1H, 24, true",
    "PT64M, 24, true",
    "PT65M, 24, false", // nine tenths of 72 minutes, rounded up
    "PT1H, 60, true",
    "PT1H, 61, false",
    "PT1H, 101, false", // each of which is not listed
  })
  void fewDifferentNumbersMayBeAClocks(Duration window, int distinct, boolean mayBe) {
    double[] values = IntStream.range(0, 60 * distinct).mapToDouble(i -> i % distinct).toArray();
    List<Double> edges = IntStream.range(0, distinct).mapToObj(i -> (double) i).toList();
    List<Double> massEdges = edges.subList(distinct / 2, distinct / 2 + 1);
    ColumnProfile known = Samples.onGrid(Grid.of(edges), massEdges, values);
    BlockVariation blocks = new BlockVariation(Duration.ofMinutes(72), 100, 0, 0, 0);
    ColumnProfile measured = known.withVariation(List.of(blocks));
    double[] flat = new double[12];
    Arrays.fill(flat, 5);
    ColumnProfile current = Samples.onGrid(Grid.of(edges), massEdges, flat);
    DriftSignKind[] signs =
        mayBe ? new DriftSignKind[0] : new DriftSignKind[] {DriftSignKind.FLAT_LINE};
    assertThat(signs(measured, current, window)).containsExactly(signs);
    boolean few = distinct <= 60;
    assertThat(signs(known, current, window).isEmpty()).as("nothing was measured").isEqualTo(few);
  }

  private static List<DriftSignKind> signs(
      ColumnProfile reference, ColumnProfile current, Duration window) {
    Evidence evidence =
        new Evidence(new Reference("baseline", reference, reference), current, window, RULE);
    return Signs.of(evidence, DriftVerdict.OK).stream().map(DriftSign::kind).toList();
  }

  @Test
  void aVanishedColumnHasNoValueAtAll() {
    ColumnProfile some = Samples.counts(500, 250, 250); // 0.5^19 = 1.9e-6, 0.5^20 = 9.5e-7
    assertThat(signs(some, Samples.counts(19))).doesNotContain(DriftSignKind.VANISHED);
    assertThat(signs(some, Samples.counts(20))).containsExactly(DriftSignKind.VANISHED);
    ColumnProfile all = Samples.counts(0, 250, 250);
    assertThat(signs(all, Samples.counts(11))).doesNotContain(DriftSignKind.VANISHED);
    assertThat(signs(all, Samples.counts(12))).containsExactly(DriftSignKind.VANISHED);
    assertThat(signs(all, Samples.counts(12, 1))).doesNotContain(DriftSignKind.VANISHED);
    double[] nan = new double[12];
    Arrays.fill(nan, Double.NaN);
    assertThat(signs(all, Samples.numbers(nan))).containsExactly(DriftSignKind.VANISHED);
    assertThat(signs(Samples.texts(9, Map.of("a", 9), 0), Samples.texts(9, Map.of(), 12)))
        .containsExactly(DriftSignKind.VANISHED);
  }

  @Test
  void aJumpOfMissingValuesExceedsTheReferenceAndItsVariation() {
    ColumnProfile known = Samples.counts(100, 450, 450); // a tenth is missing
    assertThat(signs(known, Samples.counts(150, 425, 425))).isEmpty(); // 15 %
    assertThat(signs(known, Samples.counts(151, 425, 425)))
        .containsExactly(DriftSignKind.MISSING_JUMP);
    ColumnProfile varying = varying(known, 0.2, 0);
    assertThat(signs(varying, Samples.counts(300, 350, 350))).isEmpty();
    assertThat(signs(varying, Samples.counts(301, 350, 350)))
        .containsExactly(DriftSignKind.MISSING_JUMP);
    assertThat(signs(known, Samples.counts(7, 9, 9))).isEmpty(); // 4.5 more, p = 0.001
    assertThat(signs(known, Samples.counts(8, 9, 9))).containsExactly(DriftSignKind.MISSING_JUMP);
  }

  @Test
  void aFewMissingValuesMoreMayBeChance() {
    // scipy: sqrt(2.97) = 1.72, p = 0.042 one-sided; sqrt(8.84) = 2.97, p = 0.0015
    ColumnProfile known = Samples.counts(300, 350, 350);
    assertThat(signs(known, Samples.counts(17, 12, 12))).isEmpty();
    assertThat(signs(known, Samples.counts(21, 10, 10)))
        .containsExactly(DriftSignKind.MISSING_JUMP);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, ''", // were 768 values of which none was there
    "1, 9, ''",
    "11, 0, MISSING_JUMP",
    "12, 0, VANISHED",
    "5, 5, ''", // 4.9 more
    "6, 6, MISSING_JUMP",
  })
  void anArrayOfAFixedSizeIsMissingOnce(int missing, int there, String sign) {
    List<DriftSignKind> signs = signs(arrays(768, 3, 297), arrays(768, missing, there));
    assertThat(signs).map(Enum::name).isEqualTo(sign.isEmpty() ? List.of() : List.of(sign));
  }

  @Test
  void missingArraysOfAnySizeCountOnceAnyway() {
    ColumnProfile known = arrays(768, 0, 300);
    assertThat(Signs.of(evidence(known, arrays(768, 20, 0)), DriftVerdict.OK))
        .map(DriftSign::message)
        .containsExactly(
            "none of 20 arrays is there, expected most: 0 % are missing in the reference");
    assertThat(signs(known, Samples.counts(20)))
        .as("1 missing value each: arrays of any size")
        .containsExactly(DriftSignKind.VANISHED);
    assertThat(signs(known.withSizes(new SizeSummary(300, 700, 800)), Samples.counts(768)))
        .containsExactly(DriftSignKind.VANISHED);
  }

  /** A column of arrays of one even size. */
  private static ColumnProfile arrays(int size, int missing, int there) {
    ColumnProfile elements =
        Samples.counts((long) size * missing, size / 2 * there, (size - size / 2) * there);
    return there == 0 ? elements : elements.withSizes(new SizeSummary(there, size, size));
  }

  @Test
  void newCategoriesAreInEnoughRows() {
    ColumnProfile known = Samples.texts(100, Map.of("N", 500, "S", 500), 0);
    assertThat(signs(known, Samples.texts(100, Map.of("N", 90, "W", 4), 0))).isEmpty();
    assertThat(signs(known, Samples.texts(100, Map.of("N", 90, "W", 5), 0)))
        .containsExactly(DriftSignKind.NEW_CATEGORY);
    assertThat(signs(known, Samples.texts(100, Map.of("N", 9995, "W", 9), 0))).isEmpty();
    assertThat(signs(known, Samples.texts(100, Map.of("N", 9990, "W", 10), 0)))
        .containsExactly(DriftSignKind.NEW_CATEGORY);
    assertThat(signs(Samples.texts(1, Map.of("N", 500, "S", 500), 0), known)).isEmpty();
    DriftSign sign =
        Signs.of(
                evidence(
                    known, Samples.texts(100, Map.of("a", 1, "b", 2, "c", 3, "d", 4, "N", 10), 0)),
                DriftVerdict.OK)
            .get(0);
    assertThat(sign.value()).isEqualTo(0.5);
    assertThat(sign.message())
        .isEqualTo(
            "10 of 20 values are none of the baseline's: 4 new, most often d (4), c (3), b (2)");
  }

  @Test
  void amongTooManyTextsThereAreNewOnesWhereThereAreMoreThanTheBaselineHas() {
    ColumnProfile known = Samples.texts(1000, texts("city", 60), 0);
    DriftSign sign =
        Signs.of(
                evidence(known, Samples.texts(1000, texts("id", 2000), 0)),
                DriftVerdict.INSUFFICIENT_DATA)
            .get(0);
    assertThat(sign.kind()).isEqualTo(DriftSignKind.NEW_CATEGORY);
    assertThat(sign.value()).as("at least so many are new, surely").isBetween(0.6, 0.97);
    assertThat(sign.message())
        .matches(
            "at least 1\\d{3} different texts, the baseline has 60: at least 1\\d{3} of 2000 values"
                + " are none of the baseline's");
    ColumnProfile few = Samples.texts(5, texts("city", 4), 0);
    Map<String, Integer> more = texts("city", 8); // 8 are counted exactly
    assertThat(signs(few, Samples.texts(5, more, 0))).isEmpty();
    more.put("x", 1);
    assertThat(signs(few, Samples.texts(5, more, 0))).containsExactly(DriftSignKind.NEW_CATEGORY);
    more.put("x", 5000 - 8);
    assertThat(signs(few, Samples.texts(5, more, 0))).containsExactly(DriftSignKind.NEW_CATEGORY);
    more.put("x", 5001 - 8);
    assertThat(signs(few, Samples.texts(5, more, 0))).isEmpty();
    ColumnProfile many = Samples.texts(1000, texts("city", 990), 0);
    assertThat(signs(many, Samples.texts(1000, texts("city", 1010), 0)))
        .as("an estimate that may be too large")
        .isEmpty();
  }

  private static Map<String, Integer> texts(String prefix, int different) {
    return IntStream.range(0, different)
        .boxed()
        .collect(Collectors.toMap(i -> prefix + i, i -> 1, Integer::sum, TreeMap::new));
  }

  @ParameterizedTest
  @CsvSource({
    "1000, a factor of 1000",
    "0.001, a factor of 1000",
    "100, share and percent",
    "3.6, m/s and km/h",
    "0.3937, inches and centimetres",
    "17, a factor of 1",
  })
  void aChangeOfUnitIsAFactor(double factor, String message) {
    DriftSign sign = unit(values(20, 4, 1), values(20 * factor, 4 * factor, 2));
    assertThat(sign.kind()).isEqualTo(DriftSignKind.UNIT_CHANGE);
    assertThat(sign.value() / factor).isBetween(0.97, 1.03);
    assertThat(sign.message()).contains(message);
  }

  @Test
  void otherFactorsAreNoChangeOfUnit() {
    double[] known = values(20, 4, 1);
    assertThat(unit(known, values(40, 8, 2))).isNull(); // 2
    assertThat(unit(known, values(80, 16, 2))).isNull(); // 4, no unit
    assertThat(unit(known, values(20_000, 6_000, 2))).isNull(); // 1000 and 1500
    assertThat(unit(known, values(-20_000, 4_000, 2))).isNull();
    assertThat(signs(column(known), column(values(20_000, 4_000, 2)), DriftVerdict.OK))
        .doesNotContain(DriftSignKind.UNIT_CHANGE);
  }

  @Test
  void temperaturesAreConvertedBothWays() {
    double[] celsius = values(14, 9, 1);
    double[] fahrenheit = values(14 * 1.8 + 32, 9 * 1.8, 2);
    double[] kelvin = values(14 + 273.15, 9, 2);
    assertThat(unit(celsius, fahrenheit).message()).contains("Celsius to Fahrenheit");
    assertThat(unit(fahrenheit, celsius).message()).contains("Fahrenheit to Celsius");
    assertThat(unit(kelvin, celsius).message()).contains("Kelvin to Celsius");
    assertThat(unit(celsius, values(24, 9, 2))).as("a hot summer").isNull();
    double[] dust = values(300, 90, 1);
    dust[0] = 2000;
    assertThat(unit(dust, values((300 - 32) / 1.8, 50, 2))).as("no temperature").isNull();
  }

  private static DriftSign unit(double[] reference, double[] current) {
    return Signs.of(evidence(column(reference), column(current)), DriftVerdict.DRIFT).stream()
        .filter(sign -> sign.kind() == DriftSignKind.UNIT_CHANGE)
        .findFirst()
        .orElse(null);
  }

  private static ColumnProfile column(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    List<Double> edges =
        IntStream.range(1, 100).mapToObj(i -> sorted[i * sorted.length / 100]).distinct().toList();
    return Samples.onGrid(Grid.of(edges), List.of(edges.get(50)), values);
  }

  private static double[] values(double mean, double deviation, long seed) {
    Random random = new Random(seed);
    return random.doubles(2000).map(x -> mean + deviation * random.nextGaussian()).toArray();
  }
}
