package dev.sluice.decode;

import static dev.sluice.decode.RowDecoderTest.field;
import static dev.sluice.decode.RowDecoderTest.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.Tombstones;
import dev.sluice.metric.RecordedMetrics;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import dev.sluice.record.Reason;
import dev.sluice.serial.ArrowTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.flink.api.common.functions.DefaultOpenContext;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.metrics.groups.OperatorMetricGroup;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.MockStreamingRuntimeContext;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecodeFunctionTest {
  private static final OutputTag<DeadLetter> MALFORMED =
      new OutputTag<>("malformed", ArrowTypes.DEAD_LETTER);
  private static final Schema SCHEMA =
      AvroRecords.schema(field("id", "\"long\"") + "," + field("name", "\"string\""));

  private OneInputStreamOperatorTestHarness<EncodedRecord, FeatureRow> harness;

  @BeforeEach
  void open() throws Exception {
    open("", Tombstones.DEAD_LETTER);
  }

  private void open(String eventTimeField, Tombstones tombstones) throws Exception {
    open(SCHEMA, eventTimeField, tombstones);
  }

  private void open(Schema schema, String eventTimeField, Tombstones tombstones) throws Exception {
    FeatureLayout layout = AvroRecords.layout(schema, "name", "id");
    DecodeFunction function =
        new DecodeFunction(
            RecordDecoding.plain(schema), layout, eventTimeField, tombstones, MALFORMED);
    harness = new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(function), 1, 1, 0);
    harness.setup(ArrowTypes.FEATURE_ROW.createSerializer(null));
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void forwardsGoodRecordsInOrderAndSendsOthersToDeadLetters() throws Exception {
    byte[] one = AvroRecords.write(record(SCHEMA, "id", 1L, "name", "one"));
    byte[] two = AvroRecords.write(record(SCHEMA, "id", 2L, "name", "two"));
    byte[] trailing = Arrays.copyOf(one, one.length + 1);
    byte[] cut = Arrays.copyOf(one, one.length - 1);
    for (byte[] value : new byte[][] {one, null, {}, trailing, two, cut, one}) {
      harness.processElement(AvroRecords.encoded(value), 5);
    }

    List<FeatureRow> rows = harness.extractOutputValues();
    assertThat(rows).extracting(row -> row.textAt(0)).containsExactly("one", "two", "one");
    assertThat(rows).extracting(row -> row.longAt(1)).containsExactly(1L, 2L, 1L);
    assertThat(rows).extracting(row -> row.source().value()).containsExactly(one, two, one);
    assertThat(harness.extractOutputStreamRecords())
        .extracting(StreamRecord::getTimestamp)
        .containsOnly(5L);

    List<DeadLetter> letters =
        harness.getSideOutput(MALFORMED).stream().map(StreamRecord::getValue).toList();
    assertThat(letters)
        .extracting(DeadLetter::reason)
        .containsExactly(
            Reason.NULL_VALUE, Reason.EMPTY_VALUE, Reason.TRAILING_BYTES, Reason.UNDECODABLE);
    assertThat(letters)
        .extracting(letter -> letter.source().value())
        .containsExactly(null, new byte[] {}, trailing, cut);
    assertThat(letters)
        .allSatisfy(
            letter -> {
              assertThat(letter.kind()).isEqualTo(DeadLetter.Kind.MALFORMED);
              assertThat(letter.eventTime()).isEqualTo(DeadLetter.NO_EVENT_TIME);
              assertThat(letter.violations()).isEmpty();
              assertThat(letter.message()).isNotEmpty();
            });
  }

  private void process(byte[]... values) throws Exception {
    for (byte[] value : values) {
      harness.processElement(AvroRecords.encoded(value), 5);
    }
  }

  @ParameterizedTest
  @EnumSource(Tombstones.class)
  void countsTombstonesWhateverBecomesOfThem(Tombstones policy) throws Exception {
    RecordedMetrics metrics = new RecordedMetrics();
    FeatureLayout layout = AvroRecords.layout(SCHEMA, "name", "id");
    DecodeFunction function =
        new DecodeFunction(RecordDecoding.plain(SCHEMA), layout, "", policy, MALFORMED);
    function.setRuntimeContext(
        new MockStreamingRuntimeContext(1, 0) {
          @Override
          public OperatorMetricGroup getMetricGroup() {
            return metrics;
          }
        });
    function.open(DefaultOpenContext.INSTANCE);
    for (byte[] value : new byte[][] {null, {}, null}) {
      function.processElement(
          AvroRecords.encoded(value), context(function), new ListCollector<>(new ArrayList<>()));
    }
    assertThat(metrics.value("records_read_total")).isEqualTo(3);
    assertThat(metrics.value("records_decoded_total")).isZero();
    assertThat(metrics.value("tombstones_skipped_total"))
        .isEqualTo(policy == Tombstones.SKIP ? 2 : 0);
    assertThat(metrics.value("tombstones_passed_total"))
        .isEqualTo(policy == Tombstones.PASS ? 2 : 0);
    assertThat(metrics.value("records_malformed_total"))
        .isEqualTo(policy == Tombstones.DEAD_LETTER ? 3 : 1);
    assertThat(metrics.value("records_malformed_total{reason=EMPTY_VALUE}")).isEqualTo(1);
  }

  private static DecodeFunction.Context context(DecodeFunction function) {
    return function.new Context() {
      @Override
      public Long timestamp() {
        return null;
      }

      @Override
      public TimerService timerService() {
        throw new UnsupportedOperationException();
      }

      @Override
      public <X> void output(OutputTag<X> tag, X value) {}
    };
  }

  @Test
  void leavesTombstonesOut() throws Exception {
    harness.close();
    open("", Tombstones.SKIP);
    byte[] one = AvroRecords.write(record(SCHEMA, "id", 1L, "name", "one"));
    process(null, one, null, new byte[0]);
    assertThat(harness.extractOutputValues())
        .extracting(FeatureRow::isTombstone)
        .containsExactly(false);
    assertThat(harness.getSideOutput(MALFORMED)).hasSize(1);
  }

  @Test
  void passesTombstonesInTheirPlace() throws Exception {
    harness.close();
    open("", Tombstones.PASS);
    byte[] one = AvroRecords.write(record(SCHEMA, "id", 1L, "name", "one"));
    process(one, null, null, one);
    assertThat(harness.extractOutputValues())
        .extracting(FeatureRow::isTombstone)
        .containsExactly(false, true, true, false);
    assertThat(harness.getSideOutput(MALFORMED)).isNull();
  }

  /** What another subtask infers travels, and the row is one for all records. */
  @Test
  void aLargeTextTravelsWithItsOwnRecordAlone() throws Exception {
    harness.close();
    Schema schema =
        AvroRecords.schema(field("name", "[\"null\",\"string\"]") + "," + field("id", "\"long\""));
    open(schema, "", Tombstones.PASS);
    byte[] large = AvroRecords.write(record(schema, "id", 1L, "name", "n".repeat(900_000)));
    byte[] none = AvroRecords.write(record(schema, "id", 2L, "name", null));
    byte[] cut = Arrays.copyOf(large, large.length - 1); // malformed behind its text
    process(large, none, cut, none, large, null, none);
    assertThat(harness.getSideOutput(MALFORMED)).hasSize(1);
    List<Integer> sizes = new ArrayList<>();
    for (FeatureRow row : harness.extractOutputValues()) {
      DataOutputSerializer out = new DataOutputSerializer(64);
      ArrowTypes.FEATURE_ROW.createSerializer(null).serialize(row, out);
      int value = row.source().value() == null ? 0 : row.source().value().length;
      sizes.add(out.length() - value);
    }
    assertThat(sizes).hasSize(6);
    for (int without : new int[] {1, 2, 4, 5}) {
      assertThat(sizes.get(without)).isLessThan(200);
    }
    assertThat(sizes.get(0)).isEqualTo(sizes.get(3)).isGreaterThan(900_000);
  }

  /** Very old message formats have no timestamp, which consumers report as -1. */
  @Test
  void wantsKafkasTimestampOnlyWhereItIsTheEventTime() throws Exception {
    byte[] one = AvroRecords.write(record(SCHEMA, "id", 1L, "name", "one"));
    EncodedRecord untimed = new EncodedRecord("t", 0, 7, -1, null, one, Header.NONE);
    harness.processElement(untimed, Long.MIN_VALUE);
    assertThat(harness.extractOutputValues()).isEmpty();
    DeadLetter letter = harness.getSideOutput(MALFORMED).peek().getValue();
    assertThat(letter.reason()).isEqualTo(Reason.NO_TIMESTAMP);
    assertThat(letter.message())
        .isEqualTo(
            "Kafka's timestamp is missing, expected one, since it is the event time"
                + " (features.event-time.field names no field)");
    harness.close();
    open("id", Tombstones.DEAD_LETTER);
    harness.processElement(untimed, 1);
    assertThat(harness.extractOutputValues()).hasSize(1);
    assertThat(harness.getSideOutput(MALFORMED)).isNull();
  }
}
