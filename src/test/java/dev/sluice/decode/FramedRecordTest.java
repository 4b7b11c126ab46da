package dev.sluice.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.WireFormat;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.Header;
import dev.sluice.record.Reason;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FramedRecordTest {
  private static final UUID GUID = UUID.fromString("89791762-2336-4186-9674-299b90a802e2");
  private static final byte[] BODY = {2, 4, 6};

  @Test
  void readsTheMarkerThatAvroItselfWrites() throws Exception {
    Schema schema = AvroRecords.schema(RowDecoderTest.field("id", "\"long\""));
    GenericData.Record datum = new GenericData.Record(schema);
    datum.put("id", 3L);
    byte[] value =
        new BinaryMessageEncoder<GenericData.Record>(new GenericData(), schema)
            .encode(datum)
            .array();
    assertThat(value).isEqualTo(Frames.singleObject(schema, new byte[] {6}));
    FramedRecord frame = new FramedRecord(WireFormat.SINGLE_OBJECT);
    assertThat(frame.read(AvroRecords.encoded(value))).isTrue();
    assertThat(frame.bodyAt()).isEqualTo(10);
    assertThat(frame.key())
        .isEqualTo(
            new SchemaKey(
                SchemaKey.Kind.FINGERPRINT,
                org.apache.avro.SchemaNormalization.parsingFingerprint64(schema),
                0));
  }

  @ParameterizedTest
  @EnumSource(
      value = WireFormat.class,
      names = {"CONFLUENT", "AUTO"})
  void readsIdsAndGuids(WireFormat format) throws Exception {
    assertFrame(format, AvroRecords.encoded(Frames.id(7, BODY)), MapSchemas.id(7), 5);
    assertFrame(format, AvroRecords.encoded(Frames.id(-2, BODY)), MapSchemas.id(-2), 5);
    SchemaKey guid =
        new SchemaKey(
            SchemaKey.Kind.GUID, GUID.getMostSignificantBits(), GUID.getLeastSignificantBits());
    assertThat(guid.name()).isEqualTo("schema GUID 89791762-2336-4186-9674-299b90a802e2");
    assertFrame(format, AvroRecords.encoded(Frames.guid(GUID, BODY)), guid, 17);
    byte[] id = Frames.id(7, new byte[0]);
    assertFrame(format, Frames.withHeader(id, BODY), MapSchemas.id(7), 0);
    assertFrame(format, Frames.withHeader(Frames.guidBytes(GUID), BODY), guid, 0);
    assertFrame(format, Frames.withHeader(id, Frames.id(8, BODY)), MapSchemas.id(7), 0);
  }

  @Test
  void takesTheLastHeader() throws Exception {
    Header[] headers = {
      new Header(FramedRecord.HEADER, Frames.id(1, new byte[0])),
      new Header(FramedRecord.HEADER, Frames.id(2, new byte[0])),
      new Header("other", null)
    };
    EncodedRecord record = new EncodedRecord("features", 0, 0, 0, null, BODY, headers);
    assertFrame(WireFormat.CONFLUENT, record, MapSchemas.id(2), 0);
  }

  /** Confluent's DualSchemaIdDeserializer looks at the bytes then, too. */
  @ParameterizedTest
  @EnumSource(
      value = WireFormat.class,
      names = {"CONFLUENT", "AUTO"})
  void aHeaderWithoutAValueIsNone(WireFormat format) throws Exception {
    byte[] value = Frames.id(7, BODY);
    assertFrame(format, Frames.withHeader(null, value), MapSchemas.id(7), 5);
    Header[] headers = {
      new Header(FramedRecord.HEADER, Frames.id(1, new byte[0])),
      new Header(FramedRecord.HEADER, null)
    };
    EncodedRecord record = new EncodedRecord("features", 0, 0, 0, null, value, headers);
    assertFrame(format, record, MapSchemas.id(7), 5);
  }

  @Test
  void refusesWhatIsNoFrame() {
    byte[] id = Frames.id(7, new byte[0]);
    byte[] guid = Frames.guidBytes(GUID);
    for (byte[] value :
        new byte[][] {Arrays.copyOf(id, 4), Arrays.copyOf(guid, 16), {2, 0, 0, 0, 7, 1}, {0}}) {
      assertRefused(WireFormat.CONFLUENT, AvroRecords.encoded(value));
    }
    assertThatThrownBy(
            () ->
                new FramedRecord(WireFormat.CONFLUENT)
                    .read(AvroRecords.encoded(new byte[] {2, 0, 0, 0, 7, 1})))
        .hasMessage(
            "value begins with 02 00 of 6 bytes, expected 00 and an id of 4 bytes, 01 and a GUID"
                + " of 16, or the header __value_schema_id");
    byte[][] headers = {
      {}, {0}, Arrays.copyOf(id, 4), Arrays.copyOf(id, 6), Arrays.copyOf(guid, 18), {9, 0, 0, 0, 1}
    };
    for (byte[] header : headers) {
      assertRefused(WireFormat.CONFLUENT, Frames.withHeader(header, BODY));
      assertRefused(WireFormat.AUTO, Frames.withHeader(header, BODY));
    }
    byte[] marker = {(byte) 0xC3, 1, 1, 2, 3, 4, 5, 6, 7, 8};
    for (int length = 1; length < marker.length; length++) {
      assertRefused(WireFormat.SINGLE_OBJECT, AvroRecords.encoded(Arrays.copyOf(marker, length)));
    }
    marker[1] = 2;
    assertRefused(WireFormat.SINGLE_OBJECT, AvroRecords.encoded(marker));
  }

  @ParameterizedTest
  @EnumSource(WireFormat.class)
  void readsOrRefusesWhateverTheBytes(WireFormat format) {
    FramedRecord frame = new FramedRecord(format);
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(20)];
      random.nextBytes(bytes);
      bytes[0] = random.nextBoolean() ? bytes[0] : (byte) random.nextInt(2);
      try {
        boolean named = frame.read(AvroRecords.encoded(bytes));
        assertThat(named).isEqualTo(frame.kind() != SchemaKey.Kind.GIVEN);
        assertThat(frame.bodyAt()).isBetween(0, bytes.length);
      } catch (MalformedRecordException e) {
        assertThat(e.reason()).isEqualTo(Reason.FRAMING);
        assertThat(format).isIn(WireFormat.CONFLUENT, WireFormat.SINGLE_OBJECT);
      }
    }
  }

  private static void assertFrame(
      WireFormat format, EncodedRecord record, SchemaKey key, int bodyAt) throws Exception {
    FramedRecord frame = new FramedRecord(format);
    assertThat(frame.read(record)).isTrue();
    assertThat(frame.key()).isEqualTo(key);
    assertThat(frame.bodyAt()).isEqualTo(bodyAt);
  }

  private static void assertRefused(WireFormat format, EncodedRecord record) {
    assertThatThrownBy(() -> new FramedRecord(format).read(record))
        .isInstanceOfSatisfying(
            MalformedRecordException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FRAMING));
  }
}
