package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.encode.OutputFraming;
import dev.sluice.encode.ProfileEncoder;
import dev.sluice.kafka.CheckedProducer;
import dev.sluice.kafka.Topics;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.record.ElementType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code profile merge} makes of a topic of a real broker. */
class ProfileMergeITCase {
  private static final String ZONE = "Asia/Shanghai";
  private static final long MIDNIGHT = Instant.parse("2026-01-30T16:00:00Z").toEpochMilli();
  private static final long HOUR = 3_600_000;

  private static EmbeddedKafka kafka;
  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private static NumberStatistics numbers(int first, int count) {
    NumberStatistics numbers = new NumberStatistics(Grid.of(100.0, 1000.0), 20);
    for (int i = first; i < first + count; i++) {
      numbers.add(new double[] {i}, 1);
    }
    return numbers;
  }

  private static DataProfile record(
      String model, int hour, String segment, int revision, List<ColumnProfile> columns) {
    return record(model, "bb", hour, segment, revision, columns);
  }

  private static DataProfile record(
      String model,
      String baseline,
      int hour,
      String segment,
      int revision,
      List<ColumnProfile> columns) {
    long start = MIDNIGHT + hour * HOUR;
    return new DataProfile(
        ProfileKind.INPUT,
        new ProfiledModel("m", "1", model),
        new ProfiledWindow(baseline, segment, start, start + HOUR, "PT1H", ZONE, revision),
        RowCounts.valid(200),
        columns,
        List.of(),
        List.of(),
        null,
        "sluice");
  }

  private static ColumnProfile column(NumberStatistics numbers) {
    return numbers.toMergeable("x", ElementType.DOUBLE, List.of(100.0));
  }

  private void write(String topic) {
    write(topic, OutputFraming.NONE);
  }

  private void write(String topic, OutputFraming framing) {
    try (Topics topics = Topics.connect(kafka.bootstrapServers());
        CheckedProducer producer = new CheckedProducer(kafka.bootstrapServers())) {
      topics.create(List.of(topic), 3);
      ProfileEncoder encoder = new ProfileEncoder(framing);
      for (int hour = -1; hour < 25; hour++) {
        for (DataProfile record :
            List.of(
                record("aa", hour, "", 1, List.of(column(numbers(200 * hour, 200)))),
                record("aa", hour, "", 1, List.of()),
                record("aa", hour, "", 0, List.of(column(numbers(0, 50)))),
                record("aa", hour, "Dongsi", 0, List.of()))) {
          var message = encoder.map(record);
          producer.send(
              new ProducerRecord<>(
                  topic, Math.floorMod(hour + record.columns().size(), 3), null, message.value()));
        }
      }
      var other = encoder.map(record("cc", 3, "", 0, List.of()));
      producer.send(new ProducerRecord<>(topic, 0, other.key(), other.value()));
      producer.flush();
    }
  }

  static Stream<OutputFraming> framings() {
    return Stream.of(
        OutputFraming.NONE,
        OutputFraming.singleObject(dev.sluice.avro.DataProfile.getClassSchema()),
        OutputFraming.confluent(12));
  }

  @ParameterizedTest
  @MethodSource("framings")
  void theHoursOfADayAreTheDay(OutputFraming framing) throws Exception {
    String topic = "hours-" + framing.length();
    write(topic, framing);
    Path day = directory.resolve("day.json");
    String[] arguments = {
      "profile",
      "merge",
      "--topic",
      topic,
      "--bootstrap-servers",
      kafka.bootstrapServers(),
      "--from",
      "2026-01-31",
      "--until",
      "2026-02-01",
      "--model",
      "aa",
      "--out",
      day.toString()
    };
    CommandLineRun run = CommandLineRun.of(arguments);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .isEqualTo(
            day
                + ": 24 windows, 2026-01-30T16:00:00Z to 2026-01-31T16:00:00Z, 4,800 records"
                + System.lineSeparator());
    DataProfile merged = DataProfileFile.read(day);
    assertThat(merged.window())
        .isEqualTo(
            new ProfiledWindow("bb", "", MIDNIGHT, MIDNIGHT + 24 * HOUR, "P1D", ZONE, 0, true));
    assertThat(merged.counts()).isEqualTo(RowCounts.valid(4800));
    assertThat(merged.columns()).containsExactly(column(numbers(0, 4800)));

    CommandLineRun.isRefused(
        CommandLineRun.of(arguments), day + " exists already; --overwrite replaces it");
  }

  @Test
  void windowsOfOneOfSeveralBaselinesAreTaken() throws Exception {
    write("rebased");
    try (CheckedProducer producer = new CheckedProducer(kafka.bootstrapServers())) {
      var other =
          new ProfileEncoder(OutputFraming.NONE).map(record("aa", "dd", 3, "", 0, List.of()));
      producer.send(new ProducerRecord<>("rebased", 0, other.key(), other.value()));
      producer.flush();
    }
    String[] arguments = {
      "profile",
      "merge",
      "--topic=rebased",
      "--bootstrap-servers=" + kafka.bootstrapServers(),
      "--model=aa",
      "--overwrite",
      "--out=" + directory.resolve("one.json"),
      "--baseline="
    };
    CommandLineRun.isRefused(CommandLineRun.of(arguments), "SHA-256 of the baseline");

    arguments[7] = "--baseline=b";
    CommandLineRun run = CommandLineRun.of(arguments);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("26 windows").contains("5,200 records");

    arguments[7] = "--baseline=ee";
    CommandLineRun.isRefused(
        CommandLineRun.of(arguments), "rebased has no such windows, expected 1 or more");
    CommandLineRun.isRefused(
        CommandLineRun.of(
            "profile", "merge", "a.json", "--baseline=b", "--out=" + directory.resolve("x.json")),
        "--model or --baseline is given with files, expected --topic");
  }

  /** The topic is compacted: what somebody else wrote to it stays. */
  @Test
  void messagesOfOthersArePassedOverAndCounted() throws Exception {
    write("shared");
    try (CheckedProducer producer = new CheckedProducer(kafka.bootstrapServers())) {
      for (String value : List.of("hello", "you")) {
        producer.send(
            new ProducerRecord<>("shared", 1, LetterTopic.bytes(value), LetterTopic.bytes(value)));
      }
    }
    CommandLineRun run =
        CommandLineRun.of(
            "profile",
            "merge",
            "--topic=shared",
            "--bootstrap-servers=" + kafka.bootstrapServers(),
            "--model=aa",
            "--out=" + directory.resolve("all.json"));

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("26 windows").contains("5,200 records");
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .startsWith(
            "note: topic shared: messages passed over that are no window profile: 2; the first:"
                + " message shared-1@")
        .endsWith(" is no window profile, expected a topic of those");
  }

  @Test
  void whatCannotBeMergedIsSaidInOneLine() throws Exception {
    write("mixed");
    String out = directory.resolve("out.json").toString();
    CommandLineRun.isRefused(
        CommandLineRun.of(
            "profile",
            "merge",
            "--topic",
            "mixed",
            "--bootstrap-servers",
            kafka.bootstrapServers(),
            "--out",
            out),
        "SHA-256 of the model");
    CommandLineRun.isRefused(
        CommandLineRun.of(
            "profile",
            "merge",
            "--topic",
            "mixed",
            "--bootstrap-servers",
            kafka.bootstrapServers(),
            "--segment",
            "Nowhere",
            "--out",
            out),
        "mixed has no such windows, expected 1 or more");
    CommandLineRun.isRefused(
        CommandLineRun.of("profile", "merge", "--out", out),
        "neither files nor --topic are given, expected one");
    CommandLineRun.isRefused(
        CommandLineRun.of("profile", "merge", "--topic", "mixed", "--from", "soon", "--out", out),
        "--from is soon, expected a time such as 2026-01-31T09:00:00Z or a day such as 2026-01-31");
  }
}
