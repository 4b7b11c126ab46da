package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kafka.CheckedProducer;
import dev.sluice.kafka.Topics;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.file.DataProfileFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The profile of a topic between bounds, by a real broker. */
class ProfileTopicITCase {
  private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  private static EmbeddedKafka kafka;

  @TempDir Path directory;
  private Path schema;
  private RecordFormat records;
  private Path out;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @BeforeEach
  void writeSchema() throws IOException {
    schema =
        Files.writeString(
            directory.resolve("a.avsc"),
            """
            {"type": "record", "name": "Row", "fields": [
              {"name": "key", "type": "long"}, {"name": "split", "type": "string"},
              {"name": "tags", "type": {"type": "array", "items": "float"}}]}
            """);
    records = new RecordFormat(new Schema.Parser().parse(Files.readString(schema)));
    out = directory.resolve("profile.json");
  }

  private byte[] row(long key) {
    GenericData.Record row = new GenericData.Record(records.schema());
    row.put("key", key);
    row.put("split", key % 2 == 0 ? "test" : "train");
    row.put("tags", key % 3 == 0 ? List.of() : List.of(1f, 2f));
    return records.encode(row);
  }

  /** Writes 20 records, a minute after the other, to two partitions: keys 0 to 9, 10 to 19. */
  private void produce(String topic, byte[]... more) {
    // The records are older than a topic keeps them: the broker would delete them meanwhile.
    NewTopic keeping = new NewTopic(topic, 2, (short) 1).configs(Map.of("retention.ms", "-1"));
    try (Topics topics = Topics.connect(kafka.bootstrapServers())) {
      topics.create(List.of(keeping));
    }
    try (CheckedProducer producer = new CheckedProducer(kafka.bootstrapServers())) {
      for (int key = 0; key < 20; key++) {
        producer.send(
            new ProducerRecord<>(topic, key / 10, START + key % 10 * 60_000L, null, row(key)));
      }
      for (byte[] value : more) {
        producer.send(new ProducerRecord<>(topic, 1, START, null, value));
      }
    }
  }

  private CommandLineRun profile(String topic, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "profile",
                "--topic=" + topic,
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

  private static void isRefused(CommandLineRun run, int code, String message) {
    assertThat(run.err()).contains(message).doesNotContain("\tat ");
    assertThat(run.code()).isEqualTo(code);
  }

  @Test
  void aTopicIsProfiledBetweenItsBounds() throws IOException {
    produce("whole");

    DataProfile all = made(profile("whole"));
    assertThat(all.counts().rows()).isEqualTo(20);
    assertThat(all.dataSet().name()).isEqualTo("topic whole, offsets 0: 0 to 10, 1: 0 to 10");
    assertThat(all.dataSet().firstEventTime()).isEqualTo(START);
    assertThat(all.dataSet().lastEventTime()).isEqualTo(START + 540_000);
    assertThat(all.column("key").orElseThrow().max()).isEqualTo(19);
    assertThat(all.column("tags").orElseThrow().finite()).isEqualTo(26);

    String second = "timestamp:" + Instant.ofEpochMilli(START + 60_000);
    DataProfile timed = made(profile("whole", "--from", second, "--to", "2026-01-01T00:04:00Z"));
    assertThat(timed.dataSet().name()).isEqualTo("topic whole, offsets 0: 1 to 4, 1: 1 to 4");
    assertThat(timed.counts().rows()).isEqualTo(6);

    DataProfile given =
        made(profile("whole", "--from", "offsets:0=8,1=10", "--set", "kafka.group-id=other"));
    assertThat(given.column("key").orElseThrow().min()).isEqualTo(8);
    assertThat(given.counts().rows()).isEqualTo(2);

    DataProfile few = made(profile("whole", "--max-records", "6"));
    assertThat(few.counts().rows()).isEqualTo(6);
    assertThat(few.column("key").orElseThrow().max()).isEqualTo(12);
    assertThat(few.dataSet().name()).isEqualTo("topic whole, offsets 0: 0 to 3, 1: 0 to 3");
    DataProfile one = made(profile("whole", "--max-records", "1"));
    assertThat(one.dataSet().name()).isEqualTo("topic whole, offsets 0: 0 to 1, 1: 0 to 0");

    CommandLineRun split = profile("whole", "--split", "train");
    assertThat(made(split).counts().rows()).isEqualTo(10);
    assertThat(made(split).dataSet().name())
        .isEqualTo("topic whole, offsets 0: 0 to 10, 1: 0 to 10, split = train");
    assertThat(split.out()).contains("10 rows were left out that do not have split = train");
  }

  @Test
  void aTopicIsFoundByWhatTheJobCallsIt() throws IOException {
    produce("readings");
    Path job = Files.writeString(directory.resolve("job.yaml"), "topics.features: readings\n");

    for (String[] named :
        new String[][] {{"--config", job.toString()}, {"--set", "topics.features=readings"}}) {
      DataProfile found = made(profile("features", named));
      assertThat(found.dataSet().name())
          .isEqualTo("topic readings, offsets 0: 0 to 10, 1: 0 to 10");
      assertThat(made(profile("readings", named)).counts().rows()).isEqualTo(20);
      isRefused(profile("absent", named), 1, ": absent; ");
    }
    isRefused(
        profile("readings", "--set", "topics.feature=readings"), 2, "topics.feature is no option");
  }

  @Test
  void whatIsNoRecordEndsTheRunOrIsCounted() throws IOException {
    // A length of 2 GB that is not there; nothing; a tombstone; bytes that follow.
    byte[] longer = {2, (byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};
    produce("broken", longer, new byte[0], null, new byte[] {0, 0, 0, 0, 9});

    isRefused(profile("broken"), 2, "topic broken partition 1 offset 10: ");
    CommandLineRun run = profile("broken", "--on-malformed", "skip");
    assertThat(made(run).counts().rows()).isEqualTo(20);
    assertThat(made(run).dataSet().name()).endsWith("1: 0 to 14, 4 malformed rows left out");
    assertThat(run.out()).contains("4 malformed rows were skipped, the first: topic broken");
    assertThat(made(profile("broken", "--on-malformed", "skip", "--split", "test")).counts().rows())
        .isEqualTo(10);
  }

  @Test
  void argumentsAndTopicsAreChecked() {
    produce("checked");

    isRefused(profile("absent"), 1, "topics missing at " + kafka.bootstrapServers() + ": absent");
    isRefused(profile("checked", "--from", "soon"), 2, "--from is soon, expected earliest, latest");
    isRefused(profile("checked", "--to", "offsets:0=5"), 2, "expected one for each from 0 to 1");
    isRefused(
        profile("checked", "--from", "offsets:0=11,1=0"),
        2,
        "partition 0 of topic checked has the offset 11, expected 0 to 10");
    isRefused(profile("checked", "--from", "latest"), 2, "has no rows, expected some");
    isRefused(profile("checked", "--data", "a.csv"), 2, "--data and --topic are given");
    isRefused(profile("checked", "--max-records", "0"), 2, "--max-records is 0");
    isRefused(
        profile("checked", "--set", "kafka.groupid=a"), 2, "kafka.groupid is no option, expected");
    isRefused(
        CommandLineRun.of("profile", "--topic=a", "--schema=" + schema, "--out=" + out),
        2,
        "kafka.bootstrap-servers");
    isRefused(
        CommandLineRun.of("profile", "--data=a.csv", "--to=latest"),
        2,
        "--to is given without --topic");
  }
}
