package dev.sluice.cli.letters;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;

/**
 * JSON as {@link AvroJson} and {@code GenericData.toString} write it → plain Avro: of a union the
 * value alone, NaN and infinities as texts. A field that is absent has its default. For schemas
 * whose unions are of null and one other type, without maps, bytes and fixed.
 */
final class JsonAvro {
  private JsonAvro() {}

  /**
   * Returns the bytes of a record.
   *
   * @throws IllegalArgumentException if the JSON is no record of the schema; the message names the
   *     place
   */
  static byte[] encode(Schema schema, JsonNode record) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    try {
      write(schema, record, encoder, schema.getName());
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  private static void write(Schema schema, JsonNode value, Encoder encoder, String place)
      throws IOException {
    switch (schema.getType()) {
      case RECORD -> record(schema, value, encoder, place);
      case UNION -> union(schema, value, encoder, place);
      case ARRAY -> {
        require(value.isArray(), value, place, "an array");
        encoder.writeArrayStart();
        encoder.setItemCount(value.size());
        for (JsonNode item : value) {
          encoder.startItem();
          write(schema.getElementType(), item, encoder, place + "[]");
        }
        encoder.writeArrayEnd();
      }
      case ENUM -> {
        require(schema.hasEnumSymbol(value.asText()), value, place, schema.getEnumSymbols() + "");
        encoder.writeEnum(schema.getEnumOrdinal(value.asText()));
      }
      case STRING -> {
        require(value.isTextual(), value, place, "a text");
        encoder.writeString(value.textValue());
      }
      case BOOLEAN -> {
        require(value.isBoolean(), value, place, "true or false");
        encoder.writeBoolean(value.booleanValue());
      }
      case INT -> {
        require(value.canConvertToInt(), value, place, "an integer of 32 bits");
        encoder.writeInt(value.intValue());
      }
      case LONG -> {
        require(value.canConvertToLong(), value, place, "an integer of 64 bits");
        encoder.writeLong(value.longValue());
      }
      case DOUBLE -> encoder.writeDouble(number(value, place));
      default ->
          throw new IllegalArgumentException(
              place + " is of type " + schema.getType() + ", which is not read from JSON");
    }
  }

  private static void record(Schema schema, JsonNode value, Encoder encoder, String place)
      throws IOException {
    require(value.isObject(), value, place, "an object");
    for (Schema.Field field : schema.getFields()) {
      JsonNode item = value.get(field.name());
      String name = place + "." + field.name();
      if (item == null && !field.hasDefaultValue()) {
        throw new IllegalArgumentException(name + " is not there, expected it");
      }
      write(field.schema(), item == null ? defaultOf(field) : item, encoder, name);
    }
  }

  private static JsonNode defaultOf(Schema.Field field) {
    com.fasterxml.jackson.databind.ObjectMapper mapper =
        new com.fasterxml.jackson.databind.ObjectMapper();
    Object value = field.defaultVal();
    return value == org.apache.avro.JsonProperties.NULL_VALUE
        ? mapper.nullNode()
        : mapper.valueToTree(value);
  }

  private static void union(Schema schema, JsonNode value, Encoder encoder, String place)
      throws IOException {
    Iterator<Schema> branches = schema.getTypes().iterator();
    for (int i = 0; branches.hasNext(); i++) {
      Schema branch = branches.next();
      if (value.isNull() == (branch.getType() == Schema.Type.NULL)) {
        encoder.writeIndex(i);
        if (value.isNull()) {
          encoder.writeNull();
        } else {
          write(branch, value, encoder, place);
        }
        return;
      }
    }
    throw new IllegalArgumentException(place + " is " + value + ", expected " + schema);
  }

  private static final Map<String, Double> SPECIAL =
      Map.of(
          "NaN",
          Double.NaN,
          "Infinity",
          Double.POSITIVE_INFINITY,
          "-Infinity",
          Double.NEGATIVE_INFINITY);

  private static double number(JsonNode value, String place) {
    if (value.isTextual() && SPECIAL.containsKey(value.textValue())) {
      return SPECIAL.get(value.textValue());
    }
    require(value.isNumber(), value, place, "a number");
    return value.doubleValue();
  }

  private static void require(boolean met, JsonNode value, String place, String expected) {
    if (!met) {
      String got = value.toString();
      boolean isLong = got.length() > 100;
      throw new IllegalArgumentException(
          place
              + " is "
              + (isLong ? got.substring(0, 100) + "..." : got)
              + ", expected "
              + expected);
    }
  }
}
