package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Today's code goes on from savepoints that earlier versions have written: open windows finish with
 * all their rows, alarms and late records are known, no record is read twice. A new fixture is
 * written, besides those that are there, by {@code -Dsluice.state.write=NAME}.
 */
class StateFixtureITCase {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final String WRITE = "sluice.state.write";
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir private Path directory;

  static List<StateFixture> fixtures() throws IOException {
    return StateFixture.all();
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", SERVERS.kafka().bootstrapServers()));
  }

  @Test
  @EnabledIfSystemProperty(named = WRITE, matches = ".+")
  void write() throws Exception {
    StateFixture fixture = new StateFixture(StateFixture.ALL.resolve(System.getProperty(WRITE)));
    fixture.writeInputs();
    JobRun run = fixture.run(SERVERS);
    StateFixture.send(run, fixture.before());
    Configuration settings = new Configuration();
    settings.set(CheckpointingOptions.FS_SMALL_FILE_THRESHOLD, MemorySize.ofMebiBytes(1));
    try (Admin admin = admin();
        LiveJob job = new LiveJob(run.parallelism(2).submit(settings))) {
      Await.until("all records are read", PATIENCE, () -> Ends.lag(admin, run) == 0);
      Await.until(
          "alarms of a window and of silence",
          PATIENCE,
          () ->
              events(run, "FEED_SILENT").contains("RAISED ")
                  && events(run, "EXPECTATION").contains("RAISED "));
      copy(Path.of(URI.create(job.stop(directory, false))), fixture.savepoint());
    }
    System.out.println("state by operator: " + StateNames.of(fixture.savepoint().toString()));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  /** Returns what happened to alarms of a kind, as state and segment, in their order. */
  private static List<String> events(JobRun run, String kind) throws IOException {
    return run.alarms().stream()
        .filter(alarm -> alarm.get("kind").toString().equals(kind))
        .map(alarm -> alarm.get("state") + " " + alarm.get("segment"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  @DisabledIfSystemProperty(named = WRITE, matches = ".+")
  void isReadByTodaysCode(StateFixture fixture) throws Exception {
    JobRun run = fixture.run(SERVERS).parallelism(1);
    StateFixture.send(run, fixture.before());
    StateFixture.send(run, fixture.after());
    Configuration settings = new Configuration();
    settings.set(
        StateRecoveryOptions.SAVEPOINT_PATH,
        fixture.savepoint().toAbsolutePath().toUri().toString());
    String savepoint;
    try (Admin admin = admin();
        LiveJob job = new LiveJob(run.submit(settings))) {
      Await.until("all records are read", PATIENCE, () -> Ends.lag(admin, run) == 0);
      savepoint = job.stop(directory, true);
    }
    assertEachIsAnsweredOnce(fixture, run);
    assertWindowsAreWhole(fixture, run);
    assertLateAndMalformedAreCounted(fixture, run);
    assertAlarmsAreKnown(run);
    assertOrderIsKnown(fixture, run);
    assertNothingIsNew(StateNames.of(fixture.savepoint().toString()), StateNames.of(savepoint));
  }

  /** The source goes on where it was, per partition. */
  private static void assertEachIsAnsweredOnce(StateFixture fixture, JobRun run)
      throws IOException {
    Map<Integer, Integer> offsets = new HashMap<>();
    fixture.before().forEach(sent -> offsets.merge(sent.partition(), 1, Integer::sum));
    Set<String> expected = new TreeSet<>();
    for (StateFixture.Sent sent : fixture.after()) {
      expected.add(sent.partition() + "@" + (offsets.merge(sent.partition(), 1, Integer::sum) - 1));
    }
    List<String> answered = new ArrayList<>();
    for (List<GenericRecord> answers : List.of(run.predictions(), run.deadLetters())) {
      answers.forEach(each -> answered.add(each.get("partition") + "@" + each.get("offset")));
    }
    assertThat(answered).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(answered)).isEqualTo(expected);
  }

  private static void assertWindowsAreWhole(StateFixture fixture, JobRun run) throws IOException {
    Schema schema = new Schema.Parser().parse(fixture.schema().toFile());
    for (String column : List.of("SO2", "TEMP")) {
      WindowColumns windows = new WindowColumns(schema, column);
      long closed = StateFixture.FIRST + StateFixture.WINDOW;
      windows.add(fixture.before(), record -> (Long) record.get("ts") >= closed);
      windows.add(fixture.after(), record -> (Long) record.get("ts") >= closed);
      assertThat(windows.published(run.inputProfiles()))
          .as(column)
          .isEqualTo(windows.expected())
          .hasSizeGreaterThanOrEqualTo(9);
    }
    String baseline = run.plan().profileSha256();
    assertThat(run.inputProfiles())
        .allSatisfy(profile -> assertThat(profile.get("baselineSha256")).hasToString(baseline));
  }

  /** One record was late before the savepoint, and one after it, of a window closed before it. */
  private static void assertLateAndMalformedAreCounted(StateFixture fixture, JobRun run)
      throws IOException {
    assertThat(sum(run.inputProfiles(), "lateRows")).as("late inputs").isEqualTo(2);
    assertThat(sum(run.outputProfiles(), "lateRows")).as("late outputs").isEqualTo(2);
    long malformed =
        Stream.concat(fixture.before().stream(), fixture.after().stream())
            .filter(sent -> sent.value().length == 3)
            .count();
    assertThat(sum(run.inputProfiles(), "malformedRecords")).isEqualTo(malformed);
    assertThat(sum(run.outputProfiles(), "malformedRecords")).isEqualTo(malformed);
  }

  private static long sum(List<GenericRecord> profiles, String field) {
    return profiles.stream()
        .filter(profile -> ((List<?>) profile.get("columns")).isEmpty())
        .filter(profile -> profile.get("segment").toString().isEmpty())
        .filter(profile -> (Boolean) profile.get("final"))
        .mapToLong(profile -> (Long) profile.get(field))
        .sum();
  }

  /** What was raised before the savepoint is cleared after it. */
  private static void assertAlarmsAreKnown(JobRun run) throws IOException {
    assertThat(run.alarms())
        .filteredOn(alarm -> alarm.get("kind").toString().equals("EXPECTATION"))
        .filteredOn(alarm -> alarm.get("segment").toString().isEmpty())
        .extracting(alarm -> alarm.get("columns") + " " + alarm.get("state"))
        .contains("[wd] CLEARED");
    assertThat(events(run, "FEED_SILENT")).contains("CLEARED ");
  }

  /** The latest event time of a partition is known: the first record after goes back behind it. */
  private static void assertOrderIsKnown(StateFixture fixture, JobRun run) throws IOException {
    int partition = fixture.after().get(0).partition();
    long offset = fixture.before().stream().filter(s -> s.partition() == partition).count();
    assertThat(run.predictions())
        .filteredOn(prediction -> prediction.get("partition").equals(partition))
        .filteredOn(prediction -> prediction.get("offset").equals(offset))
        .singleElement()
        .satisfies(
            prediction ->
                assertThat(prediction.get("warnings").toString()).contains("OUT_OF_ORDER"));
  }

  /** State that no fixture has is not covered: then a new one is to be written. */
  private static void assertNothingIsNew(
      Map<String, Set<String>> fixture, Map<String, Set<String>> today) {
    Map<String, Set<String>> added = new HashMap<>();
    today.forEach(
        (operator, names) -> {
          Set<String> more = new HashSet<>(names);
          more.removeAll(fixture.getOrDefault(operator, Set.of()));
          more.removeIf(name -> name.endsWith("_raw_states")); // Flink's own, of its sinks
          if (!more.isEmpty()) {
            added.put(operator, more);
          }
        });
    assertThat(added).as("state that the fixture lacks; write one by -D%s=NAME", WRITE).isEmpty();
  }
}
