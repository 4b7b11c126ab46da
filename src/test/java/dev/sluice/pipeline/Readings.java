package dev.sluice.pipeline;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Air quality readings made up for tests, and ways to break them. */
final class Readings {
  static final long START = 1_400_000_000_000L;
  private static final long HOUR = 3_600_000L;
  static final Schema SCHEMA = schema("AirQualityReading");

  private Readings() {}

  private static Schema schema(String name) {
    try {
      return new Schema.Parser().parse(new File("schemas/" + name + ".avsc"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the i-th reading: valid, one hour after the one before. */
  static GenericData.Record valid(int i) {
    GenericData.Record record = new GenericData.Record(SCHEMA);
    record.put("ts", START + i * HOUR);
    record.put("station", "Dongsi");
    record.put("SO2", 2f + i % 40);
    record.put("NO2", 10f + i % 50);
    record.put("CO", 300f + i % 1000);
    record.put("O3", i % 7 == 0 ? null : 20f + i % 60);
    record.put("TEMP", -5f + i % 30);
    record.put("PRES", 1000f + i % 20);
    record.put("DEWP", -10f + i % 20);
    record.put("RAIN", 0f);
    record.put("wd", i % 11 == 0 ? null : "NNW");
    record.put("WSPM", 1f + i % 3);
    record.put("hour", (long) (i % 24));
    record.put("PM10", 50f);
    return record;
  }

  static byte[] bytes(GenericRecord record) {
    return bytes(record, record.getSchema());
  }

  static byte[] bytes(GenericRecord record, Schema schema) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Returns a record of quite another schema. */
  static byte[] ofAnotherSchema() {
    Schema schema =
        new Schema.Parser()
            .parse(
                "{\"type\":\"record\",\"name\":\"Order\",\"fields\":["
                    + "{\"name\":\"customer\",\"type\":\"string\"},"
                    + "{\"name\":\"amount\",\"type\":\"double\"}]}");
    GenericData.Record order = new GenericData.Record(schema);
    order.put("customer", "a customer of the shop");
    order.put("amount", 12.5);
    return bytes(order);
  }

  static byte[] key(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
