package dev.sluice.decode;

import static dev.sluice.decode.RowDecoderTest.field;
import static dev.sluice.decode.RowDecoderTest.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.record.DeadLetter;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Reason;
import dev.sluice.serial.ArrowTypes;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DecodeFunctionTest {
  private static final OutputTag<DeadLetter> MALFORMED =
      new OutputTag<>("malformed", ArrowTypes.DEAD_LETTER);
  private static final Schema SCHEMA =
      AvroRecords.schema(field("id", "\"long\"") + "," + field("name", "\"string\""));

  private OneInputStreamOperatorTestHarness<EncodedRecord, FeatureRow> harness;

  @BeforeEach
  void open() throws Exception {
    FeatureLayout layout = AvroRecords.layout(SCHEMA, "name", "id");
    DecodeFunction function =
        new DecodeFunction(RecordDecoding.plain(SCHEMA), layout, "", MALFORMED);
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
}
