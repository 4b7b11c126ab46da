package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arguments and files that are refused before any broker is asked. */
class ProduceArgumentsTest {
  private static final String SCHEMA = "classpath:schemas/AirQualityReading.avsc";

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--schema S                       | neither --input nor --simulate is given, expected one",
        "--input a.csv --simulate p.json  | --input and --simulate are given, expected one",
        "--simulate p.json                | --schema is not given, expected the schema that",
        "--simulate nowhere --schema S --bootstrap-servers b:1 | --simulate: nowhere does not exist",
        "--input nowhere.csv --schema S --bootstrap-servers b:1 | --input: nowhere.csv does not exist",
        "--input pom.xml --schema nowhere --bootstrap-servers b:1 | --schema: cannot read nowhere",
        "--input README.md --bootstrap-servers b:1 | --schema is not given, and README.md is CSV",
        "--input a --count 0              | --count is 0, expected 1 or more",
        "--input a --event-time now       | --event-time is given without the field that it goes to",
        "--input a --event-time x --event-time-field ts | --event-time is x, expected now with --input",
        "--input a --rate 0               | --rate is 0, expected records per second",
        "--input a --rate fast            | --rate is fast, expected records per second",
        "--input a --rate 5/min           | --rate is 5/min, expected records per second",
        "--input a --faults 1.5           | --faults is 1.5, expected 0 to 1",
        "--input a --faults NaN           | --faults is NaN, expected 0 to 1",
        "--input a --format auto          | --format is auto, expected plain, single-object or",
        "--input a --schema-id 3          | --schema-id is given with --format plain, expected",
        "--input a                        | no brokers are named, expected --bootstrap-servers",
        "--input a --bootstrap-servers no | kafka.bootstrap-servers is no, expected",
        "--input a --schema S --set model.uri=x | model.uri is of no use here, expected a key of",
      })
  void aWrongArgumentIsOneMessage(String arguments, String message) {
    CommandLineRun run =
        CommandLineRun.of(
            ("produce " + arguments.strip().replace("--schema S", "--schema " + SCHEMA))
                .split(" +"));

    CommandLineRun.isRefused(run, message);
    assertThat(run.err()).doesNotContain("Usage:");
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--keys nobody | --keys is nobody, expected a field of AirQualityReading: ts, station",
        "--event-time now --event-time-field nobody | --event-time-field is nobody, expected a field",
        "--event-time now --event-time-field PRES | --event-time-field is PRES, which is",
        "--format confluent | neither --schema-id nor the option registry.url is given, expected the",
      })
  void whatTheSchemaLacksIsNamed(String arguments, String message) throws IOException {
    Path file = Files.writeString(directory.resolve("a.jsonl"), "{}\n");

    CommandLineRun run =
        CommandLineRun.of(
            ("produce --bootstrap-servers b:1 --schema "
                    + SCHEMA
                    + " --input "
                    + file
                    + " "
                    + arguments.strip())
                .split(" +"));

    CommandLineRun.isRefused(run, message);
  }

  @Test
  void aFileWithoutAColumnIsRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("a.csv"), "ts,station\n1,Dongsi\n");

    CommandLineRun run =
        CommandLineRun.of(
            "produce",
            "--bootstrap-servers",
            "b:1",
            "--schema",
            "src/test/resources/schemas/Lookup.avsc",
            "--input",
            file.toString());

    CommandLineRun.isRefused(run, "a.csv has no column id");
  }

  @Test
  void aFieldOfTheEventTimeThatIsNoneIsRefusedOfAFileToo() throws IOException {
    Path file = Files.writeString(directory.resolve("a.csv"), "id\n1\n");

    for (String time : List.of("--event-time=now", "--count=1")) {
      CommandLineRun run =
          CommandLineRun.of(
              "produce",
              "--bootstrap-servers=b:1",
              "--schema=src/test/resources/schemas/Lookup.avsc",
              "--input=" + file,
              "--event-time-field=tss",
              time);

      CommandLineRun.isRefused(run, "--event-time-field is tss, expected a field of Lookup");
    }
  }
}
