package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.OptionException;
import dev.sluice.config.OptionReader;
import dev.sluice.expect.Bounds;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.IgnoreRowIf;
import dev.sluice.expect.SumRule;
import dev.sluice.pipeline.CapturedLog;
import dev.sluice.profile.Baselines;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What planning a job finds, each of which has its own tests, is said or refused. */
class PlannedFindingsTest {
  private static final String DEMO = "src/main/resources/models/air-quality-mlp";

  @TempDir private Path directory;

  private static JobPlan plan(String schema, String model, String... more) {
    Map<String, String> options = new HashMap<>();
    options.put("kafka.bootstrap-servers", "localhost:9092");
    options.put("features.schema", schema);
    options.put("model.uri", model);
    for (int i = 0; i < more.length; i += 2) {
      options.put(more[i], more[i + 1]);
    }
    return JobPlanner.plan(OptionReader.read(options));
  }

  /** Returns what planning says, without the data profile's name in front. */
  private static List<String> said(String schema, String model, String... more) {
    try (CapturedLog log = new CapturedLog()) {
      plan(schema, model, more);
      String logger = JobPlanner.class.getName() + " ";
      return log.lines().stream()
          .filter(line -> line.startsWith(logger))
          .map(line -> line.substring(logger.length()).replace("data profile: ", ""))
          .toList();
    }
  }

  private static List<String> demo(String... more) {
    return said("schemas/AirQualityReading.avsc", DEMO, more);
  }

  private String schema(List<String> fields) throws IOException {
    String json = String.join(",", fields);
    return Files.writeString(
            directory.resolve("R.avsc"),
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + json + "]}")
        .toString();
  }

  private static String field(String name, String type) {
    return "{\"name\":\"" + name + "\",\"type\":" + type + "}";
  }

  @Test
  void whatAPoorProfileLacksIsSaidOnce() throws IOException {
    FeatureLayout layout =
        new FeatureLayout(List.of(new FeatureColumn("x", ElementType.FLOAT, 1)), List.of());
    Path profile = OneRowProfile.write(layout, directory.resolve("profile.json"));
    String schema = schema(List.of(field("x", "[\"null\",\"float\"]")));
    String model = "src/test/resources/models/log-label.onnx";

    assertThat(said(schema, model, "validation.profile", profile.toString()))
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).endsWith("log-label.onnx is taken alone, without an MLmodel"),
            line -> assertThat(line).startsWith("it does not say which model it was made with"),
            line -> assertThat(line).startsWith("it does not say how much its columns vary"),
            line -> assertThat(line).startsWith("too few values to tell drift"),
            line -> assertThat(line).startsWith("it has no outputs, so that no drift is told"),
            line -> assertThat(line).startsWith("feature x may be null in records, but was never"));
    assertThat(
            said(
                schema,
                model,
                "validation.profile",
                profile.toString(),
                "profile.enabled",
                "false"))
        .as("what is about windows is not asked where there are none")
        .noneMatch(line -> line.startsWith("it does not say how much"))
        .noneMatch(line -> line.startsWith("too few values"));
  }

  @Test
  void windowsThatTellNoDriftAndSegmentsWithoutRoomAreSaid() {
    List<String> usual = demo();
    List<String> shortWindows = new ArrayList<>(demo("profile.window", "PT1M"));
    shortWindows.removeAll(usual);
    assertThat(shortWindows)
        .singleElement()
        .asString()
        .startsWith("windows of PT1M are too short to tell drift of SO2,");
    List<String> segments =
        new ArrayList<>(
            demo(
                "profile.segment-by",
                "station",
                "profile.segments",
                "Dongsi,Gucheng",
                "profile.open-windows.max",
                "1"));
    segments.removeAll(usual);
    assertThat(segments)
        .anySatisfy(line -> assertThat(line).startsWith("profile.open-windows.max is 1, but"));
  }

  /** What a partition has is not silent, but the job does not read it while it waits. */
  @Test
  void segmentsThatAMaxDriftMaySilenceAreSaid() {
    String[] whole = {"event-time.max-drift", "7 d"};
    List<String> segments =
        List.of("profile.segment-by", "station", "profile.segments", "Dongsi,Gucheng");
    List<String> both = Stream.concat(segments.stream(), Stream.of(whole)).toList();
    String silence = "event-time.max-drift is 7 d: ";
    assertThat(demo(whole)).noneMatch(line -> line.startsWith(silence));
    assertThat(demo(segments.toArray(String[]::new)))
        .noneMatch(line -> line.contains("event-time.max-drift"));
    assertThat(demo(both.toArray(String[]::new)))
        .filteredOn(line -> line.startsWith(silence))
        .containsExactly(
            "event-time.max-drift is 7 d: a segment whose partitions wait for longer than"
                + " alarms.silence, which is 15 min, is called silent, though it is the job that"
                + " does not read it; expected alarms.silence of more than they wait, or 0");
    for (String off :
        List.of("alarms.silence=0", "alarms.enabled=false", "profile.enabled=false")) {
      List<String> options = new ArrayList<>(both);
      options.addAll(List.of(off.split("=")));
      assertThat(demo(options.toArray(String[]::new)))
          .as(off)
          .noneMatch(line -> line.startsWith(silence));
    }
  }

  private static Expectation sum(List<String> columns, double max) {
    return Expectation.of(
        ExpectationType.SUM,
        columns,
        new SumRule(Bounds.of(null, max), IgnoreRowIf.ANY_MISSING),
        Severity.WARNING);
  }

  private String profile(List<Expectation> expectations) throws IOException {
    Path file = directory.resolve("profile.json");
    DataProfileFile.write(Baselines.expecting(expectations), file);
    return file.toString();
  }

  @Test
  void aWindowsRecordThatIsTooLargeIsRefused() throws IOException {
    List<Expectation> many =
        IntStream.range(0, 4_000).mapToObj(i -> sum(List.of("SO2", "NO2", "CO"), i)).toList();
    String profile = profile(many);
    assertThatThrownBy(() -> demo("validation.profile", profile))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("a window's record of all columns together can have 1,");
    assertThatCode(() -> demo("validation.profile", profile, "profile.enabled", "false"))
        .as("there are no windows")
        .doesNotThrowAnyException();
  }

  @Test
  void anAlarmThatIsTooLargeIsRefusedWhereAlarmsAreWritten() throws IOException {
    List<String> names = IntStream.range(0, 600).mapToObj(i -> "x".repeat(1_000) + i).toList();
    String schema =
        schema(
            Stream.concat(Stream.of("x"), names.stream())
                .map(name -> field(name, "\"float\""))
                .collect(Collectors.toList()));
    String model = "src/test/resources/models/log-label.onnx";
    String profile = profile(List.of(sum(names, 1).withMostly(0.9)));
    assertThatThrownBy(() -> plan(schema, model, "validation.profile", profile))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("the alarm of expectation SUM ")
        .hasMessageNotContaining("a window's record of all columns together");
    assertThatCode(
            () -> plan(schema, model, "validation.profile", profile, "alarms.enabled", "false"))
        .doesNotThrowAnyException();
  }
}
