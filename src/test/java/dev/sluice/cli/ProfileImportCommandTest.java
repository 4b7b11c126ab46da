package dev.sluice.cli;

import static dev.sluice.cli.CommandLineRun.isRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.expect.Expectation;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.file.DataProfileFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileImportCommandTest {
  private static final String PROFILE =
      "src/main/resources/models/air-quality-mlp/data-profile.json";
  private static final String SUITE =
      """
      {"name": "air", "expectations": [
        {"type": "expect_column_values_to_be_between", "severity": "warning",
         "kwargs": {"column": "TEMP", "min_value": -30.5, "max_value": 45, "strict_min": true,
                    "mostly": 0.99, "row_condition": "RAIN > 0"}},
        {"type": "expect_column_mean_to_be_between",
         "kwargs": {"column": "TEMP", "max_value": {"$PARAMETER": "mean"}}},
        {"type": "expect_column_kl_divergence_to_be_less_than",
         "kwargs": {"column": "TEMP", "threshold": 0.5, "tail_weight_holdout": 0.1,
                    "partition_object": {"bins": [-50, 0, 50], "weights": [0.4, 0.6]}}},
        {"type": "expect_column_pair_values_a_to_be_greater_than_b",
         "kwargs": {"column_A": "TEMP", "column_B": "DEWP", "or_equal": true}},
        {"type": "expect_column_values_to_be_unique", "kwargs": {"column": "TEMP"}}]}
      """;

  @TempDir Path directory;
  private Path suite;
  private Path profile;

  @BeforeEach
  void writeFiles() throws IOException {
    suite = Files.writeString(directory.resolve("suite.json"), SUITE);
    profile = Files.copy(Path.of(PROFILE), directory.resolve("profile.json"));
  }

  private CommandLineRun run(String... more) {
    String[] arguments = {
      "profile",
      "import",
      "--from",
      "great-expectations",
      suite.toString(),
      "--into",
      profile.toString(),
      "--parameter",
      "mean=20"
    };
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return CommandLineRun.of(all);
  }

  @Test
  void theSuiteIsInTheProfileAndComesBackTheSame() throws IOException {
    Path out = directory.resolve("out.json");
    CommandLineRun run = run("--out", out.toString());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("4 of 5 expectations taken", "expect_column_values_to_be_unique of TEMP");
    DataProfile written = DataProfileFile.read(out);
    assertThat(written.column("TEMP").orElseThrow().expectations())
        .filteredOn(e -> !e.suggested())
        .extracting(Expectation::describe)
        .contains(
            "range (-30.5, 45] for a share of 0.99 where RAIN > 0, NaN taken for missing",
            "mean (-inf, 20]",
            "Kullback-Leibler divergence at most 0.5");
    assertThat(written.expectations()).filteredOn(e -> !e.suggested()).hasSize(1);
    assertThat(Files.readAllBytes(out)).isEqualTo(DataProfileFile.toBytes(written));
    assertThat(run("--out", out.toString(), "--overwrite").code()).isZero();
    assertThat(DataProfileFile.read(out)).isEqualTo(written);
  }

  /** Each was taken, and made a profile that nobody could read. */
  @Test
  void whatItTakesCanBeReadAgain() throws IOException {
    StringBuilder named = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      named.append(i == 0 ? "" : ", ").append("\"a text of many characters ").append(i).append('"');
    }
    Files.writeString(
        suite,
        """
        {"name": "air", "expectations": [
          {"type": "expect_column_values_to_be_in_set",
           "kwargs": {"column": "TEMP", "value_set": [0.5, 1, 2e10]}},
          {"type": "expect_column_values_to_be_of_type",
           "kwargs": {"column": "TEMP", "type_": "float64"}},
          {"type": "expect_column_kl_divergence_to_be_less_than",
           "kwargs": {"column": "wd", "threshold": 0.5,
                      "partition_object": {"values": ["N", "NE", "E", "SE", "S", "SW"],
                         "weights": [0.166667, 0.166667, 0.166667, 0.166667, 0.166667, 0.166667]}}},
          {"type": "expect_column_values_to_not_be_null",
           "kwargs": {"column": "TEMP", "row_condition": {"type": "comparison", "operator": "IN",
             "column": {"name": "wd"}, "parameter": [%s]}}}]}
        """
            .formatted(named));
    Path out = directory.resolve("out.json");
    CommandLineRun run = run("--out", out.toString(), "--unsupported", "warn");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out() + run.err())
        .contains("3 of 4 expectations taken", "characters, expected at most");
    assertThat(DataProfileFile.read(out).column("TEMP").orElseThrow().expectations())
        .extracting(Expectation::describe)
        .contains("one of 0.5, 1, 20000000000, NaN taken for missing");
  }

  /** No profile has times; the job's records have. */
  @Test
  void timesAreTakenWithASchemaAndNamedWithout() throws IOException {
    Files.writeString(
        suite,
        """
        {"name": "air", "expectations": [
          {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "ts"}},
          {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "TEMP"}}]}
        """);
    Path out = directory.resolve("out.json");

    CommandLineRun without = run("--out", out.toString());
    assertThat(without.code()).as(without.err()).isZero();
    assertThat(without.out())
        .contains(
            "1 of 2 expectations taken",
            "column ts is not in the data profile, which has neither times nor the event time:"
                + " --schema names what records have");
    CommandLineRun with =
        run("--out", out.toString(), "--overwrite", "--schema=schemas/AirQualityReading.avsc");
    assertThat(with.code()).as(with.err()).isZero();
    assertThat(with.out()).contains("2 of 2 expectations taken").doesNotContain("unsupported");
    assertThat(DataProfileFile.read(out).expectations())
        .filteredOn(e -> !e.suggested())
        .extracting(Expectation::describe, Expectation::columns)
        .containsExactly(tuple("a value", List.of("ts")));
  }

  @Test
  void nothingIsWrittenOverUnasked() throws IOException {
    byte[] before = Files.readAllBytes(profile);

    isRefused(run(), profile + " exists already");
    assertThat(Files.readAllBytes(profile)).isEqualTo(before);
    assertThat(run("--overwrite").code()).isZero();
    assertThat(Files.readAllBytes(profile)).isNotEqualTo(before);
  }

  @Test
  void whatCannotBeEvaluatedCanStopIt() {
    Path out = directory.resolve("out.json");

    isRefused(
        run("--out", out.toString(), "--unsupported", "fail"),
        "expectations[4]: expect_column_values_to_be_unique of TEMP");
    assertThat(out).doesNotExist();
  }
}
