package dev.sluice.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DriftSign;
import dev.sluice.profile.DriftSignKind;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.profile.statistics.ColumnStatistics;
import dev.sluice.profile.statistics.NumberStatistics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hours and days of the demo's twelve stations, whose baseline was measured in days and weeks. */
class DemoHoursTest {
  private static ColumnDrift judge(String column, Duration window, double... values)
      throws IOException {
    DataProfile baseline =
        DataProfileFile.read(
            Path.of("src/main/resources/models/air-quality-mlp/data-profile.json"));
    ColumnProfile known = baseline.column(column).orElseThrow();
    NumberStatistics statistics = (NumberStatistics) ColumnStatistics.comparableWith(known);
    statistics.add(values, values.length);
    ColumnProfile current = statistics.toProfile(column, known.valueType(), known.massEdges());
    return AirQuality.JUDGE
        .judge(
            References.of(baseline, ProfileKind.INPUT, Samples.window(window, "")),
            Map.of(column, current))
        .get(column);
  }

  private static double[] same(int count, double value) {
    double[] values = new double[count];
    Arrays.fill(values, value);
    return values;
  }

  @ParameterizedTest
  @CsvSource({"12", "240", "100000"})
  void theHourIsTheSameForAnHour(int rows) throws IOException {
    ColumnDrift drift = judge("hour", Duration.ofHours(1), same(rows, 5));
    assertThat(drift.verdict()).isEqualTo(DriftVerdict.INSUFFICIENT_DATA);
    assertThat(drift.signs()).isEmpty();
  }

  @Test
  void theHourIsNotTheSameForADay() throws IOException {
    ColumnDrift drift = judge("hour", Duration.ofDays(1), same(288, 5));
    assertThat(drift.verdict()).isEqualTo(DriftVerdict.DRIFT);
    assertThat(drift.signs()).extracting(DriftSign::kind).contains(DriftSignKind.FLAT_LINE);
  }

  @Test
  void aMeasurementIsNotTheSameAtAllStations() throws IOException {
    for (String column : new String[] {"SO2", "CO", "WSPM"}) {
      double median = column.equals("CO") ? 1000 : column.equals("SO2") ? 14 : 1.5;
      ColumnDrift drift = judge(column, Duration.ofHours(1), same(12, median));
      assertThat(drift.verdict()).as(column).isEqualTo(DriftVerdict.INSUFFICIENT_DATA);
      assertThat(drift.signs())
          .extracting(DriftSign::kind)
          .as(column)
          .containsExactly(DriftSignKind.FLAT_LINE);
    }
  }
}
