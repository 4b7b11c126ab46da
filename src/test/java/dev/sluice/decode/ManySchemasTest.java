package dev.sluice.decode;

import static dev.sluice.decode.RowDecoderTest.field;
import static dev.sluice.decode.RowDecoderTest.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.Tombstones;
import dev.sluice.config.WireFormat;
import dev.sluice.metric.RecordedMetrics;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Reason;
import dev.sluice.serial.ArrowTypes;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

/** Fifty writer schemas in one stream, one of which cannot be read. */
class ManySchemasTest {
  private static final int SCHEMAS = 50;
  private static final int INCOMPATIBLE = 17;
  private static final int ROUNDS = 20;
  private static final OutputTag<DeadLetter> MALFORMED =
      new OutputTag<>("malformed", ArrowTypes.DEAD_LETTER);
  private static final Schema READER =
      AvroRecords.schema(
          field("id", "\"long\"") + ",{\"name\":\"v\",\"type\":\"double\",\"default\":-1}");

  private final MapSchemas schemas = new MapSchemas();
  private final List<Schema> writers = new ArrayList<>();

  private void writers() {
    for (int id = 0; id < SCHEMAS; id++) {
      String type = id == INCOMPATIBLE ? "\"string\"" : id % 2 == 0 ? "\"int\"" : "\"long\"";
      String v = id % 5 == 0 ? "" : "," + field("v", id % 3 == 0 ? "\"float\"" : "\"double\"");
      writers.add(
          AvroRecords.schema(field("own" + id, "\"string\"") + "," + field("id", type) + v));
      schemas.put(MapSchemas.id(id), writers.get(id));
    }
  }

  private byte[] value(int schema, int number) {
    Schema writer = writers.get(schema);
    Object id =
        switch (writer.getField("id").schema().getType()) {
          case INT -> number;
          case LONG -> (long) number;
          default -> "n" + number;
        };
    var record = record(writer, "own" + schema, "x".repeat(schema), "id", id);
    Schema.Field v = writer.getField("v");
    if (v != null) {
      record.put(
          "v", v.schema().getType() == Schema.Type.FLOAT ? (Object) (number + 0.5f) : number + 0.5);
    }
    return AvroRecords.write(record);
  }

  @Test
  @SuppressWarnings("try") // closing may be interrupted, says its signature
  void decodesAllButOneAndGoesOn() throws Exception {
    writers();
    RecordDecoding decoding =
        new RecordDecoding(WireFormat.CONFLUENT, READER.toString(), READER.toString(), schemas);
    DecodeFunction function =
        new DecodeFunction(
            decoding, AvroRecords.layout(READER, "v", "id"), "", Tombstones.DEAD_LETTER, MALFORMED);
    RecordedMetrics metrics = new RecordedMetrics();
    try (MockEnvironment environment = metrics.environment();
        var harness =
            new OneInputStreamOperatorTestHarness<EncodedRecord, FeatureRow>(
                new ProcessOperator<>(function), environment)) {
      harness.setup(ArrowTypes.FEATURE_ROW.createSerializer(null));
      harness.open();
      int number = 0;
      for (int round = 0; round < ROUNDS; round++) {
        for (int id = 0; id < SCHEMAS; id++) {
          harness.processElement(AvroRecords.encoded(Frames.id(id, value(id, number++))), 0);
        }
      }
      harness.processElement(AvroRecords.encoded(Frames.id(99, value(0, 1))), 0);
      harness.processElement(AvroRecords.encoded(new byte[] {5, 5, 5, 5, 5, 5}), 0);

      assertRows(harness.extractOutputValues());
      assertLetters(harness.getSideOutput(MALFORMED).stream().map(StreamRecord::getValue).toList());
      String malformed = "records_malformed_total";
      assertThat(metrics.value(malformed)).isEqualTo(ROUNDS + 2);
      assertThat(metrics.value(malformed + "{reason=INCOMPATIBLE_SCHEMA}")).isEqualTo(ROUNDS);
      assertThat(metrics.value(malformed + "{reason=UNKNOWN_SCHEMA}")).isEqualTo(1);
      assertThat(metrics.value(malformed + "{reason=FRAMING}")).isEqualTo(1);
      assertThat(metrics.value("writer_schemas")).isEqualTo(SCHEMAS);
      assertThat(metrics.value("records_read_total"))
          .isEqualTo(metrics.value("records_decoded_total") + ROUNDS + 2);
    }
    assertThat(schemas.closed()).isEqualTo(1);
  }

  private void assertRows(List<FeatureRow> rows) {
    assertThat(rows).hasSize(ROUNDS * (SCHEMAS - 1));
    int next = 0;
    for (int number = 0; number < ROUNDS * SCHEMAS; number++) {
      int schema = number % SCHEMAS;
      if (schema == INCOMPATIBLE) {
        continue;
      }
      FeatureRow row = rows.get(next++);
      assertThat(row.longAt(1)).isEqualTo(number);
      assertThat(row.doubleAt(0)).isEqualTo(schema % 5 == 0 ? -1 : number + 0.5);
    }
  }

  private static void assertLetters(List<DeadLetter> letters) {
    assertThat(letters).hasSize(ROUNDS + 2);
    assertThat(letters.subList(0, ROUNDS))
        .allSatisfy(
            letter -> {
              assertThat(letter.kind()).isEqualTo(DeadLetter.Kind.MALFORMED);
              assertThat(letter.reason()).isEqualTo(Reason.INCOMPATIBLE_SCHEMA);
              assertThat(letter.message())
                  .isEqualTo(
                      "schema id 17, R, is not readable as features.schema: field id is string,"
                          + " expected long");
            });
    assertThat(letters.get(ROUNDS).reason()).isEqualTo(Reason.UNKNOWN_SCHEMA);
    assertThat(letters.get(ROUNDS).message()).isEqualTo("the map has no schema id 99");
    assertThat(letters.get(ROUNDS + 1).reason()).isEqualTo(Reason.FRAMING);
  }
}
