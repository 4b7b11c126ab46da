package dev.sluice.monitor.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.AlarmOptions;
import dev.sluice.config.AlarmWindows;
import dev.sluice.drift.DriftRule;
import dev.sluice.drift.References;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.IgnoreRowIf;
import dev.sluice.expect.PairRule;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmKind;
import dev.sluice.profile.Baselines;
import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DriftSignKind;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.ExpectationResult;
import dev.sluice.profile.Histogram;
import dev.sluice.profile.NumberSummary;
import dev.sluice.profile.Occurrences;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.Sums;
import dev.sluice.profile.statistics.TextStatistics;
import dev.sluice.record.ElementType;
import dev.sluice.record.Severity;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class ConditionsTest {
  private static final Conditions CONDITIONS =
      new Conditions(new AlarmOptions(true, new AlarmWindows(2, 3), Duration.ZERO, 0.25, 100));

  private static Judged judged(DataProfile profile) {
    return CONDITIONS.of(profile, 5).orElseThrow();
  }

  /** Returns what is wrong and what is right about a column: {@code +DRIFT -FLAT_LINE}. */
  private static List<String> of(ColumnProfile column) {
    Judged judged = judged(Windows.input(0, column));
    List<String> all = new ArrayList<>();
    judged.wrong().forEach(finding -> all.add("+" + finding.alarm().kind()));
    judged.right().forEach(key -> all.add("-" + key.substring(0, key.indexOf('/'))));
    return all;
  }

  @Test
  void whatTheColumnWasJudgedByIsWrongOrRight() {
    assertThat(of(Windows.column("x", DriftVerdict.OK)))
        .containsExactlyInAnyOrder(
            "-DRIFT", "-FLAT_LINE", "-COLUMN_VANISHED", "-MISSING_JUMP", "-UNIT_CHANGE");
    assertThat(of(Windows.column("x", DriftVerdict.DRIFT, DriftSignKind.UNIT_CHANGE)))
        .containsExactlyInAnyOrder(
            "+DRIFT", "+UNIT_CHANGE", "-FLAT_LINE", "-COLUMN_VANISHED", "-MISSING_JUMP");
    assertThat(of(Windows.column("s", ElementType.STRING, 100, 0, DriftVerdict.OK)))
        .containsExactlyInAnyOrder("-DRIFT", "-COLUMN_VANISHED", "-MISSING_JUMP", "-NEW_CATEGORY");
    assertThat(
            of(
                Windows.column(
                    "s",
                    ElementType.STRING,
                    100,
                    0,
                    DriftVerdict.DRIFT,
                    DriftSignKind.NEW_CATEGORY)))
        .containsExactlyInAnyOrder("+DRIFT", "+NEW_CATEGORY", "-COLUMN_VANISHED", "-MISSING_JUMP");
  }

  @Test
  void whatThereWereTooFewValuesForIsNotKnown() {
    assertThat(of(Windows.column("x", 11, 0, DriftVerdict.INSUFFICIENT_DATA)))
        .containsExactly("-COLUMN_VANISHED");
    assertThat(of(Windows.column("x", 12, 0, DriftVerdict.INSUFFICIENT_DATA)))
        .containsExactlyInAnyOrder("-COLUMN_VANISHED", "-FLAT_LINE", "-MISSING_JUMP");
    assertThat(of(Windows.column("x", 100, 100, DriftVerdict.INSUFFICIENT_DATA)))
        .containsExactly("-MISSING_JUMP");
  }

  @Test
  void whatIsNotComparedIsNotKnown() {
    assertThat(of(Windows.column("s", ElementType.STRING, 100, 0, DriftVerdict.OK).withDrift(null)))
        .isEmpty();
  }

  @Test
  void whatIsNaNIsNoValue() {
    ColumnProfile few = Windows.column("x", 8, 0, DriftVerdict.INSUFFICIENT_DATA);
    assertThat(of(withNaN(few, 8))).isEmpty();
    assertThat(of(withNaN(few, 7))).containsExactly("-COLUMN_VANISHED");
    ColumnProfile many = Windows.column("x", DriftVerdict.DRIFT, DriftSignKind.VANISHED);
    assertThat(of(withNaN(many, 100))).containsExactlyInAnyOrder("+DRIFT", "+COLUMN_VANISHED");
    ColumnProfile judged = Windows.column("x", DriftVerdict.DRIFT);
    assertThat(of(withNaN(judged, 89)))
        .containsExactlyInAnyOrder("+DRIFT", "-COLUMN_VANISHED", "-MISSING_JUMP");
    assertThat(of(withNaN(judged, 88)))
        .containsExactlyInAnyOrder(
            "+DRIFT", "-COLUMN_VANISHED", "-MISSING_JUMP", "-FLAT_LINE", "-UNIT_CHANGE");
  }

  private static ColumnProfile withNaN(ColumnProfile column, long nan) {
    NumberSummary numbers = new NumberSummary(nan, 0, 0, 0, null, null, Sums.NONE, Histogram.NONE);
    return with(column, numbers, column.occurrences());
  }

  private static ColumnProfile with(
      ColumnProfile column, NumberSummary numbers, Occurrences occurrences) {
    return new ColumnProfile(
        column.name(),
        column.valueType(),
        column.rows(),
        column.missing(),
        numbers,
        column.texts(),
        column.sizes(),
        occurrences,
        column.distinct(),
        column.expectations(),
        column.drift(),
        column.note(),
        column.variation());
  }

  @Test
  void amongTooManyTextsNewOnesAreNotKnown() {
    ColumnProfile texts =
        Windows.column("s", ElementType.STRING, 1500, 0, DriftVerdict.INSUFFICIENT_DATA);
    assertThat(of(texts)).contains("-NEW_CATEGORY");
    assertThat(of(with(texts, texts.numbers(), Occurrences.UNKNOWN)))
        .containsExactlyInAnyOrder("-COLUMN_VANISHED", "-MISSING_JUMP");
  }

  @Test
  void moreTextsThanCanBeCountedAreNewIfTheBaselineHasFewer() {
    DataProfile baseline = Windows.input(0, texts(60));
    References references = References.of(baseline, ProfileKind.INPUT, baseline.window());
    ColumnProfile window = texts(2000);
    ColumnDrift drift =
        new dev.sluice.drift.WindowJudge(new DriftRule(0.1, 0.01, 100))
            .judge(references, Map.of("city", window))
            .get("city");
    assertThat(drift.verdict()).isEqualTo(DriftVerdict.INSUFFICIENT_DATA);
    assertThat(of(window.withDrift(drift))).contains("+NEW_CATEGORY").doesNotContain("-DRIFT");
  }

  private static ColumnProfile texts(int different) {
    TextStatistics statistics = new TextStatistics(TextStatistics.DEFAULT_MAX_VALUES);
    for (int i = 0; i < different; i++) {
      statistics.add("text " + i);
    }
    return statistics.toProfile("city", ElementType.STRING, List.of());
  }

  @Test
  void aColumnThatVanishedIsNotCalledMissingAsWell() {
    assertThat(
            of(
                Windows.column(
                    "x",
                    100,
                    100,
                    DriftVerdict.INSUFFICIENT_DATA,
                    DriftSignKind.VANISHED,
                    DriftSignKind.MISSING_JUMP)))
        .containsExactly("+COLUMN_VANISHED");
  }

  @Test
  void aColumnThatVanishedIsNotKnownToMissNoMore() {
    assertThat(
            of(
                Windows.column(
                    "x", 100, 100, DriftVerdict.INSUFFICIENT_DATA, DriftSignKind.VANISHED)))
        .containsExactly("+COLUMN_VANISHED");
  }

  @Test
  void aColumnWithoutAReferenceSaysNothing() {
    assertThat(of(Windows.column("x", DriftVerdict.DRIFT).withDrift(null))).isEmpty();
  }

  @Test
  void eachSignHasAnAlarmOfItsOwnWithItsMessage() {
    for (DriftSignKind kind : DriftSignKind.values()) {
      Judged judged = judged(Windows.input(0, Windows.column("x", DriftVerdict.OK, kind)));
      assertThat(judged.wrong())
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.alarm().kind().name()).endsWith(kind.name());
                assertThat(finding.alarm().message()).isEqualTo("x: it is " + kind);
              });
    }
  }

  @Test
  void theMessageOfAnExpectationOfManyColumnsNamesTheFirst() {
    List<String> names = IntStream.range(0, 10_000).mapToObj(i -> "column " + i).toList();
    Expectation expectation =
        Expectation.of(
                ExpectationType.ALL_DIFFERENT,
                names,
                new PairRule(false, IgnoreRowIf.ANY_MISSING),
                Severity.WARNING)
            .withMostly(0.9);
    Judged judged =
        judged(Baselines.summary(List.of(ExpectationResult.ofRecords(expectation, 100, 50))));
    Alarm alarm = judged.wrong().get(0).alarm();
    assertThat(alarm.columns()).isEqualTo(names);
    assertThat(alarm.message())
        .startsWith("column 0, column 1, ")
        .contains("…: got 50 of 100 records do not meet it, expected ")
        .hasSizeLessThan(700);
  }

  @Test
  void whatItSaysIsReadBackAsItWasWritten() throws IOException {
    JudgedSerializer serializer = new JudgedSerializer();
    for (DataProfile profile :
        List.of(
            Windows.rejected(1, 30),
            Windows.output(
                2, Windows.column("x", DriftVerdict.DRIFT, DriftSignKind.UNIT_CHANGE)))) {
      Judged judged = judged(profile);
      DataOutputSerializer out = new DataOutputSerializer(64);
      serializer.serialize(judged, out);
      assertThat(serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
          .isEqualTo(judged);
    }
  }

  @Test
  void everyKindOfAlarmComesFromSomewhere() {
    List<AlarmKind> ofSigns =
        Arrays.stream(DriftSignKind.values()).map(ColumnConditions::alarmKind).toList();
    assertThat(
            List.of(
                ofSigns,
                List.of(
                    AlarmKind.DRIFT,
                    AlarmKind.EXPECTATION,
                    AlarmKind.REJECT_SHARE,
                    AlarmKind.FEED_SILENT)))
        .flatMap((Collection<AlarmKind> kinds) -> kinds)
        .containsExactlyInAnyOrder(AlarmKind.values());
  }
}
