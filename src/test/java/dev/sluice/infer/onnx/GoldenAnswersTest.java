package dev.sluice.infer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.InputTensor;
import dev.sluice.record.OutputTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Answers of scikit-learn and PyTorch themselves, in ../shared/data where that folder is;
 * tolerances as its README.md states them.
 */
class GoldenAnswersTest {
  private static final Path DATA = Path.of("../shared/data");
  private static final List<String> FEATURES =
      List.of("SO2", "NO2", "CO", "O3", "TEMP", "PRES", "DEWP", "RAIN", "WSPM", "hour");

  @BeforeEach
  void needsData() {
    assumeTrue(Files.isDirectory(DATA), "no folder ../shared/data");
  }

  @ParameterizedTest
  @CsvSource({
    "gbt, gbt, 1", "gbt, gbt, 7", "gbt, gbt, 500",
    "gbt-zipmap, gbt, 1", "gbt-zipmap, gbt, 7", "gbt-zipmap, gbt, 500",
    "logreg, logreg, 1", "logreg, logreg, 7", "logreg, logreg, 500",
    "logreg-zipmap, logreg, 1", "logreg-zipmap, logreg, 7", "logreg-zipmap, logreg, 500"
  })
  void classifiers(String model, String golden, int batchSize) throws IOException {
    Path file = DATA.resolve("models/" + model + ".onnx");
    List<NamedCsvRecord> rows = golden(golden + "-golden-500.csv");
    try (Loaded loaded = new Loaded(file, Loaded.layoutOf(file), batchSize)) {
      for (int from = 0; from < rows.size(); from += batchSize) {
        List<NamedCsvRecord> batch = rows.subList(from, Math.min(from + batchSize, rows.size()));
        score(loaded, batch);
        for (int row = 0; row < batch.size(); row++) {
          NamedCsvRecord expected = batch.get(row);
          String label = expected.getField("expected_label");
          assertThat(text(loaded.result.outputs().get(0), row)).isEqualTo(label);
          double[] probabilities = probabilities(loaded.result.outputs().get(1), row);
          for (int i = 0; i < 2; i++) {
            assertThat(probabilities[i])
                .isCloseTo(number(expected, "expected_p" + i), within(1e-6));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mlp, mlp, 1e-6, 1",
    "mlp, mlp, 1e-6, 7",
    "mlp, mlp, 1e-6, 500",
    "mlp-fp16, mlp, 5e-3, 1",
    "mlp-fp16, mlp, 5e-3, 7",
    "mlp-fp16, mlp, 5e-3, 500",
    "mlp-int8-qdq, mlp-int8-qdq, 2e-2, 1",
    "mlp-int8-qdq, mlp-int8-qdq, 2e-2, 7",
    "mlp-int8-qdq, mlp-int8-qdq, 2e-2, 500"
  })
  void perceptrons(String model, String golden, double tolerance, int batchSize)
      throws IOException {
    List<FeatureColumn> columns =
        FEATURES.stream().map(name -> new FeatureColumn(name, ElementType.FLOAT, 1)).toList();
    InputTensor input =
        new InputTensor(
            "features", ElementType.FLOAT, List.of(10), IntStream.range(0, 10).boxed().toList());
    FeatureLayout layout = new FeatureLayout(columns, List.of(input));
    List<NamedCsvRecord> rows = golden(golden + "-golden-500.csv");
    Path file = DATA.resolve("models/" + model + ".onnx");
    try (Loaded loaded = new Loaded(file, layout, batchSize)) {
      for (int from = 0; from < rows.size(); from += batchSize) {
        List<NamedCsvRecord> batch = rows.subList(from, Math.min(from + batchSize, rows.size()));
        score(loaded, batch);
        for (int row = 0; row < batch.size(); row++) {
          assertThat(loaded.output("p_unhealthy").values().numberAt(row))
              .isCloseTo(number(batch.get(row), "expected_p_unhealthy"), within(tolerance));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 500})
  void crayfish(int batchSize) throws IOException {
    Path file = DATA.resolve("crayfish-ffnn/model-ffnn.onnx");
    JsonNode cases =
        new ObjectMapper()
            .readTree(DATA.resolve("crayfish-ffnn/model-ffnn-golden.json").toFile())
            .path("cases");
    List<Object[]> images = new ArrayList<>();
    List<Double> expected = new ArrayList<>();
    for (JsonNode golden : cases) {
      JsonNode pixels = golden.path("inputs").path("input").path("data");
      for (int start = 0; start < pixels.size(); start += 784) {
        Object[] image = new Object[784];
        for (int i = 0; i < 784; i++) {
          image[i] = pixels.get(start + i).asDouble();
        }
        images.add(image);
      }
      golden.path("outputs").path("output").path("data").forEach(y -> expected.add(y.asDouble()));
    }
    assertThat(images).isNotEmpty();
    assertThat(expected).hasSize(10 * images.size());
    int given = 0;
    try (Loaded loaded = new Loaded(file, Loaded.layoutOf(file), batchSize)) {
      while (given < images.size()) {
        loaded.batch.clear();
        int first = given;
        while (given < images.size() && loaded.batch.size() < batchSize) {
          loaded.row(images.get(given++));
        }
        assertThat(loaded.score()).isZero();
        for (int i = 0; i < 10 * loaded.batch.size(); i++) {
          assertThat(loaded.output("output").values().numberAt(i))
              .isCloseTo(expected.get(10 * first + i), within(1e-5));
        }
      }
    }
  }

  private static void score(Loaded loaded, List<NamedCsvRecord> rows) {
    loaded.batch.clear();
    for (NamedCsvRecord row : rows) {
      loaded.row(loaded.layout.columns().stream().map(column -> value(row, column)).toArray());
    }
    assertThat(loaded.score()).isZero();
  }

  private static Object value(NamedCsvRecord row, FeatureColumn column) {
    String text = row.getField(column.name());
    if (text.isEmpty()) {
      return null;
    }
    return switch (column.type()) {
      case STRING -> text;
      case INT64 -> Long.valueOf(text);
      default -> Double.valueOf(text);
    };
  }

  private static String text(OutputTensor label, int row) {
    return label.values().type() == ElementType.STRING
        ? label.values().textAt(row)
        : Long.toString(label.values().longAt(row));
  }

  private static double[] probabilities(OutputTensor output, int row) {
    if (output.values().type() == ElementType.SCORES) {
      Map<String, Double> scores = output.values().scoresAt(row);
      return scores.containsKey("0")
          ? new double[] {scores.get("0"), scores.get("1")}
          : new double[] {scores.get("healthy"), scores.get("unhealthy")};
    }
    return new double[] {output.values().numberAt(2 * row), output.values().numberAt(2 * row + 1)};
  }

  private static double number(NamedCsvRecord row, String field) {
    return Double.parseDouble(row.getField(field));
  }

  private static List<NamedCsvRecord> golden(String name) throws IOException {
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder().ofNamedCsvRecord(DATA.resolve("models/" + name))) {
      List<NamedCsvRecord> rows = csv.stream().toList();
      assertThat(rows).hasSize(500);
      return rows;
    }
  }
}
