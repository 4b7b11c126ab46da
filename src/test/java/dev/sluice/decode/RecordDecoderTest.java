package dev.sluice.decode;

import static dev.sluice.decode.RowDecoderTest.field;
import static dev.sluice.decode.RowDecoderTest.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.WireFormat;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Records of all formats, decoded, and their event times read without the decoder. */
class RecordDecoderTest {
  private static final Schema READER =
      AvroRecords.schema(field("id", "\"long\"") + "," + field("ts", "[\"null\",\"long\"]"));
  private static final Schema INTS =
      AvroRecords.schema(field("ts", "\"int\"") + "," + field("id", "\"int\""));
  private static final Schema TEXTS =
      AvroRecords.schema(field("ts", "\"long\"") + "," + field("id", "\"string\""));
  private static final FeatureLayout LAYOUT = AvroRecords.layout(READER, "id");

  private final MapSchemas schemas = new MapSchemas();

  private RecordDecoder decoder(WireFormat format, WriterSchemas found) {
    return RecordDecoder.open(decoding(format, found), LAYOUT, "ts");
  }

  private static RecordDecoding decoding(WireFormat format, WriterSchemas found) {
    return new RecordDecoding(format, READER.toString(), READER.toString(), found);
  }

  private void assertReads(WireFormat format, EncodedRecord record, long id, long ts)
      throws Exception {
    assertReads(format, schemas, record, id, ts);
  }

  private static void assertReads(
      WireFormat format, WriterSchemas found, EncodedRecord record, long id, long ts)
      throws Exception {
    FeatureRow row = new FeatureRow(LAYOUT);
    RecordDecoder.open(decoding(format, found), LAYOUT, "ts").decode(record, row);
    assertThat(row.longAt(0)).isEqualTo(id);
    assertThat(row.eventTime()).isEqualTo(ts);
    assertThat(row.source()).isSameAs(record);
    assertThat(new FramedEventTimes(decoding(format, found), "ts", found.open()).read(record))
        .isEqualTo(ts);
  }

  private static byte[] plain(long id, Long ts) {
    return AvroRecords.write(record(READER, "id", id, "ts", ts));
  }

  private static byte[] ints(int id, int ts) {
    return AvroRecords.write(record(INTS, "id", id, "ts", ts));
  }

  @Test
  void readsEachFormatByItsWritersSchema() throws Exception {
    UUID guid = UUID.randomUUID();
    schemas.put(MapSchemas.id(7), INTS);
    schemas.put(
        new SchemaKey(
            SchemaKey.Kind.GUID, guid.getMostSignificantBits(), guid.getLeastSignificantBits()),
        INTS);
    WriterSchemas files = new GivenSchemas(List.of(READER, INTS), schemas);
    byte[] id = Frames.id(7, new byte[0]);
    for (WireFormat format : new WireFormat[] {WireFormat.CONFLUENT, WireFormat.AUTO}) {
      assertReads(format, AvroRecords.encoded(Frames.id(7, ints(3, 9))), 3, 9);
      assertReads(format, AvroRecords.encoded(Frames.guid(guid, ints(3, 9))), 3, 9);
      assertReads(format, Frames.withHeader(id, ints(3, 9)), 3, 9);
    }
    for (WireFormat format : new WireFormat[] {WireFormat.SINGLE_OBJECT, WireFormat.AUTO}) {
      byte[] value = Frames.singleObject(INTS, ints(3, 9));
      assertReads(format, files, AvroRecords.encoded(value), 3, 9);
      byte[] own = Frames.singleObject(READER, plain(4, null));
      assertReads(format, files, AvroRecords.encoded(own), 4, DeadLetter.NO_EVENT_TIME);
    }
    for (WireFormat format : new WireFormat[] {WireFormat.PLAIN, WireFormat.AUTO}) {
      assertReads(format, AvroRecords.encoded(plain(5, 6L)), 5, 6);
    }
  }

  @Test
  void asksOthersForFingerprintsThatNoFileHas() throws Exception {
    long fingerprint = org.apache.avro.SchemaNormalization.parsingFingerprint64(INTS);
    schemas.put(new SchemaKey(SchemaKey.Kind.FINGERPRINT, fingerprint, 0), INTS);
    WriterSchemas files = new GivenSchemas(List.of(READER), schemas);
    EncodedRecord record = AvroRecords.encoded(Frames.singleObject(INTS, ints(3, 9)));
    assertReads(WireFormat.SINGLE_OBJECT, files, record, 3, 9);
    assertRefused(
        WireFormat.SINGLE_OBJECT,
        new GivenSchemas(List.of(READER), WriterSchemas.NONE),
        record,
        Reason.UNKNOWN_SCHEMA,
        "schema fingerprint %016x is unknown, expected one of features.schemas, or of a registry: registry.url is not given"
            .formatted(fingerprint));
  }

  @Test
  void takesPlainRecordsThatBeginLikeFrames() throws Exception {
    schemas.put(MapSchemas.id(0), TEXTS);
    schemas.put(MapSchemas.id(0x02000000), INTS);
    WriterSchemas files = new GivenSchemas(List.of(READER, INTS), schemas);
    Schema wide =
        AvroRecords.schema(
            field("id", "\"long\"")
                + ","
                + field("x", "\"double\"")
                + ","
                + field("y", "\"double\"")
                + ","
                + field("ts", "[\"null\",\"long\"]"));
    RecordDecoding decoding =
        new RecordDecoding(WireFormat.AUTO, READER.toString(), wide.toString(), files);
    RecordDecoder decoder = RecordDecoder.open(decoding, LAYOUT, "ts");
    FramedEventTimes times = new FramedEventTimes(decoding, "ts", files.open());
    FeatureRow row = new FeatureRow(LAYOUT);
    // 0 is 00; -1 is 01; -98 is C3 01 as a long of two bytes.
    for (long id : new long[] {0, -1, -98, 7}) {
      byte[] value = AvroRecords.write(record(wide, "id", id, "x", 0.0, "y", 0.0, "ts", 77L));
      byte[] begin = Arrays.copyOf(value, 2);
      assertThat(begin[0]).isEqualTo((byte) (id == 0 ? 0 : id == -1 ? 1 : id == -98 ? 0xC3 : 14));
      decoder.decode(AvroRecords.encoded(value), row);
      assertThat(row.longAt(0)).isEqualTo(id);
      assertThat(row.eventTime()).isEqualTo(77);
      assertThat(times.read(AvroRecords.encoded(value))).isEqualTo(77);
    }
  }

  @Test
  void namesBothTriesWhereNeitherReads() throws Exception {
    schemas.put(MapSchemas.id(8), TEXTS);
    byte[] texts = AvroRecords.write(record(TEXTS, "id", "x", "ts", 5L));
    assertRefused(
        WireFormat.AUTO,
        schemas,
        AvroRecords.encoded(Frames.id(8, texts)),
        Reason.INCOMPATIBLE_SCHEMA,
        "as confluent: schema id 8, R, is not readable as features.schema: field id is string,"
            + " expected long; as plain: record ends at byte 2, but 6 bytes follow");
    assertRefused(
        WireFormat.AUTO,
        schemas,
        AvroRecords.encoded(Frames.id(9, texts)),
        Reason.UNKNOWN_SCHEMA,
        "as confluent: the map has no schema id 9; as plain: record ends at byte 2, but 6 bytes"
            + " follow");
    assertRefused(
        WireFormat.AUTO,
        schemas,
        AvroRecords.encoded(new byte[] {9, 9}),
        Reason.UNDECODABLE,
        "names no schema; as plain: byte 1: union index is -5, expected 0 to 1");
  }

  @Test
  void refusesTruncatedFramesAndBodies() {
    schemas.put(MapSchemas.id(7), INTS);
    byte[] whole = Frames.id(7, ints(300, 9));
    for (int length = 1; length < whole.length; length++) {
      EncodedRecord cut = AvroRecords.encoded(Arrays.copyOf(whole, length));
      Reason reason = length < 5 ? Reason.FRAMING : Reason.UNDECODABLE;
      assertThatThrownBy(
              () -> decoder(WireFormat.CONFLUENT, schemas).decode(cut, new FeatureRow(LAYOUT)))
          .as("%d bytes", length)
          .isInstanceOfSatisfying(
              MalformedRecordException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
    EncodedRecord longer = AvroRecords.encoded(Arrays.copyOf(whole, whole.length + 1));
    assertRefused(
        WireFormat.CONFLUENT,
        schemas,
        longer,
        Reason.TRAILING_BYTES,
        "record ends at byte 8, but 1 bytes follow");
  }

  @Test
  void waitsForASchemaThatNobodyHasAskedFor() throws Exception {
    schemas.putUnasked(MapSchemas.id(7), INTS);
    EncodedRecord record = AvroRecords.encoded(Frames.id(7, ints(3, 9)));
    RecordDecoding decoding = decoding(WireFormat.CONFLUENT, schemas);
    FramedEventTimes times = new FramedEventTimes(decoding, "ts", schemas);
    assertThat(times.read(record)).as("never waits").isEqualTo(DeadLetter.NO_EVENT_TIME);
    assertThat(schemas.awaited()).isEmpty();
    RecordDecoder decoder = RecordDecoder.open(decoding, LAYOUT, "ts");
    FeatureRow row = new FeatureRow(LAYOUT);
    decoder.decode(record, row);
    decoder.decode(record, row);
    assertThat(row.longAt(0)).isEqualTo(3);
    assertThat(schemas.awaited()).containsExactly(MapSchemas.id(7));
    assertThat(times.read(record)).isEqualTo(9);
    assertThat(decoder.decoders()).isEqualTo(1);
    decoder.close();
    assertThat(schemas.closed()).isEqualTo(1);
  }

  @Test
  void asksAgainForWhatWasUnknown() throws Exception {
    RecordDecoder decoder = decoder(WireFormat.CONFLUENT, schemas);
    EncodedRecord record = AvroRecords.encoded(Frames.id(7, ints(3, 9)));
    FeatureRow row = new FeatureRow(LAYOUT);
    assertThatThrownBy(() -> decoder.decode(record, row)).hasMessage("the map has no schema id 7");
    assertThat(decoder.decoders()).isZero();
    schemas.put(MapSchemas.id(7), INTS);
    decoder.decode(record, row);
    assertThat(row.longAt(0)).isEqualTo(3);
  }

  @Test
  void refusesSchemasThatAreNoRecords() {
    schemas.put(MapSchemas.id(1), Schema.create(Schema.Type.STRING));
    schemas.put(MapSchemas.id(2), Schema.createUnion(Schema.create(Schema.Type.NULL), READER));
    assertRefused(
        WireFormat.CONFLUENT,
        schemas,
        AvroRecords.encoded(Frames.id(1, new byte[] {0})),
        Reason.INCOMPATIBLE_SCHEMA,
        "schema id 1, string, is not readable as features.schema: the schema is string, expected R");
  }

  private static void assertRefused(
      WireFormat format, WriterSchemas found, EncodedRecord record, Reason reason, String message) {
    RecordDecoder decoder = RecordDecoder.open(decoding(format, found), LAYOUT, "ts");
    assertThatThrownBy(() -> decoder.decode(record, new FeatureRow(LAYOUT)))
        .isInstanceOfSatisfying(
            MalformedRecordException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessage(message);
    assertThat(new FramedEventTimes(decoding(format, found), "ts", found.open()).read(record))
        .isIn(DeadLetter.NO_EVENT_TIME, 9L, 5L);
  }
}
