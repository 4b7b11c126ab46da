package dev.sluice.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.WireFormat;
import dev.sluice.decode.SchemaKey;
import java.util.HexFormat;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaKeysTest {
  private static final String GUID = "01 0000000000000007 fffffffffffffff8";

  /** Format, header, value, and the kind and number expected. */
  @ParameterizedTest
  @CsvSource({
    "CONFLUENT, , 00 00000005 aa, ID 5 0",
    "CONFLUENT, , 00 00000005, ID 5 0",
    "CONFLUENT, , 00 ffffffff aa, ID -1 0",
    "CONFLUENT, , 00 000000, ",
    "CONFLUENT, , 02 00000005 aa, ",
    "CONFLUENT, , '', ",
    "CONFLUENT, , " + GUID + " aa, GUID 7 -8",
    "CONFLUENT, , 01 00000000000000070000000000000a, ",
    "CONFLUENT, 00 00000006, aa, ID 6 0",
    "CONFLUENT, 00 00000006, '', ID 6 0",
    "CONFLUENT, 00 00000006, 00 00000005 aa, ID 6 0",
    "CONFLUENT, " + GUID + ", aa, GUID 7 -8",
    "CONFLUENT, 07, 00 00000005 aa, ",
    "CONFLUENT, , c301 0807060504030201 aa, ",
    "SINGLE_OBJECT, , c301 0807060504030201 aa, FINGERPRINT 72623859790382856 0",
    "SINGLE_OBJECT, , c301 08070605040302, ",
    "SINGLE_OBJECT, , 00 00000005 aa, ",
    "SINGLE_OBJECT, 00 00000006, aa, ",
    "AUTO, , c301 0807060504030201 aa, FINGERPRINT 72623859790382856 0",
    "AUTO, , 00 00000005 aa, ID 5 0",
    "AUTO, 00 00000006, c301 0807060504030201 aa, ID 6 0",
    "PLAIN, 00 00000006, 00 00000005 aa, ",
  })
  void aRecordNamesASchema(WireFormat format, String header, String value, String expected) {
    ConsumerRecord<byte[], byte[]> record = record(value);
    if (header != null) {
      record.headers().add("__value_schema_id", bytes("00 00000009")).add("other", null);
      record.headers().add("__value_schema_id", bytes(header));
    }
    SchemaKey key = new SchemaKeys(format).key(record, null);
    assertThat(key == null ? null : key.kind() + " " + key.high() + " " + key.low())
        .isEqualTo(expected);
    assertThat(new SchemaKeys(format).key(record, key)).isSameAs(key);
  }

  @Test
  void aTombstoneNamesNone() {
    ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("t", 0, 0, null, null);
    record.headers().add("__value_schema_id", bytes("00 00000009"));
    assertThat(new SchemaKeys(WireFormat.AUTO).key(record, null)).isNull();
  }

  @Test
  void aHeaderWithoutAValueIsNone() {
    ConsumerRecord<byte[], byte[]> record = record("00 00000005 aa");
    record.headers().add("__value_schema_id", null);
    assertThat(new SchemaKeys(WireFormat.AUTO).key(record, null).high()).isEqualTo(5);
  }

  private static ConsumerRecord<byte[], byte[]> record(String value) {
    return new ConsumerRecord<>("t", 0, 0, null, bytes(value));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
