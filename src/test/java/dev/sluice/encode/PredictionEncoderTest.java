package dev.sluice.encode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import dev.sluice.record.InputTensor;
import dev.sluice.record.KafkaMessage;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import dev.sluice.record.TensorBuffer;
import dev.sluice.record.Violation;
import dev.sluice.serial.ArrowTypes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.apache.flink.streaming.api.operators.StreamFlatMap;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** What is written is read back with Avro's own reader and the published schema. */
class PredictionEncoderTest {
  private static final byte[] KEY = {1, 0, -1};
  private static final FeatureLayout NO_COLUMNS = Batches.layout();

  @Test
  void writesWhereARecordCameFromAndWhatScoredIt() {
    Header[] headers = {new Header("trace", new byte[] {9}), new Header("empty", null)};
    EncodedRecord source = Batches.source(KEY, new byte[] {1}, headers);
    FeatureRow row = Batches.row(NO_COLUMNS, source);
    row.setEventTime(-5);
    KafkaMessage message = encode(NO_COLUMNS, row, List.of());
    assertThat(message.key()).isEqualTo(KEY);
    assertThat(message.headers()).isEqualTo(headers);
    GenericRecord prediction = Batches.read("Prediction.avsc", message.value());
    assertThat(prediction.get("key")).isEqualTo(ByteBuffer.wrap(KEY));
    assertThat(prediction.get("topic")).hasToString("features");
    assertThat(prediction.get("partition")).isEqualTo(3);
    assertThat(prediction.get("offset")).isEqualTo(1L << 40);
    assertThat(prediction.get("eventTime")).isEqualTo(-5L);
    assertThat(prediction.get("modelName")).hasToString("pm25");
    assertThat(prediction.get("modelVersion")).hasToString("3");
    assertThat(prediction.get("modelSha256")).hasToString("ab".repeat(32));
    assertThat((List<?>) prediction.get("outputs")).isEmpty();
    assertThat((List<?>) prediction.get("warnings")).isEmpty();
    assertThat((Map<?, ?>) prediction.get("features")).isEmpty();
  }

  @Test
  void leavesHeadersOutThatWouldMakeItTooLarge() {
    Header[] headers = new Header[1_001];
    Arrays.fill(headers, new Header("h", new byte[1_000]));
    headers[1_000] = new Header("traceparent", new byte[55]);
    FeatureBatch features = new FeatureBatch(NO_COLUMNS, 1);
    features.append(Batches.row(NO_COLUMNS, Batches.source(KEY, KEY, headers)));
    PredictionBatch batch = Batches.predicted(features);
    KafkaMessage message =
        new PredictionEncoder(Batches.MODEL, List.of(), OutputFraming.NONE, 64_000)
            .encode(batch, 0);
    assertThat(MessageSizeTest.byKafka(message)).isBetween(64_000 - 1_010, 64_000);
    assertThat(message.headers()).contains(headers[1_000], MessageHeaders.TRUNCATED);
    KafkaMessage whole = new PredictionEncoder(Batches.MODEL, List.of()).encode(batch, 0);
    assertThat(whole.headers()).isSameAs(headers);
    int size = MessageSizeTest.byKafka(whole);
    assertThat(
            new PredictionEncoder(Batches.MODEL, List.of(), OutputFraming.NONE, size)
                .encode(batch, 0)
                .headers())
        .isSameAs(headers);
    assertThat(
            new PredictionEncoder(Batches.MODEL, List.of(), OutputFraming.NONE, size - 1)
                .encode(batch, 0)
                .headers())
        .hasSize(1_001)
        .contains(MessageHeaders.TRUNCATED);
  }

  @Test
  void writesTombstonesWithTheirOrigin() {
    Header[] headers = {new Header("trace", new byte[] {9}), new Header("sluice-source", KEY)};
    KafkaMessage message =
        new PredictionEncoder(Batches.MODEL, List.of()).encode(Batches.source(KEY, null, headers));
    assertThat(message.key()).isEqualTo(KEY);
    assertThat(message.value()).isNull();
    assertThat(message.headers())
        .extracting(header -> header.name() + "=" + new String(header.value(), UTF_8))
        .containsExactly("trace=\t", "sluice-source=features-3@1099511627776");
  }

  @Test
  void rowsOfAPartitionShareALaneAndTheirNeighboursHaveTheNext() {
    int[] lanes = new int[3];
    for (int partition = 0; partition < 3; partition++) {
      EncodedRecord source = new EncodedRecord("features", partition, 7, 0, null, KEY, Header.NONE);
      lanes[partition] = encode(NO_COLUMNS, Batches.row(NO_COLUMNS, source), List.of()).lane();
      EncodedRecord next = new EncodedRecord("features", partition, 8, 0, KEY, null, Header.NONE);
      assertThat(new PredictionEncoder(Batches.MODEL, List.of()).encode(next).lane())
          .isEqualTo(lanes[partition]);
    }
    assertThat(lanes[0]).isNotNegative();
    assertThat(lanes).containsExactly(lanes[0], lanes[0] + 1, lanes[0] + 2);
  }

  @Test
  void writesANullKey() {
    FeatureRow row = Batches.row(NO_COLUMNS, Batches.source(null, null));
    KafkaMessage message = encode(NO_COLUMNS, row, List.of());
    assertThat(message.key()).isNull();
    assertThat(Batches.read("Prediction.avsc", message.value()).get("key")).isNull();
  }

  @Test
  void writesSingleValuesInTheOutputsOwnType() {
    TensorBuffer bool = new TensorBuffer(ElementType.BOOL, 1, 2);
    bool.setLong(1, 1);
    TensorBuffer int32 = new TensorBuffer(ElementType.INT32, 1, 2);
    int32.setLong(1, Integer.MIN_VALUE);
    TensorBuffer int64 = new TensorBuffer(ElementType.INT64, 1, 2);
    int64.setLong(1, Long.MAX_VALUE);
    TensorBuffer floats = new TensorBuffer(ElementType.FLOAT, 1, 2);
    floats.setFloat(1, Float.NaN);
    TensorBuffer doubles = new TensorBuffer(ElementType.DOUBLE, 1, 2);
    doubles.setNumber(1, -0.0);
    TensorBuffer texts = new TensorBuffer(ElementType.STRING, 1, 2);
    texts.setText(1, "gut: é北😀");
    TensorBuffer scores = new TensorBuffer(ElementType.SCORES, 1, 2);
    scores.setScores(1, new TreeMap<>(Map.of("0", 0.25, "1", 0.75)));
    List<GenericRecord> outputs =
        outputs(
            secondRow(
                new OutputTensor("bool", List.of(), bool),
                new OutputTensor("int32", List.of(), int32),
                new OutputTensor("int64", List.of(), int64),
                new OutputTensor("float", List.of(), floats),
                new OutputTensor("double", List.of(), doubles),
                new OutputTensor("text", List.of(), texts),
                new OutputTensor("scores", List.of(), scores)));
    assertThat(outputs)
        .extracting(output -> output.get("name").toString())
        .containsExactly("bool", "int32", "int64", "float", "double", "text", "scores");
    assertThat(outputs).allSatisfy(o -> assertThat((List<?>) o.get("shape")).isEmpty());
    assertThat(outputs.subList(0, 6))
        .extracting(output -> output.get("value"))
        .containsExactly(
            true, Integer.MIN_VALUE, Long.MAX_VALUE, Float.NaN, -0.0, new Utf8("gut: é北😀"));
    GenericRecord map = (GenericRecord) outputs.get(6).get("value");
    assertThat(map.getSchema().getName()).isEqualTo("Scores");
    assertThat(map.get("values")).isEqualTo(Map.of(new Utf8("0"), 0.25, new Utf8("1"), 0.75));
  }

  @Test
  void writesTypesOf16And8BitsInWiderOnes() {
    TensorBuffer unsigned = new TensorBuffer(ElementType.UINT8, 1, 2);
    unsigned.setLong(1, 255);
    TensorBuffer signed = new TensorBuffer(ElementType.INT8, 1, 2);
    signed.setLong(1, -128);
    TensorBuffer shorts = new TensorBuffer(ElementType.INT16, 1, 2);
    shorts.setLong(1, Short.MIN_VALUE);
    TensorBuffer half = new TensorBuffer(ElementType.FLOAT16, 1, 2);
    half.setNumber(1, 0.1);
    TensorBuffer brain = new TensorBuffer(ElementType.BFLOAT16, 1, 2);
    brain.setNumber(1, 0.1);
    assertThat(
            outputs(
                secondRow(
                    new OutputTensor("u", List.of(), unsigned),
                    new OutputTensor("i", List.of(), signed),
                    new OutputTensor("s", List.of(), shorts),
                    new OutputTensor("h", List.of(), half),
                    new OutputTensor("b", List.of(), brain))))
        .extracting(output -> output.get("value"))
        .containsExactly(255, -128, -32768, 0.099975586f, 0.100097656f);
  }

  @Test
  void writesSeveralValuesWithTheirShape() {
    assertSeveral(ElementType.BOOL, "Booleans", List.of(true, false, true, false, true, false));
    assertSeveral(ElementType.INT32, "Ints", List.of(1, 0, 1, 0, 1, 0));
    assertSeveral(ElementType.INT64, "Longs", List.of(1L, 0L, 1L, 0L, 1L, 0L));
    assertSeveral(ElementType.FLOAT, "Floats", List.of(1f, 0f, 1f, 0f, 1f, 0f));
    assertSeveral(ElementType.DOUBLE, "Doubles", List.of(1.0, 0.0, 1.0, 0.0, 1.0, 0.0));
    for (ElementType type : List.of(ElementType.INT16, ElementType.INT8, ElementType.UINT8)) {
      assertSeveral(type, "Ints", List.of(1, 0, 1, 0, 1, 0));
    }
    assertSeveral(ElementType.FLOAT16, "Floats", List.of(1f, 0f, 1f, 0f, 1f, 0f));
    assertSeveral(ElementType.BFLOAT16, "Floats", List.of(1f, 0f, 1f, 0f, 1f, 0f));
    List<?> texts = List.of("1", "0", "1", "0", "1", "0").stream().map(Utf8::new).toList();
    assertSeveral(ElementType.STRING, "Strings", texts);
  }

  private static void assertSeveral(ElementType type, String branch, List<?> expected) {
    TensorBuffer tensor = new TensorBuffer(type, 6, 2);
    for (int i = 0; i < 12; i++) {
      if (type == ElementType.STRING) {
        tensor.setText(i, i < 6 ? "first row" : Integer.toString((i + 1) % 2));
      } else {
        tensor.setLong(i, i < 6 ? 7 : (i + 1) % 2);
      }
    }
    GenericRecord output = outputs(secondRow(new OutputTensor("o", List.of(2, 3), tensor))).get(0);
    assertThat(output.get("shape")).isEqualTo(List.of(2, 3));
    GenericRecord value = (GenericRecord) output.get("value");
    assertThat(value.getSchema().getName()).isEqualTo(branch);
    assertThat(value.get("values")).isEqualTo(expected);
  }

  @Test
  void writesAnOutputWithoutValues() {
    OutputTensor none =
        new OutputTensor("o", List.of(0), new TensorBuffer(ElementType.FLOAT, 0, 2));
    GenericRecord output = outputs(secondRow(none)).get(0);
    assertThat(output.get("shape")).isEqualTo(List.of(0));
    assertThat((List<?>) ((GenericRecord) output.get("value")).get("values")).isEmpty();
  }

  @Test
  void followsOutputsThatChangeTheirShape() {
    FeatureBatch features = new FeatureBatch(NO_COLUMNS, 1);
    features.append(Batches.row(NO_COLUMNS, Batches.source(KEY, null)));
    TensorBuffer tensor = new TensorBuffer(ElementType.FLOAT, 2, 1);
    PredictionBatch batch = Batches.predicted(features, new OutputTensor("o", List.of(2), tensor));
    PredictionEncoder encoder = new PredictionEncoder(Batches.MODEL, List.of());
    assertThat(outputs(encoder.encode(batch, 0)).get(0).get("shape")).isEqualTo(List.of(2));
    tensor.reserve(3, 1);
    batch.outputs().set(0, new OutputTensor("o", List.of(3, 1), tensor));
    GenericRecord output = outputs(encoder.encode(batch, 0)).get(0);
    assertThat(output.get("shape")).isEqualTo(List.of(3, 1));
    assertThat((List<?>) ((GenericRecord) output.get("value")).get("values")).hasSize(3);
  }

  @Test
  void writesWarnings() {
    FeatureRow row = Batches.row(NO_COLUMNS, Batches.source(KEY, null));
    row.violations()
        .add(
            new Violation(
                "x", Reason.OUT_OF_RANGE, Severity.WARNING, "9", "range [0, 1]", "[0, 1]", 2));
    row.violations().add(new Violation("y", Reason.MISSING, Severity.INFO, "", "a value"));
    GenericRecord prediction =
        Batches.read("Prediction.avsc", encode(NO_COLUMNS, row, List.of()).value());
    List<?> warnings = (List<?>) prediction.get("warnings");
    assertThat(warnings)
        .extracting(
            w -> {
              GenericRecord warning = (GenericRecord) w;
              return warning.getSchema().getFields().stream()
                  .map(f -> warning.get(f.pos()).toString())
                  .toList();
            })
        .containsExactly(
            List.of("x", "OUT_OF_RANGE", "warning", "9", "range [0, 1]", "[0, 1]"),
            List.of("y", "MISSING", "info", "", "a value", ""));
  }

  @Test
  void boundsTheWarnings() {
    FeatureRow row = Batches.row(NO_COLUMNS, Batches.source(KEY, null));
    String text = "\u20ac".repeat(10_000);
    for (int i = 0; i < 5_000; i++) {
      row.violations()
          .add(new Violation(text, Reason.NO_MATCH, Severity.INFO, text, text, text, i));
    }
    KafkaMessage message = encode(NO_COLUMNS, row, List.of());
    assertThat(message.value().length).isLessThan(768 * 1024);
    assertThat((List<?>) Batches.read("Prediction.avsc", message.value()).get("warnings"))
        .hasSize(PredictionEncoder.MAX_WARNINGS);
  }

  @Test
  void writesWarningsAboutOutputsAfterThoseAboutFeatures() {
    FeatureRow row = Batches.row(NO_COLUMNS, Batches.source(KEY, null));
    row.violations().add(new Violation("x", Reason.MISSING, Severity.INFO, "", "a value"));
    FeatureBatch features = new FeatureBatch(NO_COLUMNS, 1);
    features.append(row);
    PredictionBatch batch = Batches.predicted(features);
    batch.warn(0, new Violation("y[1]", Reason.NAN_OUTPUT, Severity.WARNING, "NaN", "a number"));

    PredictionEncoder encoder = new PredictionEncoder(Batches.MODEL, List.of());
    GenericRecord prediction = Batches.read("Prediction.avsc", encoder.encode(batch, 0).value());

    assertThat((List<?>) prediction.get("warnings"))
        .extracting(warning -> ((GenericRecord) warning).get("column").toString())
        .containsExactly("x", "y[1]");
  }

  @Test
  void passesFeaturesOfEveryTypeThrough() {
    Map<String, Object> expected = new TreeMap<>();
    expected.put("bool", true);
    expected.put("int", -7L);
    expected.put("id", (1L << 53) + 1);
    expected.put("float", Float.NaN);
    expected.put("double", 0.1);
    expected.put("text", new Utf8("Dongsi"));
    expected.put("missing", null);
    assertThat(passedThrough(List.of())).isEqualTo(expected);
    InputTensor floats =
        new InputTensor("x", ElementType.FLOAT, List.of(6), List.of(0, 1, 2, 3, 4, 6));
    assertThat(passedThrough(List.of(floats)))
        .as("the model takes them as floats")
        .isEqualTo(expected);
    InputTensor doubles =
        new InputTensor("x", ElementType.DOUBLE, List.of(6), List.of(0, 1, 2, 3, 4, 6));
    assertThat(passedThrough(List.of(doubles))).isEqualTo(expected);
  }

  private static Map<String, Object> passedThrough(List<InputTensor> inputs) {
    FeatureLayout layout =
        new FeatureLayout(
            List.of(
                new FeatureColumn("bool", ElementType.BOOL, 1),
                new FeatureColumn("int", ElementType.INT32, 1),
                new FeatureColumn("id", ElementType.INT64, 1),
                new FeatureColumn("float", ElementType.FLOAT, 1),
                new FeatureColumn("double", ElementType.DOUBLE, 1),
                new FeatureColumn("text", ElementType.STRING, 1),
                new FeatureColumn("missing", ElementType.DOUBLE, 1)),
            inputs);
    FeatureRow row = Batches.row(layout, Batches.source(KEY, null));
    row.setLong(0, 1);
    row.setLong(1, -7);
    row.setLong(2, (1L << 53) + 1);
    row.setDouble(3, Float.NaN);
    row.setDouble(4, 0.1);
    row.setText(5, "Dongsi");
    for (int column = 0; column < 6; column++) {
      row.setMissing(column, false);
    }
    List<String> names = List.of("text", "missing", "double", "float", "id", "int", "bool");
    GenericRecord prediction = Batches.read("Prediction.avsc", encode(layout, row, names).value());
    Map<String, Object> features = new TreeMap<>();
    ((Map<?, ?>) prediction.get("features")).forEach((k, v) -> features.put(k.toString(), v));
    return features;
  }

  @Test
  void givesOneMessagePerPredictedRow() throws Exception {
    FeatureBatch features = new FeatureBatch(NO_COLUMNS, 3);
    for (byte i = 0; i < 3; i++) {
      features.append(Batches.row(NO_COLUMNS, Batches.source(new byte[] {i}, null)));
    }
    PredictionBatch batch = Batches.predicted(features);
    batch.fail(1, Reason.MODEL_ERROR, "no");
    var harness =
        new OneInputStreamOperatorTestHarness<PredictionBatch, KafkaMessage>(
            new StreamFlatMap<>(new EncodePredictionsFunction(Batches.MODEL, List.of())), 1, 1, 0);
    harness.setup(ArrowTypes.KAFKA_MESSAGE.createSerializer(null));
    harness.open();
    harness.processElement(batch, 1);
    assertThat(harness.extractOutputValues())
        .extracting(KafkaMessage::key)
        .containsExactly(new byte[] {0}, new byte[] {2});
    harness.close();
  }

  @Test
  void writesTombstonesBetweenTheRowsThatTheyWereBetween() throws Exception {
    FeatureBatch features = new FeatureBatch(NO_COLUMNS, 3);
    features.appendTombstone(Batches.source(new byte[] {10}, null));
    for (byte i = 0; i < 3; i++) {
      features.append(Batches.row(NO_COLUMNS, Batches.source(new byte[] {i}, null)));
      features.appendTombstone(Batches.source(new byte[] {(byte) (11 + i)}, null));
    }
    features.appendTombstone(Batches.source(new byte[70_000], null));
    PredictionBatch batch = Batches.predicted(features);
    batch.fail(1, Reason.MODEL_ERROR, "no");
    var harness =
        new OneInputStreamOperatorTestHarness<PredictionBatch, KafkaMessage>(
            new StreamFlatMap<>(
                new EncodePredictionsFunction(
                    Batches.MODEL, List.of(), OutputFraming.NONE, 64_000)),
            1,
            1,
            0);
    harness.setup(ArrowTypes.KAFKA_MESSAGE.createSerializer(null));
    harness.open();
    harness.processElement(batch, 1);
    assertThat(harness.extractOutputValues())
        .extracting(message -> message.key()[0] + (message.value() == null ? " gone" : ""))
        .containsExactly("10 gone", "0", "11 gone", "12 gone", "2", "13 gone");
    harness.close();
  }

  private static KafkaMessage encode(
      FeatureLayout layout, FeatureRow row, List<String> passThrough) {
    FeatureBatch features = new FeatureBatch(layout, 1);
    features.append(row);
    return new PredictionEncoder(Batches.MODEL, passThrough).encode(Batches.predicted(features), 0);
  }

  private static KafkaMessage secondRow(OutputTensor... outputs) {
    FeatureBatch features = new FeatureBatch(NO_COLUMNS, 2);
    features.append(Batches.row(NO_COLUMNS, Batches.source(null, null)));
    features.append(Batches.row(NO_COLUMNS, Batches.source(KEY, null)));
    return new PredictionEncoder(Batches.MODEL, List.of())
        .encode(Batches.predicted(features, outputs), 1);
  }

  private static List<GenericRecord> outputs(KafkaMessage message) {
    List<?> outputs = (List<?>) Batches.read("Prediction.avsc", message.value()).get("outputs");
    return outputs.stream().map(GenericRecord.class::cast).toList();
  }
}
