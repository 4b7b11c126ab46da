package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.OptionReader;
import dev.sluice.decode.RowDecoder;
import dev.sluice.encode.EncodePredictionsFunction;
import dev.sluice.infer.Bisection;
import dev.sluice.infer.Model;
import dev.sluice.infer.ModelPlace;
import dev.sluice.model.OnnxBytes;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import dev.sluice.record.KafkaMessage;
import dev.sluice.record.PredictionBatch;
import dev.sluice.serial.ArrowTypes;
import dev.sluice.validate.ValidateFunction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.api.operators.StreamFlatMap;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From an Avro record to its prediction or dead letter, for types and shapes that are not [N,F].
 */
@SuppressWarnings("try") // a harness may be interrupted while it closes
class TypesAndShapesTest {
  private static final OutputTag<DeadLetter> REJECTED =
      new OutputTag<>("rejected", ArrowTypes.DEAD_LETTER);
  private static final OutputTag<FeatureRow> ROWS =
      new OutputTag<>("rejected-rows", ArrowTypes.FEATURE_ROW);
  private static final int UINT8 = 2;
  private static final int INT64 = 7;
  private static final int STRING = 8;
  private static final int FLOAT16 = 10;

  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "R", "fields": [
                {"name": "tokens", "type": ["null", {"type": "array", "items": "int"}]},
                {"name": "series", "type": {"type": "array",
                    "items": {"type": "array", "items": ["null", "double"]}}},
                {"name": "code", "type": "long"},
                {"name": "words", "type": {"type": "array", "items": "string"}}]}
              """);

  @TempDir Path directory;
  private final Map<String, String> options = new HashMap<>();

  @BeforeEach
  void writeFiles() throws IOException {
    OnnxBytes axes = new OnnxBytes().number(1, 1).number(2, INT64).text(8, "axes").number(7, 1);
    OnnxBytes graph =
        new OnnxBytes()
            .message(1, node("ReduceSum", "tokens", "axes", "total"))
            .message(1, node("Identity", "series", "series_out"))
            .message(1, node("Identity", "code", "code_out"))
            .message(1, node("Identity", "words", "words_out"))
            .text(2, "varied")
            .message(5, axes)
            .message(11, OnnxBytes.tensor("tokens", INT64, -1, -1))
            .message(11, OnnxBytes.tensor("series", FLOAT16, -1, -1, 2))
            .message(11, OnnxBytes.tensor("code", UINT8, -1))
            .message(11, OnnxBytes.tensor("words", STRING, -1, -1))
            .message(12, OnnxBytes.tensor("total", INT64, -1, 1))
            .message(12, OnnxBytes.tensor("series_out", FLOAT16, -1, -1, 2))
            .message(12, OnnxBytes.tensor("code_out", UINT8, -1))
            .message(12, OnnxBytes.tensor("words_out", STRING, -1, -1));
    Path model = directory.resolve("varied.onnx");
    Files.write(model, OnnxBytes.model(graph).bytes());
    Path schema = directory.resolve("features.avsc");
    Files.writeString(schema, SCHEMA.toString());
    options.put("kafka.bootstrap-servers", "localhost:9092");
    options.put("features.schema", schema.toString());
    options.put("model.uri", model.toString());
    options.put("validation.profile", "none");
    options.put("model.padding.tokens", "4:-1");
    options.put("model.padding.series", "3");
    options.put("model.padding.words", "2:[PAD]");
  }

  private static OnnxBytes node(String operator, String... inputsAndOutput) {
    OnnxBytes node = new OnnxBytes().text(4, operator);
    for (int i = 0; i < inputsAndOutput.length; i++) {
      node.text(i < inputsAndOutput.length - 1 ? 1 : 2, inputsAndOutput[i]);
    }
    return node;
  }

  @Test
  void predictsWhatFits() throws Exception {
    List<GenericRecord> predictions =
        run(
            record(List.of(5, 6), List.of(List.of(1.0, 2.0), Arrays.asList(0.1, 4.0)), 255, "a"),
            record(List.of(), List.of(), 0),
            record(List.of(1, 2, 3, 4), List.of(List.of(65504.0, -1e-9)), 128, "b", "c"));

    assertThat(predictions).hasSize(3);
    assertThat(output(predictions, 0, 0)).isEqualTo(5L + 6 - 1 - 1);
    assertThat(output(predictions, 1, 0)).isEqualTo(-4L);
    assertThat(output(predictions, 2, 0)).isEqualTo(10L);
    assertThat(shape(predictions, 0, 1)).isEqualTo(List.of(3, 2));
    assertThat(output(predictions, 0, 1)).isEqualTo(List.of(1f, 2f, 0.099975586f, 4f, 0f, 0f));
    assertThat(output(predictions, 2, 1)).isEqualTo(List.of(65504f, -0f, 0f, 0f, 0f, 0f));
    assertThat(output(predictions, 0, 2)).isEqualTo(255);
    assertThat(output(predictions, 2, 2)).isEqualTo(128);
    assertThat(output(predictions, 0, 3)).isEqualTo(List.of(new Utf8("a"), new Utf8("[PAD]")));
    assertThat(output(predictions, 1, 3)).isEqualTo(List.of(new Utf8("[PAD]"), new Utf8("[PAD]")));
  }

  @Test
  void rejectsWhatDoesNotFit() throws Exception {
    List<List<Double>> series = List.of(List.of(1.0, 2.0));
    assertRejected(
        record(List.of(1), series, 256),
        "feature code is 256, expected range [0, 255] of the model's type uint8");
    assertRejected(
        record(List.of(1), series, -1),
        "feature code is -1, expected range [0, 255] of the model's type uint8");
    assertRejected(
        record(List.of(1, 2, 3, 4, 5), series, 1),
        "feature tokens is 5 items, expected length at most 4");
    assertRejected(record(null, series, 1), "feature tokens is missing, expected a value");
    assertRejected(
        record(List.of(1), List.of(List.of(1.0, 2.0), List.of(1.0)), 1),
        "feature series is 1 items, expected length 2 in dimension 2 of [3, 2]");
    assertRejected(
        record(List.of(1), List.of(List.of(65519.0, 65520.0)), 1),
        "feature series is 65520.0, expected range [-65504.0, 65504.0] of the model's type float16");
    assertRejected(
        record(List.of(1), series, 1, "a", "b", "c"),
        "feature words is 3 items, expected length at most 2");
  }

  @Test
  void failsWhatTheModelAnswersWithNan() throws Exception {
    assertThat(run(record(List.of(1), List.of(Arrays.asList(1.0, null)), 1))).isEmpty();
  }

  @Test
  void namesTheOptionThatFixesAShape() {
    options.remove("model.padding.tokens");
    options.remove("model.padding.words");
    options.put("model.padding.code", "3");
    options.put("model.padding.series", "3:x");
    options.put("model.padding.other", "3");
    assertThatThrownBy(() -> JobPlanner.plan(OptionReader.read(options)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("model.padding.other: the model has no such input, expected one of")
        .hasMessageContaining("set model.padding.tokens to the length that arrays are padded to")
        .hasMessageContaining("model.padding.series pads with x, expected a value of field series")
        .hasMessageContaining("model.padding.code: model input code uint8[?] has no dimension")
        .hasMessageContaining("set model.padding.words to the length");
  }

  private void assertRejected(GenericRecord record, String message) throws Exception {
    JobPlan plan = JobPlanner.plan(OptionReader.read(options));
    try (var harness = validator(plan)) {
      harness.processElement(decode(plan, record), 0);
      assertThat(harness.extractOutputValues()).isEmpty();
      DeadLetter letter = harness.getSideOutput(REJECTED).element().getValue();
      assertThat(letter.message()).isEqualTo(message);
      assertThat(letter.violations()).as("said once").hasSize(1);
    }
  }

  /** Decodes, validates, scores in one batch and encodes; returns the predictions. */
  private List<GenericRecord> run(GenericRecord... records) throws Exception {
    JobPlan plan = JobPlanner.plan(OptionReader.read(options));
    FeatureBatch batch = new FeatureBatch(plan.layout(), records.length);
    try (var harness = validator(plan)) {
      for (GenericRecord record : records) {
        harness.processElement(decode(plan, record), 0);
      }
      harness.extractOutputValues().forEach(batch::append);
    }
    assertThat(batch.size()).isEqualTo(records.length);
    PredictionBatch predicted = new PredictionBatch();
    try (Model model =
            plan.loader()
                .load(new ModelPlace(plan.location().local()), plan.layout(), records.length);
        var harness =
            new OneInputStreamOperatorTestHarness<PredictionBatch, KafkaMessage>(
                new StreamFlatMap<>(new EncodePredictionsFunction(plan.model(), List.of())),
                1,
                1,
                0)) {
      new Bisection(model).score(batch, predicted);
      harness.setup(ArrowTypes.KAFKA_MESSAGE.createSerializer(null));
      harness.open();
      harness.processElement(predicted, 0);
      return harness.extractOutputValues().stream().map(m -> prediction(m.value())).toList();
    }
  }

  private static OneInputStreamOperatorTestHarness<FeatureRow, FeatureRow> validator(JobPlan plan)
      throws Exception {
    ValidateFunction function =
        new ValidateFunction(
            plan.layout(),
            plan.profile(),
            "",
            Duration.ofHours(1),
            plan.options().validation(),
            REJECTED,
            ROWS);
    var harness =
        new OneInputStreamOperatorTestHarness<FeatureRow, FeatureRow>(
            new ProcessOperator<>(function), 1, 1, 0);
    harness.setup(ArrowTypes.FEATURE_ROW.createSerializer(null));
    harness.open();
    return harness;
  }

  private static GenericRecord record(
      List<Integer> tokens, List<? extends List<Double>> series, long code, String... words) {
    GenericRecord record = new GenericData.Record(SCHEMA);
    record.put("tokens", tokens);
    record.put("series", series);
    record.put("code", code);
    record.put("words", List.of(words));
    return record;
  }

  private static FeatureRow decode(JobPlan plan, GenericRecord record) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(SCHEMA).write(record, encoder);
    encoder.flush();
    FeatureRow row = new FeatureRow(plan.layout());
    RowDecoder.compile(plan.schema(), plan.layout(), "")
        .decode(
            new EncodedRecord("features", 0, 0, 0, null, bytes.toByteArray(), Header.NONE), row);
    return row;
  }

  private static GenericRecord prediction(byte[] bytes) {
    try (InputStream in =
        TypesAndShapesTest.class.getResourceAsStream("/schemas/Prediction.avsc")) {
      Schema schema = new Schema.Parser().parse(in);
      return new GenericDatumReader<GenericRecord>(schema)
          .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object shape(List<GenericRecord> predictions, int row, int output) {
    return output(predictions.get(row), output).get("shape");
  }

  /** Returns the value of an output, a list where it has several elements. */
  private static Object output(List<GenericRecord> predictions, int row, int output) {
    Object value = output(predictions.get(row), output).get("value");
    return value instanceof GenericRecord several ? several.get("values") : value;
  }

  private static GenericRecord output(GenericRecord prediction, int output) {
    return (GenericRecord) ((List<?>) prediction.get("outputs")).get(output);
  }
}
