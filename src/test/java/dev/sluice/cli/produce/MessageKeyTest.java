package dev.sluice.cli.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageKeyTest {
  private static Schema schema(String type) {
    return new Schema.Parser()
        .parse(
            "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"id\", \"type\": %s}]}"
                .formatted(type));
  }

  private static String key(String type, Object value) {
    GenericData.Record record = new GenericData.Record(schema(type));
    record.put("id", value);
    byte[] key = MessageKey.of("--keys", record.getSchema(), "id").of(record);
    return key == null ? null : new String(key, StandardCharsets.UTF_8);
  }

  @Test
  void theTextOfTheFieldIsTheKey() {
    assertThat(key("\"string\"", "Wien \u00e4")).isEqualTo("Wien \u00e4");
    assertThat(key("\"long\"", Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
    assertThat(key("[\"null\", \"int\"]", 7)).isEqualTo("7");
    assertThat(key("[\"null\", \"int\"]", null)).isNull();
    assertThat(MessageKey.NONE.of(new GenericData.Record(schema("\"long\"")))).isNull();
  }

  /** Their text would be that of a Java object, another one in each version. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"bytes\"",
        "{\"type\": \"fixed\", \"name\": \"F\", \"size\": 16}",
        "{\"type\": \"array\", \"items\": \"int\"}",
        "[\"null\", \"string\", \"bytes\"]"
      })
  void aFieldWithoutATextIsRefused(String type) {
    assertThatThrownBy(() -> key(type, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "--keys is id, which is ", "expected a string, enum, number or boolean");
  }
}
