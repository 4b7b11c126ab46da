package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.kafka.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/** Sends with {@code produce} to a real broker, and looks with {@code tail}. */
record ProducedTopics(EmbeddedKafka kafka, Path directory) {
  static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Reading", "fields": [
                {"name": "station", "type": "string"},
                {"name": "TEMP", "type": ["null", "float"], "default": null},
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
              """);

  void create(String... topics) {
    try (Topics connected = Topics.connect(kafka.bootstrapServers())) {
      connected.create(List.of(topics), 1);
    }
  }

  /** Runs a command with the topic as that of the job's features. */
  CommandLineRun run(String command, String topic, String... more) {
    return CommandLineRun.of(arguments(command, topic, more));
  }

  String[] arguments(String command, String topic, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                "--bootstrap-servers",
                kafka.bootstrapServers(),
                "--set",
                "topics.features=" + topic));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  CommandLineRun produce(String topic, Path file, String... more) throws IOException {
    Path schema = Files.writeString(directory.resolve("reading.avsc"), SCHEMA.toString());
    List<String> arguments =
        new ArrayList<>(List.of("--schema", schema.toString(), "--input", file.toString()));
    arguments.addAll(List.of(more));
    return run("produce", topic, arguments.toArray(String[]::new));
  }

  /** Returns what tail shows of the topic, as JSON. */
  List<JsonNode> tail(String topic, String schema) {
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
    return run.out().lines().map(ProducedTopics::json).toList();
  }

  List<JsonNode> tail(String topic) {
    return tail(topic, directory.resolve("reading.avsc").toString());
  }

  static JsonNode json(String line) {
    try {
      return new JsonMapper().readTree(line);
    } catch (IOException e) {
      throw new IllegalArgumentException(line, e);
    }
  }

  static String key(JsonNode message) {
    try {
      return message.get("key").isNull()
          ? null
          : new String(message.get("key").binaryValue(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalArgumentException(message.toString(), e);
    }
  }

  /** Writes three readings to an Avro file. */
  Path avro() throws IOException {
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
}
