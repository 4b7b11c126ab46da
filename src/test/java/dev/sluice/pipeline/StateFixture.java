package dev.sluice.pipeline;

import dev.sluice.expect.Bounds;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.record.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * A savepoint that an earlier version has written, and all that it takes to go on from it: the
 * records that were read before it and those that come after, their schema, the model package.
 *
 * @param directory where it lies
 */
record StateFixture(Path directory) {
  static final Path ALL = Path.of("src/test/resources/state");
  static final int PARTITIONS = 2;
  static final long HOUR = 3_600_000;
  static final long WINDOW = 240 * HOUR;
  static final long FIRST = (Readings.START / WINDOW + 1) * WINDOW;

  /** Windows 0 is closed, window 1 published but not final yet, window 2 open. */
  private static final int HOURS_BEFORE = 500;

  private static final int HOURS_AFTER = 300;
  private static final List<String> COLUMNS = List.of("SO2", "TEMP", "wd");

  /** A record as it is sent. */
  record Sent(int partition, byte[] value) {}

  /** Returns all fixtures that are there. */
  static List<StateFixture> all() throws IOException {
    try (Stream<Path> directories = Files.list(ALL)) {
      return directories.filter(Files::isDirectory).sorted().map(StateFixture::new).toList();
    }
  }

  Path modelPackage() {
    return directory.resolve("package");
  }

  Path schema() {
    return directory.resolve("features.avsc");
  }

  Path savepoint() {
    return directory.resolve("savepoint");
  }

  /** Returns the records that the savepoint has seen. */
  List<Sent> before() throws IOException {
    return read("before.tsv");
  }

  /** Returns the records that come after it. */
  List<Sent> after() throws IOException {
    return read("after.tsv");
  }

  private List<Sent> read(String file) throws IOException {
    List<Sent> sent = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve(file))) {
      String[] fields = line.split("\t");
      sent.add(new Sent(Integer.parseInt(fields[0]), Base64.getDecoder().decode(fields[1])));
    }
    return sent;
  }

  static void send(JobRun run, List<Sent> records) {
    try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
      records.forEach(sent -> producer.send(run.feature(sent.partition(), null, sent.value())));
    }
  }

  /** Returns a run with the options that the savepoint was written with. */
  JobRun run(Servers servers) {
    return new JobRun(
            "state-" + directory.getFileName(),
            servers.kafka().bootstrapServers(),
            servers.flink(),
            PARTITIONS)
        .option("features.schema", schema().toString())
        .option("features.event-time.field", "ts")
        .option("event-time.idleness", "0 s")
        .option("model.uri", modelPackage().toString())
        .option("profile.window", "PT240H")
        .option("profile.allowed-lateness", "50 h")
        .option("profile.segment-by", "station")
        .option("profile.segments", "Dongsi,Gucheng")
        .option("alarms.silence", "3 s")
        .option("checkpoint.interval", "300 ms")
        .option("source.bounded", "false");
  }

  /** Makes the inputs of a new fixture: package, schema and records. */
  void writeInputs() throws IOException {
    Files.createDirectories(modelPackage());
    for (String file : List.of("MLmodel", "model.onnx")) {
      Files.copy(Packages.MODEL.resolve(file), modelPackage().resolve(file));
    }
    DataProfileFile.write(profile(), modelPackage().resolve("data-profile.json"));
    Files.copy(Path.of("schemas/AirQualityReading.avsc"), schema());
    List<Sent> before = new ArrayList<>();
    for (int hour = 0; hour < HOURS_BEFORE; hour++) {
      before.add(sent(hour, hour));
    }
    before.add(sent(9, 0)); // of a window that is closed: late
    write("before.tsv", before);
    List<Sent> after = new ArrayList<>();
    after.add(sent(10, 0)); // late as well
    after.add(sent(460, 0)); // of a window that has ended, within the allowed lateness
    for (int hour = HOURS_BEFORE; hour < HOURS_BEFORE + HOURS_AFTER; hour++) {
      after.add(sent(hour, hour));
    }
    write("after.tsv", after);
  }

  private static Sent sent(int hour, int partition) {
    return new Sent(partition % PARTITIONS, value(hour));
  }

  private static byte[] value(int hour) {
    if (hour % 83 == 7) {
      return new byte[] {1, 2, 3};
    }
    GenericData.Record record = Readings.valid(hour);
    record.put("ts", FIRST + hour * HOUR);
    record.put("station", Set.of(0, 1).contains(hour % 5) ? "Gucheng" : "Dongsi");
    if (hour < 240 && hour % 3 != 0) {
      record.put("wd", null); // so that an alarm is raised about the first window
    }
    if (hour % 71 == 8) {
      record.put("TEMP", 1000f);
    }
    return Readings.bytes(record);
  }

  /** Three columns, one that may not vanish, and an order to keep. */
  private static DataProfile profile() throws IOException {
    DataProfile profile = DataProfileFile.read(Packages.PROFILE);
    Expectation present =
        Expectation.of(
            ExpectationType.MISSING_SHARE, List.of("wd"), Bounds.of(0.0, 0.5), Severity.WARNING);
    List<ColumnProfile> columns =
        profile.columns().stream()
            .filter(column -> COLUMNS.contains(column.name()))
            .map(c -> c.name().equals("wd") ? c.withExpectations(List.of(present)) : c)
            .toList();
    return new DataProfile(
        profile.kind(),
        profile.model(),
        profile.window(),
        profile.counts(),
        columns,
        profile.outputs(),
        List.of(Expectation.of(ExpectationType.MONOTONE, "ts", Severity.WARNING)),
        profile.dataSet(),
        profile.creator());
  }

  private void write(String file, List<Sent> records) throws IOException {
    Files.write(
        directory.resolve(file),
        records.stream()
            .map(sent -> sent.partition() + "\t" + Base64.getEncoder().encodeToString(sent.value()))
            .toList());
  }
}
