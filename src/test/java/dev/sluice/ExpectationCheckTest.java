package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.OptionException;
import dev.sluice.config.OptionReader;
import dev.sluice.expect.Bounds;
import dev.sluice.expect.Condition;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.IgnoreRowIf;
import dev.sluice.expect.MaxAge;
import dev.sluice.expect.NoParameters;
import dev.sluice.expect.PairRule;
import dev.sluice.expect.Parameters;
import dev.sluice.expect.Patterns;
import dev.sluice.expect.ValueSet;
import dev.sluice.model.verify.Findings;
import dev.sluice.profile.Baselines;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpectationCheckTest {
  private static final String SCHEMA =
      """
      {"type":"record","name":"R","fields":[
        {"name":"x","type":"float"},
        {"name":"n","type":["null","double"]},
        {"name":"s","type":"string"},
        {"name":"v","type":{"type":"array","items":"float"}},
        {"name":"ts","type":{"type":"long","logicalType":"timestamp-millis"}}]}""";

  @TempDir private Path directory;

  @Test
  void namesAllFieldsThatTheSchemaLacks() {
    assertThat(
            check(
                    of(ExpectationType.PRESENT, NoParameters.NONE, "gone"),
                    Expectation.range("x", 0.0, 1.0, Severity.INFO)
                        .withWhen(Condition.parse("lost == 1")),
                    of(ExpectationType.MEAN, Bounds.of(0.0, 1.0), "away"))
                .problems())
        .containsExactly(
            "data profile: expectations[0]: PRESENT is about field gone, which the schema R lacks",
            "data profile: expectations[1]: RANGE has a condition on field lost, which the schema R lacks",
            "data profile: expectations[2]: MEAN is about field away, which the schema R lacks");
  }

  @Test
  void namesFieldsOfAnotherKind() {
    Patterns regex = new Patterns(List.of("a"), false);
    Bounds bounds = Bounds.of(0.0, 1.0);
    PairRule pair = new PairRule(false, IgnoreRowIf.NEVER);
    assertThat(
            check(
                    of(ExpectationType.REGEX, regex, "x"),
                    of(ExpectationType.RANGE, bounds, "s"),
                    of(ExpectationType.MEDIAN, bounds, "s"),
                    of(ExpectationType.ARRAY_SIZE, bounds, "x"),
                    of(ExpectationType.PAIR_EQUAL, pair, "x", "s"),
                    Expectation.range("x", 0.0, 1.0, Severity.INFO)
                        .withWhen(Condition.parse("v > 1")))
                .problems())
        .containsExactly(
            "data profile: expectations[0]: REGEX is about field x, which is FLOAT, expected a text",
            "data profile: expectations[1]: RANGE is about field s, which is STRING, expected a number",
            "data profile: expectations[2]: MEDIAN is about field s, which is STRING, expected a number",
            "data profile: expectations[3]: ARRAY_SIZE is about field x, which is FLOAT, expected an array",
            "data profile: expectations[4]: PAIR_EQUAL compares x, which is FLOAT, with s, which is STRING, expected two numbers or two texts",
            "data profile: expectations[5]: RANGE has a condition on field v, which is an array, expected a single value");
  }

  @Test
  void judgesTheSchema() {
    Findings met =
        check(
            of(ExpectationType.EXISTS, NoParameters.NONE, "x"),
            of(ExpectationType.SCHEMA_TYPE, new ValueSet(Set.of("int", "FLOAT32")), "x"),
            of(ExpectationType.SCHEMA_TYPE, new ValueSet(Set.of("double")), "n"),
            of(ExpectationType.SCHEMA_TYPE, new ValueSet(Set.of("VARCHAR(20)")), "s"),
            of(ExpectationType.SCHEMA_TYPE, new ValueSet(Set.of("timestamp-millis")), "ts"));
    assertThat(met.problems()).isEmpty();
    Expectation exists = of(ExpectationType.EXISTS, NoParameters.NONE, "y");
    Findings not =
        check(
            exists,
            exists.withSeverity(Severity.WARNING),
            exists.withSeverity(Severity.INFO),
            of(ExpectationType.SCHEMA_TYPE, new ValueSet(Set.of("int")), "x"));
    assertThat(not.problems())
        .containsExactly(
            "data profile: expectations[0]: EXISTS is about field y, which the schema R lacks",
            "data profile: expectations[3]: SCHEMA_TYPE is about field x, which is float, expected type one of int");
    assertThat(not.warnings()).hasSize(1);
    assertThat(not.notes()).hasSize(1);
  }

  @Test
  void wantsTheFieldOfTheEventTime() {
    DataProfile profile =
        profile(of(ExpectationType.FRESHNESS, new MaxAge(Duration.ofHours(1)), "ts"));
    assertThat(ExpectationCheck.eventTime(profile, "features.event-time.field", "ts").problems())
        .isEmpty();
    assertThat(ExpectationCheck.eventTime(profile, "features.event-time.field", "").problems())
        .containsExactly(
            "data profile: expectations[0]: FRESHNESS is about column ts, but"
                + " features.event-time.field is not set, expected the same field");
  }

  @Test
  void namesWhatIsNotEvaluatedOfOutputs() {
    Expectation range = Expectation.range("p", 0.0, 1.0, Severity.CRITICAL);
    Expectation mean = of(ExpectationType.MEAN, Bounds.of(0.0, 1.0), "p");
    ColumnProfile output =
        ColumnProfile.empty("p", ElementType.FLOAT).withExpectations(List.of(mean, range));
    DataProfile empty = DataProfile.empty();
    DataProfile profile =
        new DataProfile(
            empty.kind(),
            empty.model(),
            empty.window(),
            empty.counts(),
            List.of(),
            List.of(output),
            List.of(),
            null,
            "");
    assertThat(ExpectationCheck.outputs(profile).warnings())
        .containsExactly(
            "data profile: outputs[0].expectations[1]: RANGE is about output p, of which windows"
                + " alone are judged; it is not evaluated");
  }

  @Test
  void decodesWhatIsExpectedOf() throws IOException {
    JobPlan plan =
        plan(
            Expectation.range("n", 0.0, 1.0, Severity.WARNING),
            Expectation.range("x", 0.0, 1.0, Severity.WARNING)
                .withWhen(Condition.parse("s == 'a'")),
            of(ExpectationType.MONOTONE, NoParameters.NONE, "ts"));
    assertThat(plan.layout().columns())
        .extracting(FeatureColumn::name)
        .containsExactlyInAnyOrder("x", "n", "s");
  }

  @Test
  void leavesOutWhatWasSuggestedOfAnotherEventTime() throws IOException {
    Expectation monotone = of(ExpectationType.MONOTONE, NoParameters.NONE, "x");
    assertThat(plan(monotone.asSuggested()).profile().expectations()).isEmpty();
    Expectation same = of(ExpectationType.MONOTONE, NoParameters.NONE, "ts").asSuggested();
    assertThat(plan(same).profile().expectations()).containsExactly(same);
  }

  @Test
  void stopsBeforeTheJobStartsWithAllProblems() {
    assertThatThrownBy(
            () ->
                plan(
                    of(ExpectationType.PRESENT, NoParameters.NONE, "gone"),
                    of(ExpectationType.REGEX, new Patterns(List.of("a"), false), "x"),
                    of(ExpectationType.ARRAY_SIZE, Bounds.of(0.0, 1.0), "v"),
                    of(ExpectationType.MONOTONE, NoParameters.NONE, "x")))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("expectations[0]: PRESENT is about field gone")
        .hasMessageContaining("expectations[1]: REGEX is about field x")
        .hasMessageContaining("field v is an array, expected a single value")
        .hasMessageContaining("expectations[3]: MONOTONE is about column x");
  }

  private JobPlan plan(Expectation... expectations) throws IOException {
    Path schema = directory.resolve("r.avsc");
    Files.writeString(schema, SCHEMA);
    Path profile = directory.resolve("profile.json");
    DataProfileFile.write(profile(expectations), profile);
    Map<String, String> options = new HashMap<>();
    options.put("kafka.bootstrap-servers", "localhost:9092");
    options.put("features.schema", schema.toString());
    options.put("features.event-time.field", "ts");
    options.put("model.uri", "src/test/resources/models/log-label.onnx");
    options.put("validation.profile", profile.toString());
    return JobPlanner.plan(OptionReader.read(options));
  }

  private static Findings check(Expectation... expectations) {
    Schema schema = new Schema.Parser().parse(SCHEMA);
    List<String> problems = new ArrayList<>();
    DataProfile profile = profile(expectations);
    LayoutPlanner planner = new LayoutPlanner(schema, problems).profile(profile);
    return ExpectationCheck.check(schema, planner.columns(), profile);
  }

  private static Expectation of(ExpectationType type, Parameters parameters, String... columns) {
    return Expectation.of(type, List.of(columns), parameters, Severity.CRITICAL);
  }

  private static DataProfile profile(Expectation... expectations) {
    return Baselines.expecting(List.of(expectations));
  }
}
