package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.InferenceJob;
import dev.sluice.JobPlanner;
import dev.sluice.config.OptionReader;
import dev.sluice.kafka.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code produce} sends to a real broker, as {@code tail} shows it. */
class ProduceITCase {
  private static final String MODEL = "src/main/resources/models/air-quality-mlp";
  private static final String READINGS = "schemas/AirQualityReading.avsc";
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Reading", "fields": [
                {"name": "station", "type": "string"},
                {"name": "TEMP", "type": ["null", "float"], "default": null},
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
              """);

  private static EmbeddedKafka kafka;

  @TempDir Path directory;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private static void create(String... topics) {
    try (Topics connected = Topics.connect(kafka.bootstrapServers())) {
      connected.create(List.of(topics), 1);
    }
  }

  private static CommandLineRun run(String command, String topic, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                "--bootstrap-servers",
                kafka.bootstrapServers(),
                "--set",
                "topics.features=" + topic));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private CommandLineRun produce(String topic, Path file, String... more) throws IOException {
    Path schema = Files.writeString(directory.resolve("reading.avsc"), SCHEMA.toString());
    List<String> arguments =
        new ArrayList<>(List.of("--schema", schema.toString(), "--input", file.toString()));
    arguments.addAll(List.of(more));
    return run("produce", topic, arguments.toArray(String[]::new));
  }

  /** Returns what tail shows of the topic, as JSON. */
  private List<JsonNode> tail(String topic, String schema) {
    CommandLineRun run =
        run(
            "tail",
            topic,
            "--topic",
            "features",
            "--schema",
            schema,
            "--from",
            "earliest",
            "--json");
    assertThat(run.code()).as(run.err()).isZero();
    return run.out().lines().map(ProduceITCase::json).toList();
  }

  private List<JsonNode> tail(String topic) {
    return tail(topic, directory.resolve("reading.avsc").toString());
  }

  private static JsonNode json(String line) {
    try {
      return new JsonMapper().readTree(line);
    } catch (IOException e) {
      throw new IllegalArgumentException(line, e);
    }
  }

  private static String key(JsonNode message) {
    try {
      return message.get("key").isNull()
          ? null
          : new String(message.get("key").binaryValue(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalArgumentException(message.toString(), e);
    }
  }

  private static byte[] gzipped(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
      packed.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private Path avro() throws IOException {
    Path file = directory.resolve("day.avro");
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(SCHEMA))) {
      writer.create(SCHEMA, file.toFile());
      for (int i = 0; i < 3; i++) {
        GenericData.Record record = new GenericData.Record(SCHEMA);
        record.put("station", "S" + i);
        record.put("TEMP", i == 1 ? null : (Object) (i + 0.5f));
        record.put("at", 1_000L * i);
        writer.append(record);
      }
    }
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "csv.gz", "jsonl", "avro"})
  void everyKindOfFileGivesTheSameRecords(String kind) throws IOException {
    String topic = "file-" + kind;
    create(topic);
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
      default -> file = avro();
    }

    CommandLineRun run = produce(topic, file, "--keys", "station");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("sent 3 records to " + topic + " at " + kafka.bootstrapServers() + " in ");
    List<JsonNode> messages = tail(topic);
    assertThat(messages).extracting(ProduceITCase::key).containsExactly("S0", "S1", "S2");
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
    create("own-schema");

    CommandLineRun run = run("produce", "own-schema", "--input", avro().toString(), "--count", "2");

    assertThat(run.out()).as(run.err()).startsWith("sent 2 records to own-schema");
  }

  @ParameterizedTest
  @ValueSource(strings = {"single-object", "confluent"})
  void framesStandBeforeTheRecordAndTailLooksBehindThem(String format) throws IOException {
    create(format);
    String[] arguments =
        format.equals("confluent")
            ? new String[] {"--format", format, "--schema-id", "7"}
            : new String[] {"--format", format};

    assertThat(produce(format, avro(), arguments).code()).isZero();

    List<JsonNode> messages = tail(format);
    assertThat(messages).hasSize(3).allMatch(message -> key(message) == null);
    assertThat(messages.get(2).at("/record/station").textValue()).isEqualTo("S2");
    Path other = Path.of("src/test/resources/schemas/Lookup.avsc");
    byte[] value = tail(format, other.toString()).get(0).get("value").binaryValue();
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

  @Test
  void aRowThatIsNoRecordEndsItAndThoseBeforeAreSent() throws IOException {
    create("bad-row");
    Path file = directory.resolve("bad.csv");
    Files.writeString(file, "station,TEMP,at\nS0,1,0\nS1,2,0\nS2,warm,0\nS3,1,0\n");

    CommandLineRun run = produce("bad-row", file);

    CommandLineRun.isRefused(
        run,
        "error: "
            + file
            + " line 4: field TEMP is \"warm\", expected float; 2 records before it were sent");
    assertThat(tail("bad-row")).hasSize(2);
  }

  @Test
  void aRecordThatIsTooLargeIsNamedAndTheOthersArrive() throws IOException {
    create("too-large");
    Path file = directory.resolve("large.jsonl");
    Files.writeString(
        file,
        "{\"station\":\"a\",\"at\":0}\n{\"station\":\"%s\",\"at\":1}\n{\"station\":\"c\",\"at\":2}\n"
            .formatted("x".repeat(100_000)));

    CommandLineRun run =
        produce("too-large", file, "--set", "kafka.sink.properties.max.request.size=70000");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("record 2 was not sent: The message is 100");
    assertThat(run.out()).startsWith("sent 2 records to too-large").contains("; 1 were not sent");
    assertThat(tail("too-large")).hasSize(2);
  }

  @Test
  void aMissingTopicAndASilentBrokerAreOneLine() throws IOException {
    Path file = avro();

    CommandLineRun run = produce("nowhere", file);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("error: topics missing at " + kafka.bootstrapServers() + ": nowhere;");
    CommandLineRun silent =
        CommandLineRun.of(
            "produce", "--bootstrap-servers", "127.0.0.1:1", "--input", file.toString());
    assertThat(silent.code()).isEqualTo(1);
    assertThat(silent.err()).startsWith("error: no broker at 127.0.0.1:1 answered within 10 s");
  }

  @Test
  void theRateIsKeptAndTheEventTimeIsThatOfSending() {
    create("rate");
    long before = System.currentTimeMillis();

    CommandLineRun run =
        run(
            "produce",
            "rate",
            "--schema",
            READINGS,
            "--simulate",
            MODEL,
            "--event-time-field",
            "ts",
            "--count",
            "300",
            "--rate",
            "200/s",
            "--keys",
            "station");

    long after = System.currentTimeMillis();
    assertThat(run.code()).as(run.err()).isZero();
    List<JsonNode> messages = tail("rate", READINGS);
    assertThat(messages).hasSize(300);
    long first = messages.get(0).at("/record/ts").longValue();
    long last = messages.get(299).at("/record/ts").longValue();
    assertThat(first).isBetween(before, after);
    assertThat(last).isBetween(before, after);
    // The last is due 299 intervals after the first, whatever a busy machine adds to that.
    assertThat(last - first).isGreaterThanOrEqualTo(1_480);
    assertThat(messages).allMatch(m -> key(m).equals(m.at("/record/station").textValue()));
  }

  @Test
  void oneRecordInIsOnePredictionOut() throws Exception {
    create("features", "predictions", "dead-letters");
    assertThat(
            run(
                    "produce",
                    "features",
                    "--schema",
                    READINGS,
                    "--simulate",
                    MODEL,
                    "--event-time-field",
                    "ts",
                    "--keys",
                    "station",
                    "--count",
                    "1")
                .code())
        .isZero();
    try (EmbeddedFlink flink = EmbeddedFlink.start(1)) {
      runJob(flink);
    }

    CommandLineRun run = run("tail", "features", "--topic", "predictions", "-n", "1", "--json");

    assertThat(run.code()).as(run.err()).isZero();
    JsonNode prediction = json(run.out());
    assertThat(prediction.get("type").textValue()).isEqualTo("Prediction");
    assertThat(prediction.at("/record/modelName").textValue()).isEqualTo("air-quality-mlp");
    assertThat(key(prediction)).isEqualTo(key(tail("features", READINGS).get(0)));
  }

  private static void runJob(EmbeddedFlink flink) throws Exception {
    Map<String, String> options = new HashMap<>();
    options.put("kafka.bootstrap-servers", kafka.bootstrapServers());
    options.put("features.schema", READINGS);
    options.put("features.event-time.field", "ts");
    options.put("model.uri", MODEL);
    options.put("model.ship", "false");
    options.put("profile.enabled", "false");
    options.put("source.start", "earliest");
    options.put("source.bounded", "true");
    StreamExecutionEnvironment env = flink.environment();
    env.setParallelism(1);
    InferenceJob.attach(env, JobPlanner.plan(OptionReader.read(options)));
    env.execute("produced");
  }

  @Test
  void brokenRecordsAreBrokenInEveryWay() {
    create("faults");

    CommandLineRun run =
        run(
            "produce",
            "faults",
            "--schema",
            READINGS,
            "--simulate",
            MODEL,
            "--event-time-field",
            "ts",
            "--count",
            "1000",
            "--faults",
            "0.2",
            "--event-time",
            "2026-01-01T00:00:00Z/2026-02-01T00:00:00Z");

    assertThat(run.out()).as(run.err()).contains(" of them broken on purpose");
    List<JsonNode> messages = tail("faults", READINGS);
    assertThat(messages).hasSize(1000);
    assertThat(messages).anyMatch(m -> m.at("/record/PRES").doubleValue() == -9999);
    assertThat(messages).anyMatch(m -> m.at("/record/station").asText().equals("NOWHERE"));
    assertThat(messages).anyMatch(m -> !m.has("record") && m.get("value").isNull());
    assertThat(messages).anyMatch(m -> !m.has("record") && m.get("value").asText().isEmpty());
    long unreadable = messages.stream().filter(m -> !m.has("record")).count();
    assertThat(unreadable).isBetween(10L, 200L);
    assertThat(
            messages.stream()
                .filter(m -> m.has("record"))
                .mapToLong(m -> m.at("/record/ts").longValue()))
        .isSorted()
        .allMatch(ts -> ts >= 1_767_225_600_000L && ts < 1_769_904_000_000L);
  }

  @Test
  void tailBeginsAtOffsets() throws IOException {
    create("offsets");
    produce("offsets", avro());

    CommandLineRun run =
        run(
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
    assertThat(run("tail", "offsets", "--topic", "features", "--max", "1").out())
        .contains("bytes, --schema would tell what they are: 0x");
    CommandLineRun.isRefused(
        run("tail", "offsets", "--topic", "features", "--from", "offsets:3=1"),
        "--from names partition 3, expected 0 to 0");
    CommandLineRun.isRefused(
        run("tail", "offsets", "--topic", "features", "--from", "offsets:0=4"),
        "--from names offset 4 of partition 0, expected at most 3, its end");
    CommandLineRun.isRefused(
        run("tail", "offsets", "--topic", "features", "--from", "offsets:x"),
        "--from is offsets:x");
  }
}
