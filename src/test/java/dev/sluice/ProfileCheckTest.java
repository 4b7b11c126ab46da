package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.OutputOptions;
import dev.sluice.config.WindowSize;
import dev.sluice.model.ModelSignature;
import dev.sluice.model.TensorInfo;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.PartKind;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfilePart;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileCheckTest {
  @Test
  void eachSegmentNeedsAnOpenWindow() {
    assertThat(ProfileCheck.segments(1000, 1000).warnings()).isEmpty();
    assertThat(ProfileCheck.segments(1001, 1000).warnings())
        .singleElement()
        .asString()
        .startsWith("profile.open-windows.max is 1000, but there are 1001 segments")
        .contains("expected 1001 or more");
    assertThat(ProfileCheck.segments(1001, 1000).problems()).isEmpty();
  }

  @Test
  void soManyColumnsThatOpenWindowsTakeAllMemoryAreNamed() {
    assertThat(openWindows(30, 1, 1000)).isEmpty();
    assertThat(openWindows(200, 1, 1000)).as("4 GB").isEmpty();
    assertThat(openWindows(2000, 1, 100)).as("4 GB").isEmpty();
    assertThat(openWindows(2000, 100, 1000))
        .containsExactly(
            "profile.open-windows.max is 1000: where so many windows are open at once, as in a"
                + " backfill or with partitions that are far apart in event time, those of 2000"
                + " columns take about 40 GB of memory in each subtask; expected 100 or less, or as"
                + " much memory");
    assertThat(openWindows(2000, 101, 200))
        .singleElement()
        .asString()
        .endsWith(
            "about 8 GB of memory in each subtask; expected fewer than 101 segments, or as much memory");
    assertThat(openWindows(1, 1, Integer.MAX_VALUE))
        .singleElement()
        .asString()
        .contains("200000 or less");
    assertThat(openWindows(0, 1, 1000)).isEmpty();
  }

  private static List<String> openWindows(int columns, int segments, int maxOpen) {
    List<FeatureColumn> features =
        IntStream.range(0, columns)
            .mapToObj(i -> new FeatureColumn("x" + i, ElementType.FLOAT, 1))
            .toList();
    return ProfileCheck.openWindows(
            new FeatureLayout(features, List.of()), DataProfile.empty(), segments, maxOpen)
        .warnings();
  }

  /** The demo's baseline of hourly measurements, whose days differ much from one another. */
  @ParameterizedTest
  @CsvSource({"PT1M", "PT1H"})
  void windowsThatAreTooShortToTellDriftAreNamed(String window) throws IOException {
    DataProfile profile = demo();
    assertThat(ProfileCheck.reach(profile, WindowSize.parse(window), 0.1).warnings())
        .singleElement()
        .asString()
        .startsWith("data profile: windows of " + window + " are too short to tell drift of SO2,")
        .contains(" more, whose values")
        .contains(" TEMP and 9 more,") // the hour, too: of each day the same, and of no hour
        .endsWith("expected profile.window of PT22H or more for all of them");
    assertThat(ProfileCheck.reach(profile, WindowSize.parse("P1D"), 0.1).warnings()).isEmpty();
    assertThat(ProfileCheck.reach(profile, WindowSize.parse("P1M"), 0.1).warnings()).isEmpty();
  }

  @Test
  void anEffectThatNoIndexReachesIsNamed() throws IOException {
    DataProfile profile = demo();
    assertThat(ProfileCheck.reach(profile, WindowSize.parse("P1M"), 20).warnings())
        .singleElement()
        .asString()
        .startsWith("drift.min-effect is 20.0, more than the index of SO2,");
    assertThat(ProfileCheck.reach(profile, WindowSize.parse("P1M"), 1).warnings()).isEmpty();
  }

  @Test
  void aProfileWithoutOutputsTellsNoDriftOfThem() throws IOException {
    DataProfile profile = demo();
    ModelSignature signature =
        new ModelSignature(
            List.of(), List.of(new TensorInfo("p_unhealthy", ElementType.FLOAT, List.of(-1L, 1L))));
    assertThat(ProfileCheck.outputs(OutputOptions.NONE, signature, profile).warnings()).isEmpty();
    DataProfile without = of(profile.columns(), List.of());
    assertThat(ProfileCheck.outputs(OutputOptions.NONE, signature, without).warnings())
        .containsExactly(
            "data profile: it has no outputs, so that no drift is told of [p_unhealthy]; expected one"
                + " made with --model");
    DataProfile none = of(List.of(), List.of());
    assertThat(ProfileCheck.outputs(OutputOptions.NONE, signature, none).warnings()).isEmpty();
  }

  @Test
  void howMuchDataVariationTakesDependsOnTheSeasons() throws IOException {
    List<ColumnProfile> columns =
        demo().columns().stream().map(column -> column.withVariation(List.of())).toList();
    DataProfile profile = of(columns, List.of());
    assertThat(ProfileCheck.variation(demo()).warnings()).isEmpty();
    assertThat(ProfileCheck.variation(profile).warnings())
        .singleElement()
        .asString()
        .contains("a profile of a week or more of data that was made with --event-time-field");
    assertThat(ProfileCheck.variation(profile.withParts(List.of(season("07")))).warnings())
        .singleElement()
        .asString()
        .contains("a profile of a week or more of data");
    assertThat(ProfileCheck.variation(profile.withParts(List.of(season("MON 07")))).warnings())
        .singleElement()
        .asString()
        .contains("a profile of five weeks or more of data");
  }

  private static ProfilePart season(String value) {
    return new ProfilePart(PartKind.SEASON, "", value, 1, List.of(), List.of());
  }

  private static DataProfile demo() throws IOException {
    return DataProfileFile.read(
        Path.of("src/main/resources/models/air-quality-mlp/data-profile.json"));
  }

  private static DataProfile of(List<ColumnProfile> columns, List<ColumnProfile> outputs) {
    return new DataProfile(
        ProfileKind.BASELINE,
        ProfiledModel.NONE,
        ProfiledWindow.none("UTC"),
        RowCounts.of(100),
        columns,
        outputs,
        List.of(),
        null,
        "test");
  }
}
