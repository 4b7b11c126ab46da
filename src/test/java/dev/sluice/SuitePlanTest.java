package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sluice.config.OptionException;
import dev.sluice.config.OptionReader;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationScope;
import dev.sluice.expect.ExpectationType;
import dev.sluice.profile.Baselines;
import dev.sluice.profile.StatedExpectations;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.Severity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Suites in the plan of a whole job. */
class SuitePlanTest {
  private static final Path TITANIC =
      Path.of("../shared/data/interop/gx-titanic_expectations.json");
  private static final String BETWEEN = "expect_column_values_to_be_between";

  @TempDir Path directory;

  private static JobPlan plan(Path suite, String... more) {
    Map<String, String> options = new HashMap<>();
    options.put("kafka.bootstrap-servers", "localhost:9092");
    options.put("features.schema", "src/test/resources/schemas/Passenger.avsc");
    options.put("model.uri", "src/test/resources/models/embedding-lookup.onnx");
    options.put("model.inputs.id", "SexCode");
    options.put("validation.profile", "none");
    options.put("validation.suite", suite.toString());
    for (List<String> pair = List.of(more); !pair.isEmpty(); pair = pair.subList(2, pair.size())) {
      options.put(pair.get(0), pair.get(1));
    }
    return JobPlanner.plan(OptionReader.read(options));
  }

  private Path suite(String... expectations) throws IOException {
    Path file = directory.resolve("suite.json");
    String list = String.join(", ", expectations);
    return Files.writeString(file, "{\"expectations\": [" + list + "], \"name\": \"s\"}");
  }

  private static String entry(String type, String kwargs) {
    return "{\"type\": \"%s\", \"kwargs\": %s}".formatted(type, kwargs.replace('\'', '"'));
  }

  @Test
  void theTitanicIsPlannedWhole() throws IOException {
    assumeThat(TITANIC).exists();
    JobPlan plan = plan(TITANIC);

    List<Expectation> all = plan.profile().allExpectations();
    assertThat(all).hasSize(10);
    assertThat(all.stream().filter(e -> e.type().scope() != ExpectationScope.SCHEMA))
        .extracting(Expectation::column)
        .containsExactly("Age", "Age", "Name", "PClass");
    assertThat(plan.layout().columns())
        .extracting(FeatureColumn::name)
        .containsExactlyInAnyOrder("SexCode", "Age", "Name", "PClass");
    byte[] state = DataProfileFile.toBytes(plan.profile());
    assertThat(DataProfileFile.read(new ByteArrayInputStream(state), "state"))
        .isEqualTo(plan.profile());
    assertThat(plan.profileSha256()).isEqualTo(DataProfileFile.sha256(state));
  }

  @Test
  void anotherSuiteIsAnotherBaseline() throws IOException {
    String to80 = entry(BETWEEN, "{'column': 'Age', 'max_value': 80}");
    String to81 = entry(BETWEEN, "{'column': 'Age', 'max_value': 81}");
    String sha = plan(suite(to80)).profileSha256();
    assertThat(plan(suite(to80)).profileSha256()).isEqualTo(sha).hasSize(64);
    assertThat(plan(suite(to81)).profileSha256()).isNotEqualTo(sha);
  }

  /** Each by itself is small enough. */
  @Test
  void regularExpressionsThatAreTooLargeTogetherAreAProblem() throws IOException {
    String[] entries =
        IntStream.range(0, 40)
            .mapToObj(i -> "(" + "a".repeat(50) + (char) ('b' + i % 20) + i + "){1000}")
            .map(regex -> "{'column': 'Name', 'regex': '" + regex + "'}")
            .map(kwargs -> entry("expect_column_values_to_match_regex", kwargs))
            .toArray(String[]::new);
    assertThatThrownBy(() -> plan(suite(entries)))
        .isInstanceOf(OptionException.class)
        .hasMessageMatching(
            "(?s).*data profile: 40 different regular expressions have 2[0-9]{6} parts with their"
                + " repeats, expected at most 2000000 in all.*");
  }

  /** As {@code profile import} folds them, which knows of no event time. */
  @Test
  void theDigestIsThatOfProfileAndSuiteWithTheSuggestionsOfAnotherEventTime() throws IOException {
    Expectation suggested =
        Expectation.of(ExpectationType.MONOTONE, "Survived", Severity.INFO).asSuggested();
    Path baseline = directory.resolve("data-profile.json");
    DataProfileFile.write(Baselines.expecting(List.of(suggested)), baseline);
    JobPlan plan =
        plan(
            suite(entry(BETWEEN, "{'column': 'Age', 'max_value': 80}")),
            "validation.profile",
            baseline.toString());

    Expectation folded = plan.profile().allExpectations().get(0);
    assertThat(plan.profile().allExpectations()).hasSize(1);
    assertThat(folded.column()).isEqualTo("Age");
    byte[] imported =
        DataProfileFile.toBytes(
            StatedExpectations.foldInto(DataProfileFile.read(baseline), List.of(folded)).profile());
    assertThat(plan.profileSha256()).isEqualTo(DataProfileFile.sha256(imported));
  }

  @Test
  void whatCannotBeEvaluatedStopsTheJobOrIsLeftOut() throws IOException {
    Path suite =
        suite(
            entry("expect_column_values_to_be_unique", "{'column': 'Name'}"),
            entry(BETWEEN, "{'column': 'Age', 'max_value': 80}"));
    assertThatThrownBy(() -> plan(suite))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining(suite + ": expectations[0]")
        .hasMessageContaining("expect_column_values_to_be_unique of Name")
        .hasMessageContaining("validation.unsupported: warn goes on without it");
    assertThat(plan(suite, "validation.unsupported", "warn").profile().allExpectations())
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          expect_column_values_to_be_betwen      | {'column': 'Age', 'max_value': 80}                   | expect_column_values_to_be_betwen
          expect_column_values_to_match_regex    | {'column': 'Name', 'regex': '(a'}                    | (a
          expect_column_values_to_be_between     | {'column': 'Age', 'min_value': 2, 'max_value': 1}    | at most max
          expect_column_values_to_be_between     | {'column': 'Age'}                                    | min_value
          expect_column_values_to_be_in_set      | {'column': 'PClass', 'value_set': 7}                 | value_set
          expect_column_values_to_not_be_null    | {'column': 'Gone'}                                   | Gone
          expect_column_values_to_not_be_null    | {'column': 'Age', 'mostly': 7}                       | mostly
          """)
  void aWrongEntryStopsTheJobByFileAndPlace(String type, String kwargs, String reason)
      throws IOException {
    Path suite = suite(entry("expect_column_to_exist", "{'column': 'Age'}"), entry(type, kwargs));
    assertThatThrownBy(() -> plan(suite))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining(suite.toString())
        .hasMessageContaining("expectations[1]")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"expectations": [{"type": | line 1
          {"name": "s"}              | expectations
          {"expectations": {}}       | expectations
          """)
  void aWrongFileStopsTheJob(String text, String place) throws IOException {
    Path suite = Files.writeString(directory.resolve("broken.json"), text);
    assertThatThrownBy(() -> plan(suite))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining(suite.toString())
        .hasMessageContaining(place);
  }

  /** The profile is state, as a file is: what is too long for it would be lost in a recovery. */
  @Test
  void aConditionThatCannotBeReadBackStopsTheJob() throws IOException {
    String names =
        IntStream.range(0, 5_000).mapToObj(i -> "'n" + i + "'").collect(Collectors.joining(","));
    String condition =
        "{'type': 'comparison', 'column': {'name': 'Sex'}, 'operator': 'IN', 'parameter': ["
            + names
            + "]}";
    Path suite =
        suite(
            entry(
                BETWEEN, "{'column': 'Age', 'max_value': 80, 'row_condition': " + condition + "}"));
    assertThatThrownBy(() -> plan(suite))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining(suite.toString())
        .hasMessageContaining("expected at most 10000");
  }
}
