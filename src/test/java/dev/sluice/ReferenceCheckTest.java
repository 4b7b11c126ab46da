package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.DriftOptions;
import dev.sluice.config.ProfileOptions;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.PartKind;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfilePart;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.Season;
import dev.sluice.profile.SizeSummary;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.profile.statistics.TextStatistics;
import dev.sluice.record.ElementType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceCheckTest {
  private static final List<Double> EDGES = List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0);
  private static final String TAKES =
      "; it takes more training data, fewer seasons or a larger drift.min-effect";

  private static List<String> warnings(DataProfile profile, String... options) {
    Configuration configuration = new Configuration();
    configuration.setString("profile.time-zone", "UTC");
    for (int i = 0; i < options.length; i += 2) {
      configuration.setString(options[i], options[i + 1]);
    }
    return ReferenceCheck.check(
            profile, ProfileOptions.from(configuration), DriftOptions.from(configuration))
        .warnings();
  }

  private static DataProfile baseline(ColumnProfile... columns) {
    return new DataProfile(
        ProfileKind.BASELINE,
        ProfiledModel.NONE,
        ProfiledWindow.none("UTC"),
        RowCounts.of(columns[0].rows()),
        List.of(columns),
        List.of(),
        List.of(),
        null,
        "test");
  }

  /** So many different texts, each as often. */
  private static ColumnProfile texts(String name, int different, int times) {
    TextStatistics statistics = new TextStatistics(TextStatistics.DEFAULT_MAX_VALUES);
    IntStream.range(0, different).forEach(i -> statistics.add("text " + i, times));
    return statistics.toProfile(name, ElementType.STRING, List.of());
  }

  /** The numbers 1 to 10 in turn. */
  private static ColumnProfile numbers(String name, int rows) {
    NumberStatistics statistics = new NumberStatistics(Grid.of(EDGES), 10);
    statistics.add(IntStream.range(0, rows).mapToDouble(i -> i % 10 + 1).toArray(), rows);
    return statistics.toProfile(name, ElementType.DOUBLE, EDGES);
  }

  /** By scipy, chi2.isf(0.01, 499) is 575.42 and chi2.isf(0.01, 9) is 21.67. */
  @Test
  void aBaselineWithTooFewValuesForItsTextsIsNamed() {
    DataProfile profile = baseline(texts("city", 500, 10), numbers("x", 217), numbers("y", 216));
    assertThat(warnings(profile))
        .containsExactly(
            "data profile: too few values to tell drift, however many a window has, of city (got"
                + " 5000 in baseline, expected 5755 or more), y (got 216 in baseline, expected 217"
                + " or more)"
                + TAKES);
    assertThat(warnings(profile, "drift.min-effect", "0.12")).isEmpty();
    assertThat(warnings(baseline(texts("city", 500, 12)))).isEmpty();
    assertThat(warnings(baseline(texts("city", 2, 30), numbers("x", 300)))) // drift.min-rows
        .singleElement()
        .asString()
        .contains("of city (got 60 in baseline, expected 100 or more);");
  }

  @Test
  void aBaselineWithTooFewArraysIsNamed() {
    ColumnProfile few = numbers("v", 6000).withSizes(new SizeSummary(60, 100, 100));
    assertThat(warnings(baseline(few)))
        .singleElement()
        .asString()
        .contains("of v (got 6000 in baseline, expected 10000 or more);");
    ColumnProfile enough = numbers("v", 10_000).withSizes(new SizeSummary(100, 100, 100));
    assertThat(warnings(baseline(enough))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PT1H, 200, true",
    "PT1H, 217, false",
    "PT2H, 200, false",
    "P1D, 200, false",
  })
  void seasonsWithTooFewValuesAreNamed(String window, int rows, boolean isSmall) {
    List<ProfilePart> parts =
        IntStream.range(0, Season.HOUR_OF_WEEK.parts())
            .mapToObj(Season.HOUR_OF_WEEK::nameOf)
            .map(name -> season(name, rows))
            .toList();
    DataProfile profile = baseline(numbers("x", rows * parts.size())).withParts(parts);
    List<String> warnings = warnings(profile, "profile.window", window);
    if (isSmall) {
      assertThat(warnings)
          .containsExactly(
              "data profile: too few values to tell drift, however many a window has, of x (got 200"
                  + " in season FRI 00, expected 217 or more)"
                  + TAKES);
    } else {
      assertThat(warnings).isEmpty();
    }
  }

  @Test
  void theSmallestSeasonCounts() {
    DataProfile profile =
        baseline(numbers("x", 600))
            .withParts(List.of(season("02", 300), season("03", 100), season("04", 200)));
    assertThat(warnings(profile, "profile.window", "P1D"))
        .singleElement()
        .asString()
        .contains("x (got 100 in season 03, expected 217 or more)");
  }

  private static ProfilePart season(String name, int rows) {
    return new ProfilePart(PartKind.SEASON, "", name, rows, List.of(numbers("x", rows)), List.of());
  }

  @Test
  void atMostFiveColumnsAreNamed() {
    ColumnProfile[] columns =
        IntStream.range(0, 7).mapToObj(i -> numbers("x" + i, 50)).toArray(ColumnProfile[]::new);
    assertThat(warnings(baseline(columns)))
        .singleElement()
        .asString()
        .contains("x4 (got 50 in baseline, expected 217 or more) and 2 more;")
        .doesNotContain("x5");
  }

  @Test
  void theDemosBaselineIsLargeEnough() throws IOException {
    DataProfile profile =
        DataProfileFile.read(
            Path.of("src/main/resources/models/air-quality-mlp/data-profile.json"));
    for (String window : List.of("PT1H", "P1D", "P1M")) {
      assertThat(warnings(profile, "profile.window", window)).isEmpty();
    }
    assertThat(warnings(DataProfile.empty())).isEmpty();
  }
}
