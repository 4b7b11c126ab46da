package dev.sluice.cli.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.encode.AlarmEncoder;
import dev.sluice.encode.ProfileEncoder;
import dev.sluice.profile.Advice;
import dev.sluice.profile.AdviceKind;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmCourse;
import dev.sluice.profile.AlarmKind;
import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.Distinct;
import dev.sluice.profile.DriftMetric;
import dev.sluice.profile.DriftSign;
import dev.sluice.profile.DriftSignKind;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.Occurrences;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.Significance;
import dev.sluice.profile.TextSummary;
import dev.sluice.profile.WindowFindings;
import dev.sluice.record.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written and read again is the same, with drift: by JSON, and by Avro. */
class RecordFileTest {
  private static final ProfiledModel MODEL = new ProfiledModel("m", "1", "a".repeat(64));
  private static final ProfiledWindow WINDOW =
      new ProfiledWindow("b".repeat(64), "north", 0L, 3_600_000L, "PT1H", "UTC", 0);

  @TempDir Path directory;
  private final List<String> notes = new ArrayList<>();

  private static DataProfile profile() {
    ColumnProfile column =
        ColumnProfile.ofTexts(
                "wind \"from\" <north>",
                4,
                1,
                new TextSummary(1, 2, 5),
                new Occurrences(Map.of("N", 3L), false, Map.of()),
                Distinct.exactly(1))
            .withDrift(
                new ColumnDrift(
                    "psi",
                    0.5,
                    0.1,
                    0.0,
                    DriftVerdict.DRIFT,
                    "season 02",
                    100,
                    new Significance("chi_square_homogeneity", 12.5, 3, 0.001, true),
                    List.of(new DriftMetric("hellinger", 0.25, 0.0)),
                    List.of(new DriftSign(DriftSignKind.NEW_CATEGORY, 0.5, "one new"))));
    return new DataProfile(
        DataProfile.FORMAT_VERSION,
        ProfileKind.INPUT,
        MODEL,
        WINDOW,
        new RowCounts(4, 1, 0),
        List.of(column),
        List.of(),
        List.of(),
        null,
        "sluice",
        WindowFindings.NONE,
        List.of());
  }

  private static Alarm alarm() {
    return new Alarm(
            AlarmKind.DRIFT,
            Severity.WARNING,
            ProfileKind.INPUT,
            MODEL,
            WINDOW,
            List.of("wind"),
            "",
            "psi of at most 0.1",
            "0.5",
            4,
            0,
            "wind has drifted")
        .raised(new AlarmCourse(0L, 1, 2), new Advice(AdviceKind.WATCH, List.of("look")), 0.0002);
  }

  private static GenericRecord generic(Schema schema, byte[] value) {
    return new PlainAvro(schema).decode(value).orElseThrow();
  }

  private <T> List<T> throughLines(PublishedRecords<T> format, byte[] value) throws IOException {
    Path file = directory.resolve("records.jsonl");
    Files.writeString(file, generic(format.schema(), value) + "\n\n");
    return read(file, format);
  }

  private <T> List<T> read(Path file, PublishedRecords<T> format) throws IOException {
    List<T> read = new ArrayList<>();
    RecordFile.read(file, format, read::add, notes::add);
    return read;
  }

  @Test
  void aProfileComesThroughJsonLinesWithItsDrift() throws IOException {
    byte[] value = new ProfileEncoder().map(profile()).value();

    assertThat(throughLines(PublishedRecords.profiles(), value)).containsExactly(profile());
  }

  @Test
  void anAlarmComesThroughJsonLines() throws IOException {
    byte[] value = new AlarmEncoder().map(alarm()).value();

    assertThat(throughLines(PublishedRecords.alarms(), value)).containsExactly(alarm());
  }

  private static String line(long offset, byte[] value, Schema schema) {
    ConsumerRecord<byte[], byte[]> message =
        new ConsumerRecord<>("alarms", 0, offset, new byte[] {1}, value);
    return new MessageJson(Optional.empty())
        .of(
            new TopicMessage(
                message, Optional.ofNullable(schema).flatMap(s -> new PlainAvro(s).decode(value))));
  }

  /** As where the topic itself is read. */
  @Test
  void messagesThatAreNoneOfTheseArePassedOver() throws IOException {
    PublishedRecords<Alarm> format = PublishedRecords.alarms();
    byte[] profile = new ProfileEncoder().map(profile()).value();
    Path file = directory.resolve("alarms.jsonl");
    Files.write(
        file,
        List.of(
            line(0, null, null),
            line(1, new byte[] {42}, null),
            line(2, new AlarmEncoder().map(alarm()).value(), format.schema()),
            line(3, profile, PublishedRecords.profiles().schema())));

    assertThat(read(file, format)).containsExactly(alarm());
    assertThat(notes)
        .containsExactly(
            "note: %s: messages passed over that are no alarm: 2; the first: line 2 is no alarm: it has no record, expected one"
                .formatted(file));
  }

  @Test
  void aMessageThatIsPassedOverDoesNotSteerTheTerminal() throws IOException {
    PublishedRecords<Alarm> format = PublishedRecords.alarms();
    String alarm = line(0, new AlarmEncoder().map(alarm()).value(), format.schema());
    Path file = directory.resolve("alarms\u001b[2J.jsonl");
    Files.writeString(file, alarm.replace("\"DRIFT\"", "\"\\u001b[2J\\n\""));

    assertThat(read(file, format)).isEmpty();
    assertThat(notes).hasSize(1);
    assertThat(notes.get(0))
        .contains("alarms\\u{1b}[2J.jsonl", "line 1 is no alarm", "AlarmKind.\\u{1b}[2J\\u{a}")
        .doesNotContain("\u001b", "\n");
  }

  @Test
  void tombstonesAreNotSpokenOf() throws IOException {
    Path file = directory.resolve("alarms.jsonl");
    Files.writeString(file, line(0, null, null));

    assertThat(read(file, PublishedRecords.alarms())).isEmpty();
    assertThat(notes).isEmpty();
  }

  @Test
  void aProfileComesThroughAnAvroFile() throws IOException {
    PublishedRecords<DataProfile> format = PublishedRecords.profiles();
    Path file = directory.resolve("records.avro");
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(format.schema()))) {
      writer.create(format.schema(), file.toFile());
      writer.append(generic(format.schema(), new ProfileEncoder().map(profile()).value()));
    }

    assertThat(read(file, format)).containsExactly(profile());
  }

  @Test
  void linesAreBounded() throws IOException {
    Path file = directory.resolve("records.jsonl");
    byte[] blanks = new byte[RecordFile.MAX_LINE + 2];
    Arrays.fill(blanks, (byte) ' ');
    blanks[0] = '\n';
    Files.write(file, blanks);

    assertThatThrownBy(() -> read(file, PublishedRecords.profiles()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(file + ": line 2 has more characters than expected, at most 67108864");
  }

  @Test
  void aLineThatIsNoRecordIsNamed() throws IOException {
    Path file = directory.resolve("records.jsonl");
    Files.writeString(file, "{\"formatVersion\": \"one\"}\n");

    assertThatThrownBy(() -> read(file, PublishedRecords.profiles()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            file
                + ": line 1 is no window profile: DataProfile.formatVersion is \"one\", expected an integer of 32 bits");
    Files.writeString(file, "{}{}\n");
    assertThatThrownBy(() -> read(file, PublishedRecords.profiles()))
        .hasMessageStartingWith(file + ": line 1 is no JSON, expected a window profile per line");
    Files.writeString(file, "{\"formatVersion\": 1\n");
    assertThatThrownBy(() -> read(file, PublishedRecords.profiles()))
        .hasMessageStartingWith(file + ": line 1 is no JSON, expected a window profile per line");
  }
}
