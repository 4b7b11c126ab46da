package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Feature records of several writers through the whole job, each of which says which schema it was
 * written with: by an id in front of it, by a header, by a fingerprint, or not at all.
 */
class FramedFeaturesITCase {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final String SUBJECT = "framed-in-features-" + Readings.SCHEMA.getFullName();
  private static final String HEADER = "__value_schema_id";
  private static final int EACH = 200;
  private static final int UNKNOWN_ID = 4711;

  /** The fields in reverse order, and one that the job has never heard of. */
  private static final Schema OTHER_ORDER = otherOrder();

  /** A temperature in words. */
  private static final Schema INCOMPATIBLE = incompatible();

  private static Schema otherOrder() {
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : Readings.SCHEMA.getFields()) {
      fields.add(new Schema.Field(field, field.schema()));
    }
    Collections.reverse(fields);
    fields.add(3, new Schema.Field("firmware", Schema.create(Schema.Type.STRING)));
    return record(fields);
  }

  private static Schema incompatible() {
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : Readings.SCHEMA.getFields()) {
      fields.add(
          field.name().equals("TEMP")
              ? new Schema.Field("TEMP", Schema.create(Schema.Type.STRING))
              : new Schema.Field(field, field.schema()));
    }
    return record(fields);
  }

  private static Schema record(List<Schema.Field> fields) {
    Schema schema = Readings.SCHEMA;
    return Schema.createRecord(
        schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
  }

  private static byte[] written(int i, Schema schema) {
    GenericRecord reading = Readings.valid(i);
    GenericData.Record record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(field.name(), field.name().equals("firmware") ? "1.7" : reading.get(field.name()));
    }
    if (schema == INCOMPATIBLE) {
      record.put("TEMP", "warm");
    }
    return Readings.bytes(record, schema);
  }

  private static byte[] confluent(int id, byte[] body) {
    return ByteBuffer.allocate(5 + body.length).put((byte) 0).putInt(id).put(body).array();
  }

  private static byte[] singleObject(Schema schema, byte[] body) {
    return ByteBuffer.allocate(10 + body.length)
        .putShort((short) 0xC301)
        .putLong(Long.reverseBytes(SchemaNormalization.parsingFingerprint64(schema)))
        .put(body)
        .array();
  }

  @Test
  void everyWriterIsReadByItsOwnSchema() throws Exception {
    try (RegistryServer registry = RegistryServer.start()) {
      registry.put(SUBJECT, Readings.SCHEMA); // id 1
      registry.put(SUBJECT, OTHER_ORDER);
      registry.put(SUBJECT, INCOMPATIBLE);
      JobRun run =
          new JobRun("framed-in", SERVERS.kafka().bootstrapServers(), SERVERS.flink(), 2)
              .option("features.format", "auto")
              .option("features.schema", "schemas/AirQualityReading.avsc")
              .option("features.event-time.field", "ts")
              .option("model.uri", "src/main/resources/models/air-quality-mlp")
              .option("profile.window", "P1D")
              .option("registry.subjects", "topic-record")
              .registry(registry.url());
      try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
        for (int i = 0; i < EACH; i++) {
          byte[] plain = written(i, Readings.SCHEMA);
          byte[] reordered = written(i, OTHER_ORDER);
          producer.send(run.feature(0, Readings.key("plain"), plain));
          producer.send(run.feature(1, Readings.key("id"), confluent(1, plain)));
          producer.send(run.feature(0, Readings.key("other-id"), confluent(2, reordered)));
          producer.send(
              run.feature(1, Readings.key("single"), singleObject(Readings.SCHEMA, plain)));
          producer.send(
              run.feature(1, Readings.key("other"), singleObject(OTHER_ORDER, reordered)));
          ProducerRecord<byte[], byte[]> byHeader =
              run.feature(0, Readings.key("header"), reordered);
          byHeader.headers().add(HEADER, confluent(2, new byte[0]));
          producer.send(byHeader);
        }
        for (int i = 0; i < EACH; i++) {
          producer.send(
              run.feature(0, Readings.key("bad"), confluent(3, written(i, INCOMPATIBLE))));
          producer.send(
              run.feature(
                  1, Readings.key("lost"), confluent(UNKNOWN_ID, written(i, Readings.SCHEMA))));
        }
      }
      run.execute();

      Books books = new Books(run);
      books.assertBalanced(8 * EACH);
      assertThat(books.count("PREDICTED")).isEqualTo(6 * EACH);
      assertThat(books.reason("INCOMPATIBLE_SCHEMA")).isEqualTo(EACH);
      assertThat(books.reason("UNKNOWN_SCHEMA")).isEqualTo(EACH);
      assertThat(books.deadLetters())
          .filteredOn(letter -> letter.get("reason").toString().equals("INCOMPATIBLE_SCHEMA"))
          .allSatisfy(letter -> assertThat(letter.get("message").toString()).contains("TEMP"));
      assertThat(books.predictions())
          .as("the same reading, however framed")
          .filteredOn(p -> p.get("eventTime").equals(Readings.START))
          .extracting(p -> ((List<?>) p.get("outputs")).get(0).toString())
          .hasSize(6)
          .containsOnly(((List<?>) books.predictions().get(0).get("outputs")).get(0).toString());
    }
  }
}
