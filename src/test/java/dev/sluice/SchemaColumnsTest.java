package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.expect.gx.GreatExpectationsSuite;
import dev.sluice.expect.gx.SuiteTranslation;
import dev.sluice.record.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaColumnsTest {
  private static final String DATES =
      """
      {"expectation_suite_name": "s", "expectations": [
        {"expectation_type": "expect_column_values_to_be_between",
         "kwargs": {"column": "at", "min_value": "1970-01-02", "max_value": "1970-01-03 00:00:00.5"}},
        {"expectation_type": "expect_column_values_to_be_in_set",
         "kwargs": {"column": "at", "value_set": ["1970-01-02"]}},
        {"expectation_type": "expect_column_max_to_be_between",
         "kwargs": {"column": "at", "max_value": "1970-01-02"}},
        {"expectation_type": "expect_column_values_to_be_between",
         "kwargs": {"column": "x", "min_value": 1, "condition_parser": "great_expectations__experimental__",
                    "row_condition": "col(\\"at\\") > \\"1970-01-02\\""}}]}
      """;

  @TempDir private Path directory;

  private SuiteTranslation translate(String type) throws IOException {
    return translate(type, DATES);
  }

  private SuiteTranslation translate(String type, String expectations) throws IOException {
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "R", "fields": [
                  {"name": "at", "type": %s}, {"name": "x", "type": "double"}]}
                """
                    .formatted(type));
    Path suite = Files.writeString(directory.resolve("suite.json"), expectations);
    return GreatExpectationsSuite.read(suite)
        .translate(new SchemaColumns(schema), Map.of(), Severity.CRITICAL);
  }

  @ParameterizedTest
  @CsvSource({
    "timestamp-millis, 1",
    "local-timestamp-millis, 1",
    "timestamp-micros, 1000",
    "local-timestamp-micros, 1000",
    "timestamp-nanos, 1000000"
  })
  void datesOfASuiteAreInTheUnitOfTheirField(String logicalType, long unitsPerMilli)
      throws IOException {
    SuiteTranslation translated =
        translate("[\"null\", {\"type\": \"long\", \"logicalType\": \"" + logicalType + "\"}]");

    assertThat(translated.unsupported()).isEmpty();
    long day = 86_400_000 * unitsPerMilli;
    assertThat(translated.expectations().toString())
        .contains("min=" + (double) day)
        .contains("max=" + (double) (2 * day + 500 * unitsPerMilli))
        .contains("[" + day + "]")
        .contains("max=" + (double) day)
        .contains("at > " + day);
  }

  @Test
  void aDateBeyondTheUnitIsNamed() throws IOException {
    String nanos = "{\"type\": \"long\", \"logicalType\": \"timestamp-nanos\"}";
    assertThat(translate(nanos, DATES.replace("1970-01-03 00:00:00.5", "9999-12-31")).unsupported())
        .hasSize(1)
        .first()
        .asString()
        .contains("max_value is the date 9999-12-31, beyond what nanos of 64 bits reach");
  }

  @Test
  void aLongThatDoesNotSayItsUnitHasMilliseconds() throws IOException {
    assertThat(translate("\"long\"").expectations().toString()).contains("min=8.64E7");
  }

  @Test
  void aTimeOfDayIsNoDate() throws IOException {
    SuiteTranslation translated =
        translate("{\"type\": \"long\", \"logicalType\": \"time-micros\"}");

    assertThat(translated.unsupported().toString())
        .contains("min_value is the date 1970-01-02, but the column holds INT64");
  }
}
