package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.encode.OutputFraming;
import dev.sluice.kafka.CheckedProducer;
import dev.sluice.kafka.Topics;
import dev.sluice.pipeline.RegistryServer;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.file.DataProfileFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The profile of a topic whose records say which schema they were written with, or do not. */
class ProfileFramedTopicITCase {
  private static final Schema READER =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Row", "fields": [
                {"name": "key", "type": "long"}, {"name": "split", "type": "string"},
                {"name": "tags", "type": {"type": "array", "items": "float"}}]}
              """);

  /** Other fields in another order, and a narrower number. */
  private static final Schema WRITER =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Row", "fields": [
                {"name": "tags", "type": {"type": "array", "items": "float"}},
                {"name": "firmware", "type": "string"}, {"name": "split", "type": "string"},
                {"name": "key", "type": "int"}]}
              """);

  private static final int ID_OF_READER = 1;
  private static final int ID_OF_WRITER = 2;

  private static EmbeddedKafka kafka;
  private static RegistryServer registry;

  @TempDir Path directory;
  private Path schema;
  private Path out;

  @BeforeAll
  static void start() throws IOException {
    kafka = EmbeddedKafka.start();
    registry = RegistryServer.start();
    registry.put("framed-value", READER);
    registry.put("framed-value", WRITER);
    try (Topics topics = Topics.connect(kafka.bootstrapServers())) {
      topics.create(List.of("framed"), 2);
    }
    try (CheckedProducer producer = new CheckedProducer(kafka.bootstrapServers())) {
      for (int key = 0; key < 20; key++) {
        producer.send(message(key));
      }
    }
  }

  @AfterAll
  static void stop() {
    registry.close();
    kafka.close();
  }

  /** The first plain record begins as one of Confluent's does. */
  private static ProducerRecord<byte[], byte[]> message(int key) {
    return switch (key % 4) {
      case 0 -> new ProducerRecord<>("framed", row(READER, key));
      case 1 -> framed(OutputFraming.confluent(ID_OF_WRITER), row(WRITER, key));
      case 2 -> framed(OutputFraming.singleObject(READER), row(READER, key));
      default -> {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("framed", row(READER, key));
        record
            .headers()
            .add(
                "__value_schema_id",
                ByteBuffer.allocate(5).put((byte) 0).putInt(ID_OF_READER).array());
        yield record;
      }
    };
  }

  private static ProducerRecord<byte[], byte[]> framed(OutputFraming framing, byte[] body) {
    byte[] value = new byte[framing.length() + body.length];
    framing.copyTo(value);
    System.arraycopy(body, 0, value, framing.length(), body.length);
    return new ProducerRecord<>("framed", value);
  }

  private static byte[] row(Schema schema, int key) {
    GenericData.Record row = new GenericData.Record(schema);
    row.put("key", schema == WRITER ? (Object) key : (Object) (long) key);
    row.put("split", key % 2 == 0 ? "test" : "train");
    row.put("tags", key % 3 == 0 ? List.of() : List.of(1f, 2f));
    if (schema == WRITER) {
      row.put("firmware", "1.0");
    }
    return new RecordFormat(schema).encode(row);
  }

  @BeforeEach
  void writeSchema() throws IOException {
    schema = Files.writeString(directory.resolve("a.avsc"), READER.toString());
    out = directory.resolve("profile.json");
  }

  private CommandLineRun profile(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "profile",
                "--topic=framed",
                "--bootstrap-servers=" + kafka.bootstrapServers(),
                "--schema=" + schema,
                "--overwrite",
                "--out=" + out));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private DataProfile made(CommandLineRun run) throws IOException {
    assertThat(run.code()).as(run.err()).isZero();
    return DataProfileFile.read(out);
  }

  @Test
  void recordsAreReadByTheSchemasThatTheyName() throws IOException {
    DataProfile all =
        made(profile("--set", "features.format=auto", "--set", "registry.url=" + registry.url()));

    assertThat(all.counts().rows()).isEqualTo(20);
    assertThat(all.column("key").orElseThrow().min()).isZero();
    assertThat(all.column("key").orElseThrow().max()).isEqualTo(19);
    assertThat(all.column("tags").orElseThrow().finite()).isEqualTo(26);
  }

  @Test
  void theFileOfTheJobSaysSo() throws IOException {
    Path config =
        Files.writeString(
            directory.resolve("job.yaml"),
            "features.format: auto\nregistry.url: " + registry.url() + "\nmodel.uri: elsewhere\n");

    CommandLineRun run = profile("--config=" + config, "--split", "train");

    assertThat(made(run).counts().rows()).isEqualTo(10);
    assertThat(made(run).column("key").orElseThrow().min()).isEqualTo(1);
    assertThat(run.out()).contains("10 rows were left out that do not have split = train");
  }

  @Test
  void othersAreMalformedWhereOneFormatIsAskedFor() throws IOException {
    CommandLineRun run =
        profile(
            "--on-malformed=skip",
            "--set=features.format=confluent",
            "--set=registry.url=" + registry.url());

    assertThat(made(run).counts().rows()).isEqualTo(10);
    assertThat(run.out()).contains("10 malformed rows were skipped, the first: topic framed");
  }

  @Test
  void whatIsMissingOrWrongIsNamed() {
    CommandLineRun.isRefused(
        profile("--set=features.format=confluent"),
        "registry.url is missing, expected the registry of the format confluent");
    CommandLineRun.isRefused(
        profile("--set=features.format=avro"),
        "features.format is avro, expected plain, single-object, confluent or auto");
    CommandLineRun.isRefused(
        profile("--set=features.formt=auto"), "features.formt is no option, expected perhaps");
    CommandLineRun.isRefused(
        profile("--set=features.writer-schema=" + directory.resolve("no.avsc")),
        "features.writer-schema: cannot read");
  }
}
