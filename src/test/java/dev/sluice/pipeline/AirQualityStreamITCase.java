package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The real stream through the whole job: three years of Beijing's air, 315,648 readings, and
 * answers of the frameworks that the models were trained with. Skipped where the data is absent.
 */
@EnabledIf(value = "dataIsHere", disabledReason = "../shared/data is absent")
class AirQualityStreamITCase {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final Path DATA = AirQualityFiles.DATA;
  private static final int ROWS = 315_648;
  private static final int PARTITIONS = 4;
  private static final String OWN_MODEL = "src/main/resources/models/air-quality-mlp";

  static boolean dataIsHere() {
    return Files.isDirectory(DATA);
  }

  @Test
  void treesAnswerAsInScikitLearnAndSulphurDioxideDrifts() throws Exception {
    JobRun run =
        new JobRun("air-gbt", SERVERS.kafka().bootstrapServers(), SERVERS.flink(), PARTITIONS)
            .option("features.schema", "schemas/AirQualityReading.avsc")
            .option("features.event-time.field", "ts")
            .option("features.pass-through", "station")
            .option("model.uri", DATA.resolve("models/mlflow-gbt").toString())
            .option("validation.profile", OWN_MODEL + "/data-profile.json")
            .option("profile.window", "P1Y")
            .option("profile.window-offset", "P2M")
            .option("profile.time-zone", "+08:00")
            .option("checkpoint.interval", "2 s");
    AirQualityFiles.produce(run, AirQualityFiles.STREAM, PARTITIONS);

    run.execute();

    Books books = new Books(run);
    books.assertBalanced(ROWS);
    assertThat(books.count("PREDICTED")).isEqualTo(ROWS);
    assertGolden(
        books.predictions(),
        DATA.resolve("models/gbt-golden-500.csv"),
        "probabilities",
        golden -> Double.parseDouble(golden.getField("expected_p1")));
    assertDriftByYear(run.inputProfiles());
  }

  @Test
  void theOwnPackageAnswersAsInPyTorch() throws Exception {
    JobRun run =
        new JobRun("air-mlp", SERVERS.kafka().bootstrapServers(), SERVERS.flink(), PARTITIONS)
            .option("features.schema", "schemas/AirQualityReading.avsc")
            .option("features.event-time.field", "ts")
            .option("features.pass-through", "station")
            .option("model.uri", OWN_MODEL);
    Path rows = DATA.resolve("models/mlp-golden-500.csv");
    AirQualityFiles.produce(run, rows, PARTITIONS);

    run.execute();

    Map<String, String> expected = new HashMap<>();
    try (CsvReader<NamedCsvRecord> golden =
        CsvReader.builder()
            .ofNamedCsvRecord(Path.of("src/test/resources/golden/air-quality-mlp-500.csv"))) {
      golden.forEach(
          row -> expected.put(row.getField("row"), row.getField("expected_p_unhealthy")));
    }
    int[] row = {0};
    assertThat(expected).hasSize(500);
    assertGolden(
        new Books(run).predictions(),
        rows,
        "p_unhealthy",
        golden -> Double.parseDouble(expected.get(Integer.toString(row[0]++))));
  }

  /** Says what the original framework answered for a row. */
  private interface Answer {
    double of(NamedCsvRecord golden);
  }

  private static void assertGolden(
      List<GenericRecord> predictions, Path goldenFile, String output, Answer answer)
      throws IOException {
    Map<String, Double> scores = new HashMap<>();
    for (GenericRecord prediction : predictions) {
      String station =
          ((Map<?, ?>) prediction.get("features")).values().iterator().next().toString();
      scores.put(station + "@" + prediction.get("eventTime"), score(prediction, output));
    }
    int compared = 0;
    try (CsvReader<NamedCsvRecord> golden = CsvReader.builder().ofNamedCsvRecord(goldenFile)) {
      for (NamedCsvRecord row : golden) {
        String key = row.getField("station") + "@" + AirQualityFiles.millis(row.getField("ts"));
        assertThat(scores).as(key).containsKey(key);
        assertThat(scores.get(key)).as(key).isCloseTo(answer.of(row), within(1e-5));
        compared++;
      }
    }
    assertThat(compared).isEqualTo(500);
  }

  /** Returns the last value of an output: the only one, or the probability of class 1. */
  private static double score(GenericRecord prediction, String output) {
    for (Object candidate : (List<?>) prediction.get("outputs")) {
      GenericRecord named = (GenericRecord) candidate;
      if (named.get("name").toString().equals(output)) {
        Object value = named.get("value");
        if (value instanceof GenericRecord several) {
          List<?> values = (List<?>) several.get("values");
          value = values.get(values.size() - 1);
        }
        return ((Number) value).doubleValue();
      }
    }
    throw new AssertionError("prediction has no output " + output + ": " + prediction);
  }

  /** Compares every column's PSI with the reference, which pandas has computed. */
  private static void assertDriftByYear(List<GenericRecord> profiles) throws IOException {
    Map<String, Double> psi = new HashMap<>();
    for (GenericRecord profile : profiles) {
      for (Object candidate : (List<?>) profile.get("columns")) {
        GenericRecord column = (GenericRecord) candidate;
        GenericRecord drift = (GenericRecord) column.get("drift");
        String year =
            Instant.ofEpochMilli((Long) profile.get("windowStart"))
                .atOffset(ZoneOffset.ofHours(8))
                .toString()
                .substring(0, 7);
        psi.put(year + " " + column.get("name"), (Double) drift.get("value"));
      }
    }
    List<String> columns =
        List.of("SO2", "NO2", "CO", "O3", "TEMP", "PRES", "DEWP", "RAIN", "WSPM", "wd", "station");
    int years = 0;
    try (CsvReader<NamedCsvRecord> reference =
        CsvReader.builder().ofNamedCsvRecord(DATA.resolve("beijing-air/drift-by-year.csv"))) {
      for (NamedCsvRecord year : reference) {
        for (String column : columns) {
          String key = year.getField("period").substring(0, 7) + " " + column;
          assertThat(psi.get(key))
              .as(key)
              .isCloseTo(Double.parseDouble(year.getField(column)), within(0.01));
        }
        years++;
      }
    }
    assertThat(years).isEqualTo(3);
  }
}
