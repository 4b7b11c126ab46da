package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.file.DataProfileFile;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The profile of a year of real readings in full, against what DuckDB (org.duckdb:duckdb_jdbc)
 * computes of the same file, which it reads by itself.
 */
@EnabledIf("hasData")
class ProfileOracleTest {
  private static final Path DATA = Path.of("../shared/data/beijing-air/train.csv.gz");

  /** DuckDB adds up doubles, the profile integers: they agree to rounding. */
  private static final double TOLERANCE = 1e-9;

  /** So many distinct numbers get an edge of the grid each; more, an edge per percentile. */
  private static final int EXACT_VALUES = 100;

  @TempDir static Path directory;
  private static DuckDb duck;
  private static DataProfile profile;
  private static String printed;

  static boolean hasData() {
    return DATA.toFile().isFile();
  }

  @BeforeAll
  static void profile() throws SQLException, IOException {
    Path out = directory.resolve("profile.json");
    CommandLineRun run =
        CommandLineRun.of(
            "profile",
            "--data=" + DATA,
            "--split=train",
            "--schema=schemas/AirQualityReading.avsc",
            "--event-time-field=ts",
            "--time-zone=+08:00",
            "--out=" + out);
    assertThat(run.code()).as(run.err()).isZero();
    printed = run.out();
    profile = DataProfileFile.read(out);
    duck = new DuckDb();
    List<String> columns = new ArrayList<>(List.of("ts", "station", "wd"));
    numbers().forEach(name -> columns.add(value(name) + " AS \"" + name + "\""));
    duck.run(
        "CREATE TABLE train AS SELECT %s FROM read_csv('%s', all_varchar = true) WHERE split = 'train'"
            .formatted(String.join(", ", columns), DATA));
    duck.run("CREATE TABLE edges (i INTEGER, edge DOUBLE)");
  }

  @AfterAll
  static void close() throws SQLException {
    if (duck != null) {
      duck.close();
    }
  }

  static List<String> numbers() {
    return List.of(
        "SO2", "NO2", "CO", "O3", "TEMP", "PRES", "DEWP", "RAIN", "WSPM", "hour", "PM10");
  }

  static List<String> texts() {
    return List.of("station", "wd");
  }

  /** Returns the column as the schema types it, widened as the profile does. */
  private static String value(String column) {
    String type = column.equals("hour") ? "BIGINT" : "FLOAT";
    return "CAST(CAST(\"" + column + "\" AS " + type + ") AS DOUBLE)";
  }

  private static ColumnProfile column(String name) {
    return profile.column(name).orElseThrow();
  }

  private static void isClose(Double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(TOLERANCE * Math.max(1, Math.abs(expected))));
  }

  @Test
  void theDataSetIsDescribed() throws SQLException {
    assertThat(profile.columns())
        .extracting(ColumnProfile::name)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(numbers(), texts()).flatMap(List::stream).toList());
    assertThat(printed).contains("21,497 rows were left out that do not have split = train");
    duck.query(
        """
        SELECT count(*), epoch_ms(min(ts::TIMESTAMPTZ)), epoch_ms(max(ts::TIMESTAMPTZ)) FROM train
        """,
        row -> {
          assertThat(profile.counts().rows()).isEqualTo(row.getLong(1)).isEqualTo(83_623);
          assertThat(profile.dataSet().rows()).isEqualTo(row.getLong(1));
          assertThat(profile.dataSet().firstEventTime()).isEqualTo(row.getLong(2));
          assertThat(profile.dataSet().lastEventTime()).isEqualTo(row.getLong(3));
        });
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void countsAndMomentsOfNumbers(String name) throws SQLException {
    ColumnProfile column = column(name);
    duck.query(
        """
        SELECT count(*), count(*) - count(x), count(*) FILTER (x = 0), min(x), max(x), favg(x),
          var_pop(x)
        FROM (SELECT "%s" AS x FROM train)
        """
            .formatted(name),
        row -> {
          assertThat(column.rows()).isEqualTo(row.getLong(1));
          assertThat(column.missing()).isEqualTo(row.getLong(2));
          assertThat(column.zeros()).isEqualTo(row.getLong(3));
          assertThat(column.min()).isEqualTo(row.getDouble(4));
          assertThat(column.max()).isEqualTo(row.getDouble(5));
          isClose(column.mean(), row.getDouble(6));
          isClose(column.variance(), row.getDouble(7));
          assertThat(column.nan() + column.positiveInfinity() + column.negativeInfinity()).isZero();
          assertThat(column.saturated()).isZero();
        });
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void everyBinOfTheGrid(String name) throws SQLException {
    ColumnProfile column = column(name);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < column.gridEdges().size(); i++) {
      rows.add("(" + i + ", '" + column.gridEdges().get(i) + "'::DOUBLE)");
    }
    duck.run("DELETE FROM edges");
    duck.run("INSERT INTO edges VALUES " + String.join(", ", rows));
    long[] upTo = new long[rows.size()];
    duck.query(
        """
        SELECT i, count(x) FROM edges LEFT JOIN (SELECT "%s" AS x FROM train) ON x <= edge GROUP BY i
        """
            .formatted(name),
        row -> upTo[row.getInt(1)] = row.getLong(2));
    List<Long> expected = new ArrayList<>();
    long before = 0;
    for (long count : upTo) {
      expected.add(count - before);
      before = count;
    }
    expected.add(column.finite() - before);
    assertThat(column.gridCounts()).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void theGridLiesOnExactQuantiles(String name) throws SQLException {
    ColumnProfile column = column(name);
    List<Double> percentiles = quantiles(name, 100);
    List<Double> deciles = quantiles(name, 10);
    List<Double> distinct = new ArrayList<>();
    duck.query(
        "SELECT DISTINCT \"%1$s\" AS x FROM train WHERE x IS NOT NULL ORDER BY x".formatted(name),
        row -> distinct.add(row.getDouble(1)));

    List<Double> wanted = distinct.size() <= EXACT_VALUES ? distinct : percentiles;
    for (double edge : wanted) {
      assertThat(nearest(column.gridEdges(), edge)).isCloseTo(edge, within(TOLERANCE));
    }
    List<Double> different = deciles.stream().distinct().toList();
    assertThat(column.massEdges()).hasSameSizeAs(different);
    for (int i = 0; i < different.size(); i++) {
      isClose(column.massEdges().get(i), different.get(i));
      assertThat(column.gridEdges()).contains(column.massEdges().get(i));
    }
    for (int i = 1; i < 100; i++) {
      var quantile = column.quantile(i / 100.0);
      assertThat(quantile.value())
          .isCloseTo(percentiles.get(i - 1), within(quantile.errorBound() + TOLERANCE));
    }
  }

  private static List<Double> quantiles(String name, int parts) throws SQLException {
    String all =
        IntStream.range(1, parts)
            .mapToObj(i -> i + " / " + parts + ".0")
            .collect(Collectors.joining(", ", "[", "]"));
    List<Double> quantiles = new ArrayList<>();
    duck.query(
        "SELECT unnest(quantile_cont(\"%s\", %s)) FROM train".formatted(name, all),
        row -> quantiles.add(row.getDouble(1)));
    return quantiles;
  }

  private static double nearest(List<Double> edges, double value) {
    return Collections.min(edges, Comparator.comparingDouble(edge -> Math.abs(edge - value)));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void everyValueOfTexts(String name) throws SQLException {
    ColumnProfile column = column(name);
    Map<String, Long> expected = new LinkedHashMap<>();
    duck.query(
        "SELECT \"%1$s\", count(*) FROM train WHERE \"%1$s\" IS NOT NULL GROUP BY 1"
            .formatted(name),
        row -> expected.put(row.getString(1), row.getLong(2)));
    assertThat(column.values()).containsExactlyInAnyOrderEntriesOf(expected);
    assertThat(column.valuesOverflow()).isFalse();
    assertThat(List.copyOf(column.values().values()))
        .isSortedAccordingTo(Comparator.reverseOrder());
    duck.query(
        """
        SELECT count(*), count(*) - count(t), min(length(t)), max(length(t)), count(DISTINCT t)
        FROM (SELECT "%s" AS t FROM train)
        """
            .formatted(name),
        row -> {
          assertThat(column.rows()).isEqualTo(row.getLong(1));
          assertThat(column.missing()).isEqualTo(row.getLong(2));
          assertThat(column.minLength()).isEqualTo(row.getInt(3));
          assertThat(column.maxLength()).isEqualTo(row.getInt(4));
          assertThat(column.values()).hasSize(row.getInt(5));
        });
  }
}
