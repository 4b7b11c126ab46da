package dev.sluice.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.DriftOptions;
import dev.sluice.drift.MassBins;
import dev.sluice.expect.Bounds;
import dev.sluice.expect.Divergence;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.QuantileBounds;
import dev.sluice.profile.BlockVariation;
import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DriftMetric;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.statistics.ColumnStatistics;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.Moments;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.record.ElementType;
import dev.sluice.record.Severity;
import dev.sluice.serial.ArrowTypes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever numbers come, the profiles of their window can be read back. */
class ExtremeNumbersTest {
  private static final double MOST = Double.MAX_VALUE;
  private static final List<BlockVariation> VARYING =
      List.of(new BlockVariation(Duration.ofDays(30), 9, MOST, 0, 0));
  private static final double[] DOUBLES = {
    MOST,
    -MOST,
    MOST / 2,
    Math.nextDown(MOST),
    1e154,
    -1e200,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    1e-320,
    Double.MIN_NORMAL,
    -0.0,
    0.0,
    0.1,
    1,
    -1,
    3e9,
    0x1p53,
    0x1p63,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };

  @Test
  void aDistanceBeyondTheLargestNumberIsNotSaid() throws IOException {
    Random random = new Random(1);
    double[] usual = random.doubles(2000).map(x -> 0.05 * random.nextGaussian()).toArray();
    double[] window = Arrays.copyOf(usual, 500);
    Arrays.fill(window, 400, 500, MOST);
    ColumnDrift drift = judged(usual, window);
    assertThat(drift.verdict()).isEqualTo(DriftVerdict.DRIFT);
    assertThat(drift.metrics())
        .extracting(DriftMetric::name)
        .contains("psi", "ks_distance", "wasserstein_1")
        .doesNotContain("wasserstein_1_normed");
  }

  @Test
  void aWindowOfTheLargestNumberHasDrifted() throws IOException {
    double[] flags = IntStream.range(0, 1000).mapToDouble(i -> i % 10 == 0 ? 1 : 0).toArray();
    double[] window = new double[200];
    Arrays.fill(window, MOST);
    ColumnDrift drift = judged(flags, window);
    assertThat(drift.verdict()).isEqualTo(DriftVerdict.DRIFT);
    assertThat(drift.metrics())
        .extracting(DriftMetric::name)
        .contains("wasserstein_1")
        .doesNotContain("wasserstein_1_normed");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whateverComesIsReadBack(int seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < 40; i++) {
      ElementType type = random.nextInt(3) == 0 ? ElementType.FLOAT : ElementType.DOUBLE;
      DataProfile baseline =
          baseline(type, random.nextBoolean() ? VARYING : List.of(), finite(drawn(random, type)));
      readBack(published(baseline, type, drawn(random, type)));
    }
  }

  private static ColumnDrift judged(double[] training, double[] window) throws IOException {
    List<DataProfile> profiles =
        published(baseline(ElementType.DOUBLE, List.of(), training), ElementType.DOUBLE, window);
    readBack(profiles);
    return profiles.get(0).columns().get(0).drift();
  }

  /** Up to 300 numbers: extreme ones, some more often than others, or usual ones among them. */
  private static double[] drawn(Random random, ElementType type) {
    int few = 1 + random.nextInt(DOUBLES.length);
    int first = random.nextInt(DOUBLES.length);
    double usual = random.nextDouble();
    double scale = Math.scalb(1.0, random.nextInt(2000) - 1000);
    return random
        .ints(1 + random.nextInt(300), 0, few)
        .mapToDouble(
            i ->
                random.nextDouble() < usual
                    ? scale * random.nextGaussian()
                    : DOUBLES[(first + i) % DOUBLES.length])
        .map(x -> type == ElementType.FLOAT ? (float) x : x)
        .toArray();
  }

  private static double[] finite(double[] numbers) {
    double[] finite = Arrays.stream(numbers).filter(Double::isFinite).toArray();
    return finite.length == 0 ? new double[] {1} : finite;
  }

  /** A profile of training data whose grid has each of its numbers, or every tenth of many. */
  private static DataProfile baseline(
      ElementType type, List<BlockVariation> variation, double[] numbers) {
    double[] sorted = Arrays.stream(numbers).map(x -> x + 0.0).sorted().distinct().toArray();
    int step = sorted.length > 100 ? 10 : 1;
    List<Double> edges =
        IntStream.range(0, sorted.length)
            .filter(i -> i % step == 0)
            .mapToObj(i -> sorted[i])
            .toList();
    double largest = Math.max(Math.abs(sorted[0]), Math.abs(sorted[sorted.length - 1]));
    NumberStatistics statistics = new NumberStatistics(Grid.of(edges), Moments.scaleFor(largest));
    statistics.add(numbers, numbers.length);
    ColumnProfile counted = statistics.toProfile("x", type, List.of());
    long[] counts = counted.gridCounts().stream().mapToLong(Long::longValue).toArray();
    List<Double> mass = MassBins.lastBins(counts).stream().map(edges::get).toList();
    ColumnProfile column =
        statistics
            .toProfile("x", type, mass.isEmpty() ? edges.subList(0, 1) : mass)
            .withExpectations(expectations())
            .withVariation(variation);
    return new DataProfile(
        ProfileKind.BASELINE,
        new ProfiledModel("model", "1", Fixtures.MODEL.sha256()),
        ProfiledWindow.none(""),
        RowCounts.of(numbers.length),
        List.of(column),
        List.of(),
        List.of(),
        null,
        "");
  }

  private static List<Expectation> expectations() {
    Bounds bounds = Bounds.of(-MOST, Double.MIN_VALUE);
    QuantileBounds quantiles =
        new QuantileBounds(List.of(new QuantileBounds.QuantileBound(0.5, bounds)));
    Divergence divergence =
        new Divergence(List.of(-MOST, 0.0, MOST), List.of(), List.of(0.5, 0.5), 0.1, 0, 0);
    return Stream.concat(
            Stream.of(
                    ExpectationType.MEAN,
                    ExpectationType.TOTAL,
                    ExpectationType.STANDARD_DEVIATION,
                    ExpectationType.MEDIAN,
                    ExpectationType.MIN,
                    ExpectationType.MAX,
                    ExpectationType.DISTINCT_SHARE)
                .map(type -> Expectation.of(type, List.of("x"), bounds, Severity.WARNING)),
            Stream.of(
                Expectation.of(
                    ExpectationType.QUANTILES, List.of("x"), quantiles, Severity.WARNING),
                Expectation.of(
                    ExpectationType.KL_DIVERGENCE, List.of("x"), divergence, Severity.WARNING)))
        .toList();
  }

  private static List<DataProfile> published(
      DataProfile baseline, ElementType type, double[] numbers) {
    ColumnStatistics statistics = ColumnStatistics.comparableWith(baseline.columns().get(0));
    ((NumberStatistics) statistics).add(numbers, numbers.length);
    WindowPartial partial =
        new WindowPartial(
            ProfileKind.INPUT, Fixtures.MODEL.sha256(), Fixtures.SHA, "", 0, 100, "PT0.1S", "UTC");
    partial.add(RowCounts.valid(numbers.length));
    partial.columns().put("x", new PartialColumn(type, statistics));
    List<DataProfile> profiles = new ArrayList<>();
    new WindowProfiles(Fixtures.MODEL, new DriftOptions(0.1, 0.01, 1))
        .publishFinal(partial, 0, RowCounts.NONE, baseline, new ListCollector<>(profiles));
    return profiles;
  }

  private static void readBack(List<DataProfile> profiles) throws IOException {
    TypeSerializer<DataProfile> serializer = ArrowTypes.DATA_PROFILE.createSerializer(null);
    assertThat(profiles).hasSize(2);
    for (DataProfile profile : profiles) {
      DataOutputSerializer out = new DataOutputSerializer(1 << 12);
      serializer.serialize(profile, out);
      assertThat(serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
          .isEqualTo(profile);
    }
  }
}
