package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.profile.DataProfile;
import dev.sluice.profile.file.DataProfileFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers of Parquet files that are none of the field's type. */
class ProfileParquetTest {
  @TempDir Path directory;

  private CommandLineRun profile(String column, String type) throws Exception {
    Path parquet;
    try (DuckDb duck = new DuckDb()) {
      parquet =
          duck.parquet(
              "SELECT price::%1$s AS price FROM (VALUES (2.0), ('nan'::%1$s), ('inf'::%1$s)) t(price)"
                  .formatted(column),
              directory.resolve("a.parquet"),
              "COMPRESSION zstd");
    }
    Path schema =
        Files.writeString(
            directory.resolve("a.avsc"),
            """
            {"type": "record", "name": "R", "fields": [
              {"name": "price", "type": %s},
              {"name": "other", "type": ["null", "long"], "default": null}]}
            """
                .formatted(type));
    return CommandLineRun.of(
        "profile",
        "--data=" + parquet,
        "--schema=" + schema,
        "--out=" + directory.resolve("profile.json"),
        "--on-malformed=skip");
  }

  private DataProfile made() throws IOException {
    return DataProfileFile.read(directory.resolve("profile.json"));
  }

  @ParameterizedTest
  @CsvSource({"DOUBLE", "FLOAT"})
  void whatIsNotFiniteIsNoDecimal(String column) throws Exception {
    CommandLineRun run =
        profile(
            column,
            "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 10, \"scale\": 2}");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("2 malformed rows were skipped, the first: ")
        .contains("a.parquet row 2: field price is NaN, expected decimal(10,2)");
    assertThat(made().counts().rows()).isEqualTo(1);
    assertThat(made().column("price").orElseThrow().max()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "int, '\"int\"'",
    "long, '\"long\"'",
    "timestamp-millis, '{\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}'",
    "date, '{\"type\": \"int\", \"logicalType\": \"date\"}'",
  })
  void whatIsNotFiniteIsNoWholeNumber(String expected, String type) throws Exception {
    CommandLineRun run = profile("DOUBLE", type);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("2 malformed rows were skipped")
        .contains("a.parquet row 2: field price is NaN, expected " + expected);
    assertThat(made().counts().rows()).isEqualTo(1);
  }
}
