package dev.sluice.cli;

import static dev.sluice.cli.ProducedTopics.SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code produce} sends of files, as {@code tail} shows it. */
class ProduceFilesITCase {
  private static EmbeddedKafka kafka;

  @TempDir Path directory;
  private ProducedTopics topics;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @BeforeEach
  void connect() {
    topics = new ProducedTopics(kafka, directory);
  }

  private static byte[] gzipped(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
      packed.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "csv.gz", "jsonl", "avro"})
  void everyKindOfFileGivesTheSameRecords(String kind) throws IOException {
    String topic = "file-" + kind;
    topics.create(topic);
    String csv =
        "station,TEMP,at\nS0,0.5,1970-01-01T00:00:00Z\nS1,,1970-01-01T00:00:01Z\nS2,2.5,2000\n";
    String lines =
        """
        {"station": "S0", "TEMP": 0.5, "at": 0}
        {"station": "S1", "at": 1000}
        {"station": "S2", "TEMP": 2.5, "at": 2000}
        """;
    Path file = directory.resolve("day." + kind);
    switch (kind) {
      case "csv" -> Files.writeString(file, csv);
      case "csv.gz" -> Files.write(file, gzipped(csv));
      case "jsonl" -> Files.writeString(file, lines);
      default -> file = topics.avro();
    }

    CommandLineRun run = topics.produce(topic, file, "--keys", "station");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("sent 3 records to " + topic + " at " + kafka.bootstrapServers() + " in ");
    List<JsonNode> messages = topics.tail(topic);
    assertThat(messages).extracting(ProducedTopics::key).containsExactly("S0", "S1", "S2");
    assertThat(messages)
        .extracting(message -> message.get("record").toString())
        .containsExactly(
            "{\"station\":\"S0\",\"TEMP\":0.5,\"at\":0}",
            "{\"station\":\"S1\",\"TEMP\":null,\"at\":1000}",
            "{\"station\":\"S2\",\"TEMP\":2.5,\"at\":2000}");
    assertThat(messages.get(0).get("type").textValue()).isEqualTo("Reading");
  }

  @Test
  void anAvroFileNeedsNoSchema() throws IOException {
    topics.create("own-schema");

    CommandLineRun run =
        topics.run("produce", "own-schema", "--input", topics.avro().toString(), "--count", "2");

    assertThat(run.out()).as(run.err()).startsWith("sent 2 records to own-schema");
  }

  @ParameterizedTest
  @ValueSource(strings = {"single-object", "confluent"})
  void framesStandBeforeTheRecordAndTailLooksBehindThem(String format) throws IOException {
    topics.create(format);
    String[] arguments =
        format.equals("confluent")
            ? new String[] {"--format", format, "--schema-id", "7"}
            : new String[] {"--format", format};

    assertThat(topics.produce(format, topics.avro(), arguments).code()).isZero();

    List<JsonNode> messages = topics.tail(format);
    assertThat(messages).hasSize(3).allMatch(message -> ProducedTopics.key(message) == null);
    assertThat(messages.get(2).at("/record/station").textValue()).isEqualTo("S2");
    Path other = Path.of("src/test/resources/schemas/Lookup.avsc");
    byte[] value = topics.tail(format, other.toString()).get(0).get("value").binaryValue();
    String fingerprint =
        HexFormat.of()
            .formatHex(
                java.nio.ByteBuffer.allocate(8)
                    .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                    .putLong(SchemaNormalization.parsingFingerprint64(SCHEMA))
                    .array());
    assertThat(HexFormat.of().formatHex(value))
        .startsWith(format.equals("confluent") ? "0000000007" : "c301" + fingerprint);
  }

  /** Whatever the file has in place of an event time that is set: nothing, or no time. */
  @ParameterizedTest
  @ValueSource(
      strings = {"none.csv", "bad.csv", "none.jsonl", "bad.jsonl", "none.avro", "bad.avro"})
  void anEventTimeThatIsSetNeedNotBeInTheFile(String name) throws IOException {
    String topic = "set-" + name;
    topics.create(topic);
    Path file = directory.resolve(name);
    switch (name) {
      case "none.csv" -> Files.writeString(file, "TEMP,station\n0.5,S0\n");
      case "bad.csv" -> Files.writeString(file, "at,TEMP,station\nlately,0.5,S0\n");
      case "none.jsonl" -> Files.writeString(file, "{\"station\": \"S0\", \"TEMP\": 0.5}\n");
      case "bad.jsonl" ->
          Files.writeString(file, "{\"station\": \"S0\", \"TEMP\": 0.5, \"at\": \"lately\"}\n");
      default -> writeAvro(file, name.startsWith("bad"));
    }
    long before = System.currentTimeMillis();

    CommandLineRun run =
        topics.produce(topic, file, "--event-time-field", "at", "--event-time", "now");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).doesNotContain("note:");
    assertThat(topics.tail(topic))
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.at("/record/station").textValue()).isEqualTo("S0");
              assertThat(message.at("/record/TEMP").floatValue()).isEqualTo(0.5f);
              assertThat(message.at("/record/at").longValue())
                  .isBetween(before, System.currentTimeMillis());
            });
  }

  private static void writeAvro(Path file, boolean withText) throws IOException {
    var fields =
        SchemaBuilder.record("Reading").fields().requiredString("station").requiredFloat("TEMP");
    Schema schema = withText ? fields.requiredString("at").endRecord() : fields.endRecord();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))) {
      GenericRecord record = new GenericData.Record(schema);
      record.put("station", "S0");
      record.put("TEMP", 0.5f);
      if (withText) {
        record.put("at", "lately");
      }
      writer.create(schema, file.toFile()).append(record);
    }
  }

  /** The records say what the file's do, though their schema has another unit. */
  @Test
  void timesOfAnAvroFileGetTheUnitOfTheSchema() throws IOException {
    topics.create("micros");
    Schema schema =
        SchemaBuilder.record("Reading")
            .fields()
            .requiredString("station")
            .name("at")
            .type(LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG)))
            .noDefault()
            .endRecord();
    Path file = directory.resolve("micros.avro");
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))) {
      GenericRecord record = new GenericData.Record(schema);
      record.put("station", "S0");
      record.put("at", 1_500_999L);
      writer.create(schema, file.toFile()).append(record);
    }

    assertThat(topics.produce("micros", file).code()).isZero();
    topics.produce("micros", file, "--event-time-field", "at");

    assertThat(topics.tail("micros"))
        .extracting(message -> message.at("/record/at").longValue())
        .containsExactly(1_500L, 1_500L);
  }

  @Test
  void tailBeginsAtOffsets() throws IOException {
    topics.create("offsets");
    topics.produce("offsets", topics.avro());

    CommandLineRun run =
        topics.run(
            "tail",
            "offsets",
            "--topic",
            "features",
            "--schema",
            directory.resolve("reading.avsc").toString(),
            "--from",
            "offsets:0=1",
            "--max",
            "1");

    assertThat(run.out())
        .startsWith("offsets-0@1  ")
        .contains(
            "Z  Reading\n  key       null\n  field     station = \"S1\"\n  field     TEMP = null\n");
    assertThat(topics.run("tail", "offsets", "--topic", "features", "--max", "1").out())
        .contains("bytes, --schema would tell what they are: 0x");
    CommandLineRun.isRefused(
        topics.run("tail", "offsets", "--topic", "features", "--from", "offsets:3=1"),
        "--from names partition 3, expected 0 to 0");
    CommandLineRun.isRefused(
        topics.run("tail", "offsets", "--topic", "features", "--from", "offsets:0=4"),
        "--from names offset 4 of partition 0, expected at most 3, its end");
    CommandLineRun.isRefused(
        topics.run("tail", "offsets", "--topic", "features", "--from", "offsets:x"),
        "--from is offsets:x");
  }
}
