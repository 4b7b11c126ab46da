package dev.sluice.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.profile.BlockVariation;
import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.PartKind;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfilePart;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.Season;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Months of a segment, which are compared with all of its year. */
class SegmentSeasonsTest {
  private static final DriftRule RULE = new DriftRule(0.1, 0.01, 100);
  private static final ColumnProfile WARM = Samples.counts(0, 20, 40, 140, 200);
  private static final ColumnProfile COLD = Samples.counts(0, 200, 140, 40, 20);
  private static final ColumnProfile EVEN = Samples.counts(0, 100, 100, 100, 100);

  /** Months of 30 days that are warm or cold, and vary by 0.05 from year to year. */
  private static DataProfile baseline(boolean seasonal) {
    List<ProfilePart> parts = new ArrayList<>();
    List<ColumnProfile> months = new ArrayList<>();
    for (int month = 0; month < 12; month++) {
      ColumnProfile column = seasonal ? month >= 4 && month <= 8 ? WARM : COLD : EVEN;
      months.add(column);
      parts.add(Samples.part(PartKind.SEASON, Season.MONTH.nameOf(month), column));
    }
    ColumnProfile year = MergedColumn.of(months);
    parts.add(Samples.part(PartKind.SEGMENT, "A", year));
    BlockVariation variation = new BlockVariation(Duration.ofDays(30), 12, 0.05, 0, 0);
    return Samples.baseline(year.withVariation(List.of(variation))).withParts(parts);
  }

  private static ColumnDrift july(DataProfile baseline, String segment, ColumnProfile current) {
    long start = Instant.parse("2016-07-01T00:00:00Z").toEpochMilli();
    long end = Instant.parse("2016-07-31T00:00:00Z").toEpochMilli();
    ProfiledWindow window = new ProfiledWindow("", segment, start, end, "P30D", "UTC", 0);
    return new WindowJudge(RULE)
        .judge(References.of(baseline, ProfileKind.INPUT, window), Map.of("x", current))
        .get("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "B"})
  void aSeasonIsNoDriftOfASegment(String segment) {
    ColumnDrift drift = july(baseline(true), segment, WARM);
    double index = 0;
    double[] whole = {1500 / 4800.0, 1180 / 4800.0, 980 / 4800.0, 1140 / 4800.0};
    double[] warm = {0.05, 0.1, 0.35, 0.5};
    for (int cell = 0; cell < 4; cell++) {
      index += (warm[cell] - whole[cell]) * Math.log(warm[cell] / whole[cell]);
    }
    assertThat(drift.reference()).isEqualTo(segment.equals("A") ? "segment A" : "baseline");
    assertThat(drift.value()).isCloseTo(index, within(1e-12)).isGreaterThan(0.8);
    assertThat(drift.threshold())
        .isCloseTo(Math.pow(Math.sqrt(0.05) + Math.sqrt(index), 2), within(1e-12));
    assertThat(drift.verdict()).isEqualTo(DriftVerdict.OK);
  }

  @Test
  void whatIsUnlikeAnySeasonHasDrifted() {
    ColumnProfile least = Samples.counts(0, 400);
    assertThat(july(baseline(true), "A", least).verdict()).isEqualTo(DriftVerdict.DRIFT);
  }

  @Test
  void aColumnWithoutSeasonDriftsByAsLittleAsEver() {
    ColumnDrift drift = july(baseline(false), "A", WARM);
    assertThat(drift.threshold()).isEqualTo(0.1);
    assertThat(drift.verdict()).isEqualTo(DriftVerdict.DRIFT);
    assertThat(july(baseline(false), "A", EVEN).verdict()).isEqualTo(DriftVerdict.OK);
  }

  @Test
  void allSegmentsTogetherAreComparedWithTheirSeason() {
    ColumnDrift drift = july(baseline(true), "", WARM);
    assertThat(drift.reference()).isEqualTo("season 07");
    assertThat(drift.threshold()).isEqualTo(0.1);
    assertThat(drift.verdict()).isEqualTo(DriftVerdict.OK);
    assertThat(july(baseline(true), "", COLD).verdict()).isEqualTo(DriftVerdict.DRIFT);
  }

  @Test
  void theFieldThatMakesASegmentIsNotJudgedWhereThatIsUnknown() {
    DataProfile baseline = baseline(false);
    ProfiledWindow known = Samples.window(Duration.ofDays(30), "A");
    ProfiledWindow unknown = Samples.window(Duration.ofDays(30), "B");
    Map<String, ColumnProfile> current = Map.of("x", Samples.counts(0, 0, 400));
    WindowJudge judge = new WindowJudge(RULE);
    assertThat(judge.judge(References.of(baseline, ProfileKind.INPUT, unknown, "x"), current))
        .as("as of a column that the baseline lacks")
        .isEmpty();
    assertThat(judge.judge(References.of(baseline, ProfileKind.INPUT, known, "x"), current))
        .extractingByKey("x")
        .extracting(ColumnDrift::verdict)
        .isEqualTo(DriftVerdict.DRIFT);
    assertThat(judge.judge(References.of(baseline, ProfileKind.INPUT, unknown, "y"), current))
        .extractingByKey("x")
        .extracting(ColumnDrift::verdict)
        .isEqualTo(DriftVerdict.DRIFT);
  }

  /** The training year itself: three stations, twelve months each. */
  @Test
  @EnabledIf(
      value = "dev.sluice.drift.AirQuality#isHere",
      disabledReason = "../shared/data is absent")
  void noMonthOfTheTrainingYearHasDrifted() throws IOException {
    DataProfile baseline = AirQuality.baseline();
    List<String> stations = List.of("Tiantan", "Huairou", "Gucheng");
    Map<String, AirQuality.Window> months = new TreeMap<>();
    AirQuality.forEach(
        "train.csv.gz",
        (time, station, row) -> {
          if (stations.contains(station)) {
            LocalDateTime month = time.toLocalDate().withDayOfMonth(1).atStartOfDay();
            months
                .computeIfAbsent(
                    station + " " + month,
                    key -> new AirQuality.Window(baseline, station, month, month.plusMonths(1)))
                .add(row);
          }
        });
    assertThat(months).hasSize(36);
    List<String> drifted = new ArrayList<>();
    months.forEach(
        (name, month) ->
            month
                .judge()
                .forEach(
                    (column, drift) -> {
                      if (drift.verdict() == DriftVerdict.DRIFT) {
                        drifted.add(name + " " + column + " " + drift.value());
                      }
                    }));
    System.out.println("| drifted months of stations in the training year | " + drifted + " |");
    assertThat(drifted).noneMatch(name -> name.contains(" TEMP "));
  }
}
