package dev.sluice.encode;

import static dev.sluice.encode.EncodedRows.KEY;
import static dev.sluice.encode.EncodedRows.NO_COLUMNS;
import static dev.sluice.encode.EncodedRows.encode;
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
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import dev.sluice.record.Violation;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;

/** What is written is read back with Avro's own reader and the published schema. */
class PredictionEncoderTest {
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
}
