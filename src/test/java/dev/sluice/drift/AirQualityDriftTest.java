package dev.sluice.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DriftSignKind;
import dev.sluice.profile.DriftVerdict;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Three years of air quality against the year before, by year, by month and by day and station; the
 * indexes by year and by month are computed with numpy and pandas by others ({@code
 * drift-by-year.csv}, {@code drift-by-month.csv}): ten quantile bins, closed on the right, shares
 * floored at 1e-4. Those of a month are of its own deciles there, and of the edges of the grid next
 * to them here.
 */
@EnabledIf(
    value = "dev.sluice.drift.AirQuality#isHere",
    disabledReason = "../shared/data is absent")
class AirQualityDriftTest {
  private static final double DRIFTED = 0.2;

  /** Where something is known to have failed; judging all twelve by day takes its time. */
  private static final Set<String> STATIONS =
      Set.of("Gucheng", "Dingling", "Guanyuan", "Tiantan", "Shunyi", "Aotizhongxin");

  private static DataProfile baseline;
  private static final Map<LocalDate, Map<String, ColumnDrift>> YEARS = new TreeMap<>();
  private static final Map<LocalDate, Map<String, ColumnDrift>> MONTHS = new TreeMap<>();

  /** {@code kind column station}, and the days it was found on. */
  private static final Map<String, List<LocalDate>> SIGNS = new TreeMap<>();

  @BeforeAll
  static void judgeTheStream() throws IOException {
    baseline = AirQuality.baseline();
    Map<LocalDate, AirQuality.Window> years = new TreeMap<>();
    Map<LocalDate, AirQuality.Window> months = new TreeMap<>();
    Map<String, AirQuality.Window> days = new TreeMap<>();
    AirQuality.forEach(
        "stream.csv.gz",
        (time, station, row) -> {
          LocalDateTime day = time.toLocalDate().atStartOfDay();
          LocalDateTime month = day.withDayOfMonth(1);
          LocalDateTime year = month.minusMonths(2).withMonth(3).withDayOfMonth(1);
          years
              .computeIfAbsent(year.toLocalDate(), d -> window("", year, year.plusYears(1)))
              .add(row);
          months
              .computeIfAbsent(month.toLocalDate(), d -> window("", month, month.plusMonths(1)))
              .add(row);
          if (!STATIONS.contains(station)) {
            return;
          }
          AirQuality.Window last = days.get(station);
          if (last == null || !last.start().equals(day)) {
            noteSigns(station, last);
            days.put(station, window(station, day, day.plusDays(1)));
          }
          days.get(station).add(row);
        });
    days.forEach(AirQualityDriftTest::noteSigns);
    years.forEach((start, window) -> YEARS.put(start, window.judge()));
    months.forEach((start, window) -> MONTHS.put(start, window.judge()));
  }

  private static AirQuality.Window window(String segment, LocalDateTime start, LocalDateTime end) {
    return new AirQuality.Window(baseline, segment, start, end);
  }

  private static void noteSigns(String station, AirQuality.Window window) {
    if (window != null) {
      window
          .judge()
          .forEach(
              (column, drift) ->
                  drift
                      .signs()
                      .forEach(
                          sign ->
                              SIGNS
                                  .computeIfAbsent(
                                      sign.kind() + " " + column + " " + station,
                                      key -> new ArrayList<>())
                                  .add(window.start().toLocalDate())));
    }
  }

  @Test
  void everyColumnDriftsByYearAsTheReferenceSays() throws IOException {
    assertThat(YEARS).hasSize(3);
    try (CsvReader<NamedCsvRecord> reference =
        CsvReader.builder().ofNamedCsvRecord(AirQuality.DATA.resolve("drift-by-year.csv"))) {
      for (NamedCsvRecord expected : reference) {
        LocalDate start = LocalDate.parse(expected.getField("period").substring(0, 7) + "-01");
        YEARS
            .get(start)
            .forEach(
                (column, drift) -> {
                  // The reference is rounded to four decimals.
                  assertThat(drift.value())
                      .as("PSI of %s from %s", column, start)
                      .isCloseTo(Double.parseDouble(expected.getField(column)), within(0.0000501));
                  assertThat(drift.reference()).isEqualTo("baseline");
                });
      }
    }
  }

  @Test
  void sulphurDioxideRanksFirstInEachYear() {
    YEARS.forEach(
        (start, columns) -> {
          assertThat(
                  columns.entrySet().stream()
                      .max(Comparator.comparing(column -> column.getValue().value())))
              .hasValueSatisfying(first -> assertThat(first.getKey()).isEqualTo("SO2"));
          assertThat(columns.get("SO2").verdict()).isEqualTo(DriftVerdict.DRIFT);
        });
    assertThat(YEARS.values())
        .allSatisfy(
            columns ->
                assertThat(columns.values())
                    .filteredOn(drift -> drift.verdict() == DriftVerdict.DRIFT)
                    .hasSizeLessThanOrEqualTo(2));
  }

  @Test
  void aMonthIsComparedWithTheSameMonth() throws IOException {
    Map<String, Integer> reference = new LinkedHashMap<>();
    Map<String, Integer> drifted = new LinkedHashMap<>();
    Map<String, Integer> verdicts = new LinkedHashMap<>();
    try (CsvReader<NamedCsvRecord> rows =
        CsvReader.builder().ofNamedCsvRecord(AirQuality.DATA.resolve("drift-by-month.csv"))) {
      for (NamedCsvRecord row : rows) {
        MONTHS
            .get(LocalDate.parse(row.getField("month") + "-01"))
            .forEach(
                (column, drift) -> {
                  double psi = Double.parseDouble(row.getField("psi_same_month_" + column));
                  reference.merge(column, psi > DRIFTED ? 1 : 0, Integer::sum);
                  drifted.merge(column, drift.value() > DRIFTED ? 1 : 0, Integer::sum);
                  verdicts.merge(
                      column, drift.verdict() == DriftVerdict.DRIFT ? 1 : 0, Integer::sum);
                  assertThat(drift.reference())
                      .isEqualTo("season " + row.getField("month").substring(5));
                });
      }
    }
    System.out.println("| column | months above 0.2 | by others | drifted | longest run |");
    System.out.println("|---|---|---|---|---|");
    drifted.forEach(
        (column, count) ->
            System.out.printf(
                "| %s | %d | %d | %d | %d |%n",
                column, count, reference.get(column), verdicts.get(column), longestRun(column)));
    assertThat(drifted.get("SO2")).isEqualTo(33).isEqualTo(reference.get("SO2"));
    drifted.forEach(
        (column, count) ->
            assertThat(count).as(column).isCloseTo(reference.get(column), within(2)));
    assertThat(verdicts.get("SO2")).isEqualTo(Collections.max(verdicts.values())).isEqualTo(33);
    assertThat(verdicts.get("TEMP")).isLessThanOrEqualTo(4);
    assertThat(verdicts.get("PRES")).isLessThanOrEqualTo(4);
    assertThat(verdicts.get("station")).isZero();
    drifted.keySet().stream()
        .filter(column -> !column.equals("SO2"))
        .forEach(column -> assertThat(longestRun(column)).as(column).isLessThan(longestRun("SO2")));
    assertThat(longestRun("SO2")).isGreaterThanOrEqualTo(24);
  }

  private static int longestRun(String column) {
    int longest = 0;
    int run = 0;
    for (Map<String, ColumnDrift> month : MONTHS.values()) {
      run = month.get(column).value() > DRIFTED ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  @Test
  void flatLinesAreNamed() {
    assertThat(days(DriftSignKind.FLAT_LINE, "SO2", "Gucheng"))
        .containsAll(LocalDate.of(2015, 8, 6).datesUntil(LocalDate.of(2015, 8, 14)).toList());
    assertThat(days(DriftSignKind.FLAT_LINE, "CO", "Dingling"))
        .contains(LocalDate.of(2014, 5, 26), LocalDate.of(2014, 5, 27));
    assertThat(days(DriftSignKind.FLAT_LINE, "O3", "Guanyuan"))
        .contains(LocalDate.of(2017, 1, 2), LocalDate.of(2017, 1, 3));
  }

  @Test
  void outagesAreNamed() {
    assertThat(days(DriftSignKind.VANISHED, "SO2", "Tiantan"))
        .containsAll(LocalDate.of(2014, 5, 16).datesUntil(LocalDate.of(2014, 6, 3)).toList());
    assertThat(days(DriftSignKind.VANISHED, "O3", "Shunyi"))
        .containsAll(LocalDate.of(2016, 9, 6).datesUntil(LocalDate.of(2016, 9, 26)).toList());
    assertThat(days(DriftSignKind.VANISHED, "CO", "Aotizhongxin"))
        .containsAll(LocalDate.of(2014, 12, 18).datesUntil(LocalDate.of(2014, 12, 31)).toList());
  }

  /** Of 72,336 columns of a station's day. */
  @Test
  void littleElseIsNamed() {
    Map<String, Integer> counts = new TreeMap<>();
    SIGNS.forEach(
        (sign, days) ->
            counts.merge(sign.substring(0, sign.lastIndexOf(' ')), days.size(), Integer::sum));
    System.out.println(counts);
    assertThat(counts.keySet())
        .noneMatch(sign -> sign.startsWith("UNIT_CHANGE") || sign.startsWith("NEW_CATEGORY"))
        .filteredOn(sign -> sign.startsWith("FLAT_LINE"))
        .containsExactly("FLAT_LINE CO", "FLAT_LINE NO2", "FLAT_LINE O3", "FLAT_LINE SO2");
    assertThat(counts.get("FLAT_LINE CO")).isLessThan(30);
    assertThat(counts.get("FLAT_LINE O3")).isLessThan(45);
  }

  private static List<LocalDate> days(DriftSignKind kind, String column, String station) {
    return SIGNS.getOrDefault(kind + " " + column + " " + station, List.of());
  }

  @Test
  void theBaselineCountsEveryRow() {
    assertThat(baseline.counts().rows()).isEqualTo(105_120);
    for (ColumnProfile column : baseline.columns()) {
      assertThat(column.rows()).isEqualTo(105_120);
    }
    ColumnProfile so2 = baseline.column("SO2").orElseThrow();
    assertThat(so2.massEdges()).hasSize(9);
    assertThat(baseline.column("RAIN").orElseThrow().massEdges()).containsExactly(0.0);
    assertThat(baseline.column("station").orElseThrow().values()).hasSize(12);
    // Every bin between mass edges holds about a tenth, ties aside.
    assertThat(so2.quantile(0.5).errorBound()).isLessThan(1);
  }
}
