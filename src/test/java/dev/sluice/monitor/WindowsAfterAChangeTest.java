package dev.sluice.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.config.ProfileOptions;
import dev.sluice.model.ModelIdentity;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.NumberText;
import dev.sluice.profile.PartKind;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfilePart;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.statistics.ColumnStatistics;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.profile.statistics.TextStatistics;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureRow;
import dev.sluice.serial.ArrowTypes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows of a job that goes on from its state with another baseline, window or outputs. */
class WindowsAfterAChangeTest {
  private static final ModelIdentity OLD = new ModelIdentity("old", "7", "sha-of-old-model");

  private final MergeHarness harness = new MergeHarness();

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private void add(long... eventTimes) throws Exception {
    harness.add(MergeHarness.partials("PT0.1S", Fixtures.SHA, eventTimes));
  }

  @Test
  void lateRowsOfAnOldBaselineWaitForNoWindow() throws Exception {
    harness.start(Fixtures.monitor(), null);
    add(10, 150);
    OperatorSubtaskState state = harness.snapshot();
    DataProfile other = Fixtures.baseline(0, 7, 14, 21);
    harness.start(Fixtures.monitor(other, "another", "PT0.1S", Duration.ZERO), state);
    harness.processWatermark(99);
    assertThat(harness.summaries()).containsExactly("[0, 100) 1, 0 late");
    add(11, 12);
    assertThat(harness.published()).as("the window that is open will report them").isEmpty();
    harness.processWatermark(199);
    assertThat(harness.summaries()).containsExactly("[100, 200) 1, 2 late");
    add(13, 14, 15);
    DataProfile late = harness.published().get(0);
    assertThat(late.window().baselineSha256()).isEqualTo(Fixtures.SHA);
    assertThat(late.window().start()).isNull();
    assertThat(late.counts().rows()).isZero();
    assertThat(late.counts().late()).isEqualTo(3);
    assertThat(late.window().end()).as("all windows up to here have closed").isEqualTo(200);
    assertThat(late.window().revision()).isZero();
    add(16);
    DataProfile later = harness.published().get(0);
    assertThat(later.counts().late()).as("says again what it said").isEqualTo(4);
    assertThat(later.window().end()).isEqualTo(200);
    assertThat(later.window().revision()).isEqualTo(1);
    assertThat(harness.numKeyedStateEntries())
        .as("closed until, what was said, how often")
        .isEqualTo(3);
    harness.processWatermark(Long.MAX_VALUE);
    assertThat(harness.published()).as("nothing is counted twice").isEmpty();
  }

  @Test
  void lateRowsThatWaitWhenTheBaselineChangesAreReported() throws Exception {
    harness.start(Fixtures.monitor(), null);
    add(10);
    harness.processWatermark(99);
    add(11, 12);
    assertThat(harness.summaries()).as("the next window would report them").hasSize(1);
    harness.setProcessingTime(200_000);
    assertThat(harness.published()).as("as long as there may be one").isEmpty();
    OperatorSubtaskState state = harness.snapshot();
    DataProfile other = Fixtures.baseline(0, 7, 14, 21);
    harness.start(Fixtures.monitor(other, "another", "PT0.1S", Duration.ZERO), state);
    harness.setProcessingTime(300_000);
    List<DataProfile> late = harness.published();
    assertThat(late).extracting(profile -> profile.counts().late()).containsOnly(2L);
    assertThat(late.get(0).window().baselineSha256()).isEqualTo(Fixtures.SHA);
    harness.setProcessingTime(900_000);
    harness.processWatermark(Long.MAX_VALUE);
    assertThat(harness.published()).as("nothing is counted twice").isEmpty();
  }

  @Test
  void lateRowsThatWaitWhenTheModelChangesAreReported() throws Exception {
    harness.start(Fixtures.monitor(OLD), null);
    harness.add(List.of(ofModel(OLD, 1)));
    harness.processWatermark(99);
    assertThat(harness.published())
        .isNotEmpty()
        .allSatisfy(profile -> assertThat(profile.model()).isEqualTo(profiled(OLD)));
    harness.add(List.of(ofModel(OLD, 2)));
    harness.setProcessingTime(200_000);
    assertThat(harness.published()).as("the next window would report them").isEmpty();
    harness.start(Fixtures.monitor(), harness.snapshot());
    harness.setProcessingTime(300_000);
    DataProfile late = harness.published().get(0);
    assertThat(late.counts().late()).isEqualTo(2);
    assertThat(late.model())
        .as("the job knows no name of a model that it does not run with")
        .isEqualTo(new ProfiledModel("", "", OLD.sha256()));
    harness.processWatermark(Long.MAX_VALUE);
    assertThat(harness.published()).as("nothing is counted twice").isEmpty();
  }

  private static ProfiledModel profiled(ModelIdentity model) {
    return new ProfiledModel(model.name(), model.version(), model.sha256());
  }

  private static WindowPartial ofModel(ModelIdentity model, int rows) {
    return partial(model.sha256(), "", rows);
  }

  @Test
  void lateRowsThatWaitWhenTheirSegmentIsTakenAwayAreReported() throws Exception {
    harness.start(Fixtures.monitor(Fixtures.segments("N")), null);
    harness.add(List.of(ofSegment("N", 1)));
    harness.processWatermark(99);
    harness.add(List.of(ofSegment("N", 2)));
    assertThat(harness.summaries()).as("the next window would report them").hasSize(1);
    OperatorSubtaskState state = harness.snapshot();
    harness.start(Fixtures.monitor(Fixtures.segments("S")), state);
    harness.setProcessingTime(300_000);
    assertThat(harness.published())
        .isNotEmpty()
        .allSatisfy(late -> assertThat(late.counts().late()).isEqualTo(2))
        .allSatisfy(late -> assertThat(late.window().segment()).isEqualTo("N"));
  }

  private static WindowPartial ofSegment(String segment, int rows) {
    return partial(Fixtures.MODEL.sha256(), segment, rows);
  }

  private static WindowPartial partial(String modelSha256, String segment, int rows) {
    WindowPartial partial =
        new WindowPartial(
            ProfileKind.INPUT, modelSha256, Fixtures.SHA, segment, 0, 100, "PT0.1S", "UTC");
    partial.add(RowCounts.valid(rows));
    return partial;
  }

  /** Its rows are others than those that the baseline has apart as the rest. */
  @Test
  void theRestIsComparedAsTheSegmentsOfTodaySay() throws Exception {
    DataProfile whole = Fixtures.baseline(0, 10, 20);
    DataProfile baseline = whole.withParts(List.of(part(whole, "N"), part(whole, "other")));
    Segments before = Fixtures.segments("N");
    Segments after = Fixtures.segments("N", "S");
    start(baseline, before, null);
    harness.add(inSegments(baseline, before, 10, 150));
    harness.processWatermark(99);
    assertThat(references())
        .containsExactly(tuple("N", "segment N"), tuple("other", "segment other"));

    start(baseline, after, harness.snapshot());
    harness.add(inSegments(baseline, after, 160, 250));
    harness.processWatermark(199);
    assertThat(references())
        .containsExactly(
            tuple("N", "segment N"), tuple("S", "baseline"), tuple("other", "baseline"));

    OperatorSubtaskState state = harness.snapshot();
    harness.start(Fixtures.monitor(whole, "another", "PT0.1S", Duration.ZERO), state);
    harness.processWatermark(299);
    assertThat(references())
        .as("finish under what they began with")
        .containsExactly(
            tuple("N", "segment N"), tuple("S", "baseline"), tuple("other", "baseline"));
  }

  private void start(DataProfile baseline, Segments segments, OperatorSubtaskState state)
      throws Exception {
    ProfileOptions options = Fixtures.options("PT0.1S", Duration.ZERO);
    harness.start(Fixtures.monitor(baseline, Fixtures.SHA, options, segments), state);
  }

  private static ProfilePart part(DataProfile whole, String segment) {
    return new ProfilePart(PartKind.SEGMENT, "s", segment, 3, whole.columns(), whole.outputs());
  }

  /** Returns what each segment was compared with, in their order. */
  private List<Tuple> references() {
    return harness.published().stream()
        .filter(profile -> !profile.window().segment().isEmpty())
        .flatMap(
            profile ->
                profile.column("x").stream()
                    .map(x -> tuple(profile.window().segment(), x.drift().reference())))
        .sorted(Comparator.comparing(Tuple::toString))
        .toList();
  }

  /** Returns partials of a row of N, of S and of neither for each event time. */
  private static List<WindowPartial> inSegments(
      DataProfile baseline, Segments segments, long... eventTimes) {
    List<WindowPartial> flushed = new ArrayList<>();
    ProfileScope scope = Fixtures.scope("PT0.1S", Fixtures.SHA, baseline, segments, 1000);
    WindowPartials partials = new WindowPartials(scope, flushed::add);
    RejectedObserver observer = new RejectedObserver(Fixtures.LAYOUT, partials, "");
    FeatureRow row = new FeatureRow(Fixtures.LAYOUT);
    for (long time : eventTimes) {
      for (String text : List.of("N", "S", "X")) {
        observer.observe(Fixtures.fill(row, time, 5, text));
      }
    }
    partials.flush();
    return flushed;
  }

  /** As where an option makes of an output's index a label, and the job goes on. */
  @Test
  void aColumnThatBecomesAnotherKindBeginsAnew() throws Exception {
    harness.start(Fixtures.monitor(), null);
    harness.add(
        List.of(withColumn(ElementType.DOUBLE, new NumberStatistics(Grid.universal(), 20))));
    OperatorSubtaskState state = harness.snapshot();
    harness.start(Fixtures.monitor(), state);
    TextStatistics texts = new TextStatistics(10);
    texts.add("high");
    harness.add(List.of(withColumn(ElementType.STRING, texts)));
    harness.add(List.of(withColumn(ElementType.STRING, texts)));
    harness.processWatermark(99);
    List<DataProfile> profiles = harness.published();
    ColumnProfile column = label(profiles);
    assertThat(column.valueType()).isEqualTo(ElementType.STRING);
    assertThat(column.values()).containsExactly(Map.entry("high", 2L));
    assertThat(profiles.get(0).counts().rows()).as("of all").isEqualTo(3);
  }

  private static ColumnProfile label(List<DataProfile> profiles) throws IOException {
    TypeSerializer<DataProfile> serializer = ArrowTypes.DATA_PROFILE.createSerializer(null);
    for (DataProfile profile : profiles) {
      DataOutputSerializer out = new DataOutputSerializer(1 << 12);
      serializer.serialize(profile, out);
      assertThat(serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
          .isEqualTo(profile);
    }
    return profiles.stream()
        .flatMap(profile -> profile.column("label").stream())
        .findFirst()
        .orElseThrow();
  }

  /** As where a field becomes another type in the schema, and the job goes on. */
  @ParameterizedTest
  @CsvSource({
    "FLOAT, 0.1, DOUBLE, 0.1 0.2, DOUBLE, 0.1 0.10000000149011612 0.2",
    "DOUBLE, 0.1, FLOAT, 0.1 0.2, DOUBLE, 0.1 0.10000000149011612 0.20000000298023224",
    "FLOAT, 0.5, INT32, 16777217, DOUBLE, 0.5 16777217",
    "INT32, 7, INT64, 7 10000000000, INT64, 10000000000 7",
    "FLOAT, 0.1, BOOL, 1, FLOAT, 0.1 1"
  })
  void aColumnWhoseNumbersBecomeAnotherTypeHoldsBoth(
      ElementType first, String some, ElementType then, String more, ElementType held, String all)
      throws Exception {
    harness.start(Fixtures.monitor(), null);
    harness.add(List.of(withColumn(first, numbers(first, some))));
    harness.start(Fixtures.monitor(), harness.snapshot());
    harness.add(List.of(withColumn(then, numbers(then, more))));
    harness.processWatermark(99);
    ColumnProfile column = label(harness.published());
    assertThat(column.valueType()).isEqualTo(held);
    assertThat(column.values()).containsOnlyKeys(all.split(" "));
  }

  private static NumberStatistics numbers(ElementType type, String numbers) {
    NumberStatistics statistics = new NumberStatistics(Grid.universal(), 20);
    for (String number : numbers.split(" ")) {
      statistics.add(new double[] {NumberText.parse(number, type)}, 1);
    }
    return statistics;
  }

  @Test
  void aColumnThatBecomesAnArrayBeginsAnew() throws Exception {
    harness.start(Fixtures.monitor(), null);
    harness.add(List.of(withColumn(ElementType.DOUBLE, numbers(ElementType.DOUBLE, "1 2 3 4"))));
    harness.start(Fixtures.monitor(), harness.snapshot());
    NumberStatistics array = numbers(ElementType.DOUBLE, "5 6");
    array.sizes().add(2);
    harness.add(List.of(withColumn(ElementType.DOUBLE, array)));
    harness.processWatermark(99);
    ColumnProfile column = label(harness.published());
    assertThat(column.values()).containsOnlyKeys("5", "6");
    assertThat(column.arrays()).isEqualTo(1);
  }

  private static WindowPartial withColumn(ElementType type, ColumnStatistics statistics) {
    WindowPartial partial = MergeHarness.partials("PT0.1S", Fixtures.SHA, 10).get(0);
    partial.columns().put("label", new PartialColumn(type, statistics));
    return partial;
  }

  @Test
  void windowsOfAnotherLengthStayApartAfterARestart() throws Exception {
    harness.start(Fixtures.monitor(), null);
    add(10);
    harness.start(Fixtures.monitor("PT1S", Duration.ZERO), harness.snapshot());
    harness.add(MergeHarness.partials("PT1S", Fixtures.SHA, 20, 120));
    harness.processWatermark(Long.MAX_VALUE);
    List<DataProfile> profiles = harness.published();
    assertThat(profiles)
        .filteredOn(profile -> profile.columns().isEmpty())
        .extracting(
            profile -> profile.window().end(),
            profile -> profile.counts().rows(),
            profile -> profile.window().length())
        .containsExactly(tuple(100L, 1L, "PT0.1S"), tuple(1000L, 2L, "PT1S"));
    assertThat(profiles).extracting(profile -> profile.window().timeZone()).containsOnly("UTC");
  }
}
