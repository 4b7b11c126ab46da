package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sluice.config.SuiteOptions;
import dev.sluice.config.ValidationOptions;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.model.verify.Findings;
import dev.sluice.profile.DataProfile;
import dev.sluice.record.FeatureColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteFoldTest {
  private static final Path TITANIC =
      Path.of("../shared/data/interop/gx-titanic_expectations.json");
  private static final Schema PASSENGER =
      SchemaBuilder.record("Passenger")
          .fields()
          .requiredString("Name")
          .requiredString("PClass")
          .optionalDouble("Age")
          .requiredString("Sex")
          .requiredInt("Survived")
          .requiredInt("SexCode")
          .endRecord();

  @TempDir Path directory;

  private static SuiteOptions options(Path suite, String... more) {
    Configuration configuration = new Configuration();
    configuration.setString("validation.suite", suite.toString());
    for (int i = 0; i < more.length; i += 2) {
      configuration.setString(more[i], more[i + 1]);
    }
    return ValidationOptions.from(configuration).suite();
  }

  @Test
  void allOfTheTitanicIsEvaluated() {
    assumeThat(TITANIC).exists();
    Findings findings = new Findings();
    DataProfile folded = SuiteFold.into(DataProfile.empty(), options(TITANIC), PASSENGER, findings);

    assertThat(findings.problems()).isEmpty();
    assertThat(findings.warnings()).isEmpty();
    assertThat(folded.allExpectations())
        .extracting(Expectation::type)
        .containsExactly(
            ExpectationType.EXISTS,
            ExpectationType.EXISTS,
            ExpectationType.EXISTS,
            ExpectationType.EXISTS,
            ExpectationType.EXISTS,
            ExpectationType.EXISTS,
            ExpectationType.MEAN,
            ExpectationType.RANGE,
            ExpectationType.REGEX,
            ExpectationType.SET);
    List<String> problems = new ArrayList<>();
    LayoutPlanner planner = new LayoutPlanner(PASSENGER, problems).profile(folded);
    assertThat(problems).isEmpty();
    assertThat(planner.columns()).extracting(FeatureColumn::name).contains("Age", "Name", "PClass");
    assertThat(ExpectationCheck.check(PASSENGER, planner.columns(), folded).problems()).isEmpty();
  }

  @Test
  void aFieldThatIsNotThereIsNamed() {
    assumeThat(TITANIC).exists();
    Schema other = SchemaBuilder.record("Other").fields().requiredDouble("Age").endRecord();
    Findings findings = new Findings();
    DataProfile folded = SuiteFold.into(DataProfile.empty(), options(TITANIC), other, findings);

    assertThat(findings.problems())
        .hasSize(2)
        .allMatch(line -> line.contains("is not in the records"))
        .anyMatch(line -> line.contains("expectations[8]") && line.contains("of Name"));
    assertThat(ExpectationCheck.check(other, List.of(), folded).problems())
        .filteredOn(line -> line.contains("EXISTS"))
        .hasSize(5);
  }

  @Test
  void whatCannotBeEvaluatedStopsOrWarns() throws IOException {
    Path suite =
        Files.writeString(
            directory.resolve("suite.json"),
            """
            {"expectations": [
              {"type": "expect_column_values_to_be_unique", "kwargs": {"column": "Name"}},
              {"type": "expect_column_values_to_be_between",
               "kwargs": {"column": "Age", "max_value": {"$PARAMETER": "oldest"}}}]}
            """);
    Findings failed = new Findings();
    SuiteFold.into(DataProfile.empty(), options(suite), PASSENGER, failed);
    Findings warned = new Findings();
    DataProfile folded =
        SuiteFold.into(
            DataProfile.empty(),
            options(
                suite,
                "validation.unsupported",
                "warn",
                "validation.suite-parameters.oldest",
                "80",
                "validation.suite-severity",
                "info"),
            PASSENGER,
            warned);

    assertThat(failed.problems())
        .hasSize(2)
        .anyMatch(line -> line.contains("expect_column_values_to_be_unique of Name"))
        .anyMatch(line -> line.contains("parameter oldest has no value"));
    assertThat(warned.problems()).isEmpty();
    assertThat(warned.warnings()).hasSize(1);
    assertThat(folded.allExpectations())
        .extracting(Expectation::severity)
        .containsExactly(dev.sluice.record.Severity.INFO);
  }

  /** The types of SQL and Spark by which suites know decimals and numbers. */
  @Test
  void decimalsAndNumbersAreOfTheTypesThatTheyAre() throws IOException {
    for (String name : List.of("DecimalType", "decimal", "numeric", "NUMBER")) {
      assertThat(typeProblems(name, "amount", "f", "d")).as(name).isEmpty();
    }
    for (String name : List.of("numeric", "NUMBER")) {
      assertThat(typeProblems(name, "i", "l")).as(name).isEmpty();
    }
    assertThat(typeProblems("decimal", "i", "l", "s")).hasSize(3);
    assertThat(typeProblems("number", "s", "day")).hasSize(2);
    assertThat(typeProblems("float", "amount"))
        .containsExactly(
            "data profile: expectations[0]: SCHEMA_TYPE is about field amount, which is decimal,"
                + " expected type one of double, float32");
  }

  /** Returns what is wrong with fields that a suite says are of a type. */
  private List<String> typeProblems(String type, String... fields) throws IOException {
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Types", "fields": [
                  {"name": "amount", "type": ["null", {"type": "bytes", "logicalType": "decimal",
                   "precision": 10, "scale": 2}]},
                  {"name": "f", "type": "float"}, {"name": "d", "type": "double"},
                  {"name": "i", "type": "int"}, {"name": "l", "type": "long"},
                  {"name": "s", "type": "string"},
                  {"name": "day", "type": {"type": "int", "logicalType": "date"}}]}
                """);
    String entries =
        Stream.of(fields)
            .map(
                """
                {"type": "expect_column_values_to_be_of_type",
                 "kwargs": {"column": "%%s", "type_": "%s"}}"""
                        .formatted(type)
                    ::formatted)
            .collect(Collectors.joining(","));
    Path suite =
        Files.writeString(directory.resolve("types.json"), "{\"expectations\": [" + entries + "]}");
    Findings findings = new Findings();
    DataProfile folded = SuiteFold.into(DataProfile.empty(), options(suite), schema, findings);
    assertThat(findings.problems()).isEmpty();
    return ExpectationCheck.check(schema, List.of(), folded).problems();
  }

  @Test
  void aFileThatIsNoSuiteIsAProblem() throws IOException {
    Path suite = Files.writeString(directory.resolve("suite.json"), "[]");
    Findings findings = new Findings();
    SuiteFold.into(DataProfile.empty(), options(suite), PASSENGER, findings);

    assertThat(findings.problems()).hasSize(1).allMatch(line -> line.contains("suite.json"));
  }
}
