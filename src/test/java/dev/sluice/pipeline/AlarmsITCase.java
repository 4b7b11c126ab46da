package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.expect.Bounds;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.record.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the whole job raises and clears, on the broker in this process. */
class AlarmsITCase {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final String MODEL = "src/main/resources/models/air-quality-mlp";
  private static final int PARTITIONS = 3;
  private static final long HOUR = 3_600_000;
  private static final long WINDOW = 240 * HOUR;
  private static final long FIRST = Readings.START / WINDOW + 1;
  private static final int WINDOWS = 7;

  /** The wind direction is missing in the third and the fourth window, and comes back. */
  @Test
  void aColumnThatVanishesRaisesAnAlarmAndClearsItWhenItComesBack() throws Exception {
    ExpectationsITCase.CrashingModel.reset();
    JobRun run =
        new JobRun("alarms", SERVERS.kafka().bootstrapServers(), SERVERS.flink(), PARTITIONS)
            .option("features.schema", "schemas/AirQualityReading.avsc")
            .option("features.event-time.field", "ts")
            .option("model.uri", MODEL)
            .option("profile.window", "PT240H")
            .option("drift.min-rows", "100")
            .option("validation.profile", profile().toString())
            .option("delivery.guarantee", "exactly-once")
            .option("checkpoint.interval", "100 ms")
            .option("batch.max-rows", "64")
            .change(ExpectationsITCase.CrashingModel::plan);
    int rows = produce(run);

    run.execute();

    assertThat(ExpectationsITCase.CrashingModel.CRASHED).isTrue();
    Books books = new Books(run);
    books.assertBalanced(rows);
    List<GenericRecord> alarms = run.alarms();
    assertThat(events(alarms, "EXPECTATION", "wd"))
        .containsExactly("RAISED in 2 since 2", "CLEARED in 4 since 2");
    assertThat(signs(run)).contains("VANISHED");
    assertThat(events(alarms, "COLUMN_VANISHED", "wd"))
        .containsExactly("RAISED in 3 since 2", "CLEARED in 5 since 2");
    assertThat(events(alarms, "DRIFT", "SO2"))
        .as("readings that are made up have drifted always, from the second window on")
        .containsExactly("RAISED in 1 since 0");
    Map<String, List<String>> states = new TreeMap<>();
    for (GenericRecord alarm : alarms) {
      states
          .computeIfAbsent(
              alarm.get("kind")
                  + "/"
                  + alarm.get("profileKind")
                  + "/"
                  + alarm.get("columns")
                  + alarm.get("expectation"),
              key -> new ArrayList<>())
          .add(alarm.get("state").toString());
    }
    assertThat(states.values())
        .as("raised once, cleared once, in turn")
        .allSatisfy(
            turns -> {
              for (int i = 0; i < turns.size(); i++) {
                assertThat(turns.get(i)).isEqualTo(i % 2 == 0 ? "RAISED" : "CLEARED");
              }
            });
  }

  /** Returns what alarms of a kind about a column say, with windows as numbers from 0. */
  private static List<String> events(List<GenericRecord> alarms, String kind, String column) {
    return alarms.stream()
        .filter(alarm -> alarm.get("kind").toString().equals(kind))
        .filter(alarm -> alarm.get("profileKind").toString().equals("INPUT"))
        .filter(alarm -> alarm.get("columns").toString().equals("[" + column + "]"))
        .map(
            alarm ->
                "%s in %d since %d"
                    .formatted(
                        alarm.get("state"),
                        (long) alarm.get("windowStart") / WINDOW - FIRST,
                        (long) alarm.get("since") / WINDOW - FIRST))
        .toList();
  }

  private static String signs(JobRun run) throws Exception {
    return run.inputProfiles().stream()
        .flatMap(profile -> ((List<?>) profile.get("columns")).stream())
        .map(column -> String.valueOf(((GenericRecord) column).get("drift")))
        .toList()
        .toString();
  }

  private static int produce(JobRun run) throws Exception {
    int rows = 0;
    try (KafkaProducer<byte[], byte[]> producer = run.producer()) {
      int skipped = (int) ((FIRST * WINDOW - Readings.START + HOUR - 1) / HOUR);
      for (int i = skipped; i < skipped + WINDOWS * WINDOW / HOUR; i++) {
        GenericData.Record reading = Readings.valid(i);
        long window = (long) reading.get("ts") / WINDOW - FIRST;
        if (window == 2 || window == 3) {
          reading.put("wd", null);
        }
        producer.send(run.feature(i % PARTITIONS, null, Readings.bytes(reading)));
        rows++;
      }
    }
    return rows;
  }

  /** Returns the model's profile, which expects half of the wind directions of a window. */
  private static Path profile() throws Exception {
    DataProfile profile = DataProfileFile.read(Path.of(MODEL, "data-profile.json"));
    Expectation present =
        Expectation.of(
            ExpectationType.MISSING_SHARE, List.of("wd"), Bounds.of(0.0, 0.5), Severity.WARNING);
    List<ColumnProfile> columns =
        profile.columns().stream()
            .map(c -> c.name().equals("wd") ? c.withExpectations(List.of(present)) : c)
            .toList();
    DataProfile changed =
        new DataProfile(
            profile.kind(),
            profile.model(),
            profile.window(),
            profile.counts(),
            columns,
            profile.outputs(),
            profile.expectations(),
            profile.dataSet(),
            profile.creator());
    Path file = Files.createTempFile("sluice-profile-", ".json");
    file.toFile().deleteOnExit();
    DataProfileFile.write(changed, file);
    return file;
  }
}
