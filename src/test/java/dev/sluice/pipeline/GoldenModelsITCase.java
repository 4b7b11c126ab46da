package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every model of ../shared/data through the whole job, from Kafka to Kafka, against the answers of
 * the framework that it comes from. Skipped where the data is absent.
 */
@EnabledIf(value = "dataIsHere", disabledReason = "../shared/data is absent")
class GoldenModelsITCase {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final Path DATA = Path.of("../shared/data");
  private static final String FEATURES = "SO2,NO2,CO,O3,TEMP,PRES,DEWP,RAIN,WSPM,hour";

  @TempDir private Path directory;

  static boolean dataIsHere() {
    return Files.isDirectory(DATA);
  }

  @ParameterizedTest
  @CsvSource({
    // model, golden answers, label output, probability output, tolerance, batch.max-rows
    "gbt.onnx, gbt, label, probabilities, 1e-6, 500",
    "gbt-zipmap.onnx, gbt, output_label, output_probability, 1e-6, 7",
    "logreg.onnx, logreg, label, probabilities, 1e-6, 7",
    "logreg-zipmap.onnx, logreg, output_label, output_probability, 1e-6, 1",
    "mlflow-gbt, gbt, label, probabilities, 1e-6, 1",
    "mlflow-logreg-zipmap, logreg, output_label, output_probability, 1e-6, 500",
    "mlp.onnx, mlp, '', p_unhealthy, 1e-6, 500",
    "mlp-fp16.onnx, mlp, '', p_unhealthy, 5e-3, 7",
    "mlp-int8-qdq.onnx, mlp-int8-qdq, '', p_unhealthy, 2e-2, 1",
    "mlflow-mlp, mlp, '', p_unhealthy, 1e-6, 7"
  })
  void answersAsTheOriginal(
      String model, String golden, String label, String scores, double tolerance, int batch)
      throws Exception {
    JobRun run =
        run("golden-" + model, model)
            .option("features.schema", "schemas/AirQualityReading.avsc")
            .option("features.event-time.field", "ts")
            .option("batch.max-rows", Integer.toString(batch));
    if (model.startsWith("mlp")) {
      run.option("model.inputs.features", FEATURES);
    }
    List<NamedCsvRecord> rows = rows(DATA.resolve("models/" + golden + "-golden-500.csv"));
    List<byte[]> values = new ArrayList<>();
    for (NamedCsvRecord row : rows) {
      values.add(Readings.bytes(reading(row)));
    }

    Map<Long, Map<String, Object>> answers = score(run, values);

    assertThat(answers).hasSize(500);
    for (int row = 0; row < rows.size(); row++) {
      Map<String, Object> answer = answers.get((long) row);
      NamedCsvRecord expected = rows.get(row);
      if (label.isEmpty()) {
        assertThat((Float) answer.get(scores))
            .isCloseTo(
                Float.parseFloat(expected.getField("expected_p_unhealthy")),
                within((float) tolerance));
      } else {
        assertThat(answer.get(label).toString()).isEqualTo(expected.getField("expected_label"));
        List<Double> probabilities = probabilities(answer.get(scores));
        for (int i = 0; i < 2; i++) {
          assertThat(probabilities.get(i))
              .isCloseTo(
                  Double.parseDouble(expected.getField("expected_p" + i)), within(tolerance));
        }
      }
    }
  }

  @Test
  void crayfishAnswersAsInTorchScript() throws Exception {
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Image", "fields": [
                  {"name": "input", "type": {"type": "array", "items": "float"}}]}
                """);
    Path schemaFile = directory.resolve("image.avsc");
    Files.writeString(schemaFile, schema.toString());
    List<byte[]> images = new ArrayList<>();
    List<Double> expected = new ArrayList<>();
    JsonNode cases =
        new ObjectMapper()
            .readTree(DATA.resolve("crayfish-ffnn/model-ffnn-golden.json").toFile())
            .path("cases");
    for (JsonNode golden : cases) {
      JsonNode pixels = golden.path("inputs").path("input").path("data");
      for (int start = 0; start < pixels.size(); start += 784) {
        List<Float> image = new ArrayList<>();
        for (int i = 0; i < 784; i++) {
          image.add((float) pixels.get(start + i).asDouble());
        }
        GenericData.Record record = new GenericData.Record(schema);
        record.put("input", image);
        images.add(bytes(schema, record));
      }
      golden.path("outputs").path("output").path("data").forEach(y -> expected.add(y.asDouble()));
    }

    Map<Long, Map<String, Object>> answers =
        score(
            run("golden-crayfish", "../crayfish-ffnn/model-ffnn.onnx")
                .option("features.schema", schemaFile.toString()),
            images);

    assertThat(answers).hasSize(images.size());
    for (int i = 0; i < expected.size(); i++) {
      List<?> output =
          (List<?>) ((GenericRecord) answers.get((long) i / 10).get("output")).get("values");
      assertThat(((Float) output.get(i % 10)).doubleValue())
          .isCloseTo(expected.get(i), within(1e-5));
    }
  }

  private static JobRun run(String name, String model) {
    return new JobRun(name, SERVERS.kafka().bootstrapServers(), SERVERS.flink(), 1)
        .parallelism(1)
        .option("model.uri", DATA.resolve("models").resolve(model).normalize().toString())
        .option("validation.profile", "none")
        .option("profile.enabled", "false");
  }

  /** Returns the outputs by name of each record, by its offset. */
  private static Map<Long, Map<String, Object>> score(JobRun run, List<byte[]> values)
      throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
      values.forEach(value -> producer.send(run.feature(0, null, value)));
    }
    run.execute();
    Map<Long, Map<String, Object>> answers = new HashMap<>();
    for (GenericRecord prediction : run.predictions()) {
      Map<String, Object> outputs = new HashMap<>();
      for (Object candidate : (List<?>) prediction.get("outputs")) {
        GenericRecord output = (GenericRecord) candidate;
        outputs.put(output.get("name").toString(), output.get("value"));
      }
      answers.put((Long) prediction.get("offset"), outputs);
    }
    return answers;
  }

  private static List<Double> probabilities(Object value) {
    Object values = ((GenericRecord) value).get("values");
    if (values instanceof Map<?, ?> scores) {
      Map<String, Double> byLabel = new HashMap<>();
      scores.forEach((label, score) -> byLabel.put(label.toString(), (Double) score));
      return byLabel.containsKey("0")
          ? List.of(byLabel.get("0"), byLabel.get("1"))
          : List.of(byLabel.get("healthy"), byLabel.get("unhealthy"));
    }
    return ((List<?>) values).stream().map(score -> ((Number) score).doubleValue()).toList();
  }

  private static List<NamedCsvRecord> rows(Path file) throws IOException {
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
      return csv.stream().toList();
    }
  }

  private static GenericRecord reading(NamedCsvRecord row) {
    GenericData.Record record = new GenericData.Record(Readings.SCHEMA);
    for (Schema.Field field : Readings.SCHEMA.getFields()) {
      String text = row.getField(field.name());
      record.put(
          field.pos(),
          switch (field.name()) {
            case "ts" -> OffsetDateTime.parse(text).toInstant().toEpochMilli();
            case "hour" -> Long.parseLong(text);
            case "station" -> text;
            case "wd" -> text.isEmpty() ? null : text;
            default -> text.isEmpty() ? null : Float.parseFloat(text);
          });
    }
    return record;
  }

  private static byte[] bytes(Schema schema, GenericRecord record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }
}
