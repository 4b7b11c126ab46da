package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.letters.JobMessages;
import dev.sluice.encode.OutputFraming;
import dev.sluice.encode.ProfileEncoder;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.file.DataProfileFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
  @TempDir Path directory;

  @Test
  void aFileThatIsThereIsKept() throws IOException {
    Path file = Files.writeString(directory.resolve("report.html"), "mine");

    CommandLineRun.isRefused(
        CommandLineRun.of("report", "--profiles", "none.jsonl", "--out", file.toString()),
        "--out: " + file + " exists already; --overwrite replaces it");
    assertThat(file).hasContent("mine");
  }

  @Test
  void whereItGoesIsCheckedBeforeAnythingIsRead() {
    for (Path wrong : new Path[] {directory.resolve("none").resolve("report.html"), directory}) {
      CommandLineRun.isRefused(
          CommandLineRun.of("report", "--profiles", "none.jsonl", "--out", wrong.toString()),
          "--out: " + wrong + " cannot be written, expected a file in a directory that exists");
    }
  }

  @Test
  void withoutWindowsThereIsNothingToReport() throws IOException {
    Path profiles = Files.writeString(directory.resolve("profiles.jsonl"), "");
    Path file = directory.resolve("report.html");

    CommandLineRun run =
        CommandLineRun.of("report", "--profiles", profiles.toString(), "--out", file.toString());

    assertThat(run.err()).contains("there are no windows yet: nothing to report");
    assertThat(run.code()).isEqualTo(1);
    assertThat(file).doesNotExist();
  }

  @Test
  void withoutWindowsOpenAlarmsAreNoted() throws IOException {
    Path profiles = Files.writeString(directory.resolve("profiles.jsonl"), "");
    Path alarms =
        Files.writeString(
            directory.resolve("alarms.jsonl"),
            new GenericDatumReader<GenericRecord>(dev.sluice.avro.Alarm.getClassSchema())
                .read(null, DecoderFactory.get().binaryDecoder(JobMessages.alarm(), null))
                .toString());
    String[] arguments = {
      "report",
      "--profiles=" + profiles,
      "--alarms=" + alarms,
      "--out=" + directory.resolve("report.html"),
      "--model-sha256="
    };

    CommandLineRun run = CommandLineRun.of(arguments);

    assertThat(run.err().lines())
        .containsExactly(
            "note: alarms that are raised and not cleared: 1; the last: TEMP: got 9.5, expected"
                + " mean [0, 5]",
            "there are no windows yet: nothing to report");
    assertThat(run.code()).isEqualTo(1);

    for (String other : List.of("--model-sha256=ff", "--baseline=00")) {
      arguments[4] = other;
      assertThat(CommandLineRun.of(arguments).err()).as(other).doesNotContain("raised");
    }
  }

  private static String window(String model, String baseline, int hour) throws IOException {
    long start = hour * 3_600_000L;
    DataProfile summary =
        new DataProfile(
            ProfileKind.INPUT,
            new ProfiledModel("m", "1", model),
            new ProfiledWindow(baseline, "", start, start + 3_600_000, "PT1H", "UTC", 0),
            RowCounts.valid(9),
            List.of(),
            List.of(),
            List.of(),
            null,
            "sluice");
    byte[] value = new ProfileEncoder(OutputFraming.NONE).map(summary).value();
    return new GenericDatumReader<GenericRecord>(dev.sluice.avro.DataProfile.getClassSchema())
        .read(null, DecoderFactory.get().binaryDecoder(value, null))
        .toString();
  }

  @Test
  void itIsAboutTheWindowsOfTheDataProfileThatIsGiven() throws IOException {
    Path older = Path.of("src/main/resources/models/air-quality-mlp/data-profile.json");
    String lines =
        window("aa", DataProfileFile.sha256(older), 0) + "\n" + window("aa", "ff".repeat(32), 1);
    Path profiles = Files.writeString(directory.resolve("profiles.jsonl"), lines + "\n");
    String[] arguments = {
      "report",
      "--profiles=" + profiles,
      "--profile=" + older,
      "--out=" + directory.resolve("report.html"),
      "--overwrite",
      "--model-sha256=aa",
      "--baseline="
    };

    CommandLineRun given = CommandLineRun.of(arguments);
    assertThat(given.code()).as(given.err()).isZero();
    assertThat(given.err()).isEmpty();

    arguments[6] = "--baseline=ff";
    CommandLineRun named = CommandLineRun.of(arguments);
    assertThat(named.code()).isZero();
    assertThat(named.err())
        .startsWith(
            "warning: the windows were compared with the data profile of SHA-256 "
                + "ff".repeat(32)
                + ", got ");

    arguments[6] = "--baseline=00";
    CommandLineRun none = CommandLineRun.of(arguments);
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err())
        .contains(
            "there are no windows of model aa that were compared with data profile 00: nothing");
  }

  @Test
  void aDataProfileThatIsGivenChoosesNoOtherModel() throws IOException {
    Path older = Path.of("src/main/resources/models/air-quality-mlp/data-profile.json");
    String newer = "ff".repeat(32);
    String lines = window("aa", DataProfileFile.sha256(older), 0) + "\n" + window("bb", newer, 1);
    Path profiles = Files.writeString(directory.resolve("profiles.jsonl"), lines + "\n");

    CommandLineRun run =
        CommandLineRun.of(
            "report",
            "--profiles=" + profiles,
            "--profile=" + older,
            "--out=" + directory.resolve("report.html"));

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err())
        .startsWith("warning: the windows were compared with the data profile of SHA-256 " + newer);
  }

  @Test
  void filesThatAreNotThereAreWrongArguments() throws IOException {
    Path there = Files.writeString(directory.resolve("profiles.jsonl"), "");
    String out = "--out=" + directory.resolve("report.html");
    CommandLineRun.isRefused(
        CommandLineRun.of("report", "--profiles", "none.jsonl", out),
        "--profiles: none.jsonl does not exist, expected a file of windows");
    CommandLineRun.isRefused(
        CommandLineRun.of("report", "--profiles=" + there, "--alarms", "none.jsonl", out),
        "--alarms: none.jsonl does not exist, expected a file of alarms");
    CommandLineRun.isRefused(
        CommandLineRun.of("report", "--profiles=" + there, "--profile", "none.json", out),
        "--profile: none.json does not exist, expected a data profile");
  }

  @Test
  void withoutFilesBrokersAreNeeded() {
    CommandLineRun.isRefused(
        CommandLineRun.of("report", "--out", directory.resolve("report.html").toString()),
        "no brokers are named, expected --bootstrap-servers HOST:PORT");
  }

  @Test
  void alarmsAloneAreNoReport() {
    CommandLineRun.isRefused(
        CommandLineRun.of(
            "report",
            "--alarms",
            "alarms.jsonl",
            "--out",
            directory.resolve("report.html").toString()),
        "--alarms is given without --profiles, expected both");
  }
}
