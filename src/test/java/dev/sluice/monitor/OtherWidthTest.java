package dev.sluice.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.config.DriftOptions;
import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DriftMetric;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.FloatWidth;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.build.ProfileBuilder;
import dev.sluice.profile.statistics.ColumnStatistics;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import dev.sluice.serial.ArrowTypes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows of floats against training data of doubles, and the other way round. */
class OtherWidthTest {
  private static double[] numbers(String some, int rows) {
    double[] values = Arrays.stream(some.split(" ")).mapToDouble(Double::parseDouble).toArray();
    return IntStream.range(0, rows).mapToDouble(i -> values[i % values.length]).toArray();
  }

  private static FeatureBatch batch(ElementType type, double... numbers) {
    FeatureLayout layout = new FeatureLayout(List.of(new FeatureColumn("x", type, 1)), List.of());
    FeatureBatch batch = new FeatureBatch(layout, numbers.length);
    FeatureRow row = new FeatureRow(layout);
    for (double number : numbers) {
      row.reset(new EncodedRecord("t", 0, 0, 10, null, new byte[1], Header.NONE));
      row.setEventTime(10);
      row.setMissing(0, false);
      if (type == ElementType.INT32) {
        row.setLong(0, (long) number);
      } else {
        row.setDouble(0, number);
      }
      batch.append(row);
    }
    return batch;
  }

  private static DataProfile baseline(ElementType type, double... numbers) {
    FeatureBatch batch = batch(type, numbers);
    try (ProfileBuilder builder = new ProfileBuilder(batch.layout())) {
      builder.addInputs(batch);
      return builder.build("m", "1", "", "train", "", "UTC", "test");
    }
  }

  private static WindowPartial window(DataProfile baseline, FeatureBatch batch) {
    WindowPartials partials =
        new WindowPartials(Fixtures.scope("PT0.1S", "b", baseline), partial -> {});
    new InputObserver(partials).observe(batch);
    return partials.at(10, Segments.ALL);
  }

  private static ColumnProfile judged(DataProfile baseline, WindowPartial window)
      throws IOException {
    List<DataProfile> profiles = new ArrayList<>();
    new WindowProfiles(Fixtures.MODEL, new DriftOptions(0.1, 0.01, 100))
        .publishFinal(window, 0, RowCounts.NONE, baseline, new ListCollector<>(profiles));
    TypeSerializer<DataProfile> serializer = ArrowTypes.DATA_PROFILE.createSerializer(null);
    DataOutputSerializer out = new DataOutputSerializer(1 << 12);
    serializer.serialize(profiles.get(0), out);
    assertThat(serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
        .isEqualTo(profiles.get(0));
    return profiles.get(0).columns().get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "DOUBLE, FLOAT, 0.07 0.19",
    "FLOAT, DOUBLE, 0.07 0.19",
    "DOUBLE, FLOAT, 0.1",
    "FLOAT, DOUBLE, 0.1",
    "DOUBLE, FLOAT, -0.3 0 0.3 0.3 0.7 1.1 1.3 16777217 1e-50",
    "FLOAT, DOUBLE, -0.3 0 0.3 0.3 0.7 1.1 1.3 16777217 1e-50",
    "DOUBLE, FLOAT, -3.4028235E38 0.07 0.19",
    "FLOAT, DOUBLE, -3.4028235E38 0.07 0.19",
    "DOUBLE, FLOAT, 3.4028235E38 0.07 0.19",
    "FLOAT, DOUBLE, 3.4028235E38 0.07 0.19",
  })
  void theSameNumbersHaveNotDrifted(ElementType trained, ElementType records, String some)
      throws IOException {
    DataProfile baseline = baseline(trained, numbers(some, 3600));
    ColumnProfile window = judged(baseline, window(baseline, batch(records, numbers(some, 1800))));
    ColumnDrift drift = window.drift();
    assertThat(drift.verdict()).isEqualTo(DriftVerdict.OK);
    assertThat(drift.value()).isZero();
    assertThat(drift.signs()).isEmpty();
    assertThat(drift.metrics())
        .filteredOn(metric -> metric.name().equals("ks_distance"))
        .extracting(DriftMetric::value)
        .containsExactly(0.0);
    assertThat(window.massEdges()).isNotEmpty();
    ColumnProfile known = FloatWidth.of(baseline.columns().get(0), records);
    assertThat(window.gridEdges()).isEqualTo(known.gridEdges());
    assertThat(window.massEdges()).isEqualTo(known.massEdges());
  }

  @ParameterizedTest
  @CsvSource({"DOUBLE, FLOAT", "FLOAT, DOUBLE"})
  void manyNumbersHaveNotDrifted(ElementType trained, ElementType records) throws IOException {
    double[] many = IntStream.range(0, 9970).mapToDouble(i -> i % 997 / 1000.0).toArray();
    DataProfile baseline = baseline(trained, many);
    ColumnDrift drift = judged(baseline, window(baseline, batch(records, many))).drift();
    assertThat(drift.value()).isCloseTo(0, within(1e-3));
    double[] more = Arrays.stream(many).map(x -> x + 0.2).toArray();
    assertThat(judged(baseline, window(baseline, batch(records, more))).drift().verdict())
        .isEqualTo(DriftVerdict.DRIFT);
  }

  @ParameterizedTest
  @CsvSource({"DOUBLE, FLOAT", "FLOAT, DOUBLE"})
  void oneOfTwoNumbersMoreOftenHasDrifted(ElementType trained, ElementType records)
      throws IOException {
    DataProfile baseline = baseline(trained, numbers("0.07 0.19", 3600));
    ColumnProfile window =
        judged(baseline, window(baseline, batch(records, numbers("0.07 0.07 0.07 0.19", 400))));
    assertThat(window.drift().verdict()).isEqualTo(DriftVerdict.DRIFT);
    assertThat(window.drift().value()).isCloseTo(0.25 * Math.log(3), within(1e-12));
  }

  /** As of a savepoint of a version that counted so, or where a field becomes of another type. */
  @ParameterizedTest
  @CsvSource({
    "DOUBLE, FLOAT, FLOAT",
    "FLOAT, DOUBLE, DOUBLE",
    "FLOAT, INT32, DOUBLE",
    "FLOAT, DOUBLE, INT32"
  })
  void whatWasCountedOnTheBaselinesOwnGridIsCountedAgain(
      ElementType trained, ElementType first, ElementType then) throws IOException {
    String some = first == then ? "0.07 0.19" : "0 1";
    DataProfile baseline = baseline(trained, numbers(some, 3600));
    WindowPartial partial =
        first == then
            ? onOwnGrid(baseline, first, numbers(some, 400))
            : window(baseline, batch(first, numbers(some, 400)));
    WindowPartial more = window(baseline, batch(then, numbers(some, 300)));
    assertThat(partial.columns().get("x").isOnOtherGrid(more.columns().get("x"))).isTrue();
    partial.merge(more);
    partial.merge(window(baseline, batch(then, numbers(some, 200))));
    ColumnProfile window = judged(baseline, partial);
    assertThat(window.rows()).isEqualTo(900);
    assertThat(window.drift().value()).isZero();
    assertThat(more.columns().get("x").statistics().rows()).isEqualTo(300);
  }

  @Test
  void whatIsTooMuchToBeCountedAgainKeepsItsGrid() {
    DataProfile baseline = baseline(ElementType.DOUBLE, numbers("0.07 0.19", 3600));
    double[] many = IntStream.range(0, 400).mapToDouble(i -> i / 1000.0).toArray();
    WindowPartial partial = onOwnGrid(baseline, ElementType.FLOAT, many);
    partial.merge(window(baseline, batch(ElementType.FLOAT, numbers("0.07 0.19", 300))));
    NumberStatistics both = (NumberStatistics) partial.columns().get("x").statistics();
    assertThat(both.rows()).isEqualTo(700);
    assertThat(both.grid().edges()).isEqualTo(baseline.columns().get(0).gridEdges());
    partial.merge(window(baseline, batch(ElementType.FLOAT, many)));
    assertThat(partial.columns().get("x").statistics().rows()).as("begins anew").isEqualTo(400);
  }

  /** Between edges of the baseline's own width, as if it were that of the records. */
  private static WindowPartial onOwnGrid(
      DataProfile baseline, ElementType records, double... numbers) {
    NumberStatistics statistics =
        (NumberStatistics) ColumnStatistics.comparableWith(baseline.columns().get(0));
    boolean floats = records == ElementType.FLOAT;
    double[] read = Arrays.stream(numbers).map(x -> floats ? (float) x : x).toArray();
    statistics.add(read, read.length);
    WindowPartial partial =
        new WindowPartial(
            ProfileKind.INPUT, Fixtures.MODEL.sha256(), "b", "", 0, 100, "PT0.1S", "UTC");
    partial.add(RowCounts.valid(read.length));
    partial.columns().put("x", new PartialColumn(records, statistics));
    return partial;
  }

  /** As of a window that was open before the job counted so, or whose column was of both. */
  @ParameterizedTest
  @CsvSource({"DOUBLE, FLOAT", "FLOAT, DOUBLE"})
  void whatWasCountedOnTheBaselinesOwnGridIsCompared(ElementType trained, ElementType records)
      throws IOException {
    DataProfile baseline = baseline(trained, numbers("0.07 0.19", 3600));
    ColumnProfile known = baseline.columns().get(0);
    WindowPartial partial = onOwnGrid(baseline, records, numbers("0.07 0.19", 400));
    ColumnProfile window = judged(baseline, partial);
    assertThat(window.drift()).isNotNull();
    assertThat(window.massEdges()).isEqualTo(known.massEdges());
  }
}
