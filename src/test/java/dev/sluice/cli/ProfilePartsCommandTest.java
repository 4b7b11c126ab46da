package dev.sluice.cli;

import static dev.sluice.cli.CommandLineRun.isRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.PartKind;
import dev.sluice.profile.ProfilePart;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.record.Severity;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a profile is divided by, and the order of its event times, from the command line. */
class ProfilePartsCommandTest {
  private static final Path DATA = Path.of("../shared/data/beijing-air/train.csv.gz");
  private static final String ROWS =
      """
      at,word,size
      2026-01-05T00:30:00Z,a,1
      2026-01-31T23:30:00Z,a,2
      2026-02-01T00:30:00Z,b,3
      2026-02-02T00:00:00Z,c,4
      2026-03-01T00:00:00Z,,
      """;

  @TempDir Path directory;
  private Path schema;
  private Path csv;
  private Path out;

  @BeforeEach
  void writeFiles() throws IOException {
    schema =
        Files.writeString(
            directory.resolve("a.avsc"),
            """
            {"type": "record", "name": "Row", "fields": [
              {"name": "at", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}]},
              {"name": "word", "type": ["null", "string"]},
              {"name": "size", "type": ["null", "double"]}]}
            """);
    csv = Files.writeString(directory.resolve("a.csv"), ROWS);
    out = directory.resolve("profile.json");
  }

  private CommandLineRun run(Object... more) {
    List<String> arguments = new ArrayList<>(List.of("profile", "--overwrite", "--out=" + out));
    arguments.addAll(Arrays.stream(more).map(Object::toString).toList());
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private CommandLineRun timed(Object... more) {
    List<Object> arguments =
        new ArrayList<>(List.of("--data=" + csv, "--schema=" + schema, "--event-time-field=at"));
    arguments.addAll(List.of(more));
    return run(arguments.toArray());
  }

  private DataProfile made(CommandLineRun run) throws IOException {
    assertThat(run.code()).as(run.err()).isZero();
    return DataProfileFile.read(out);
  }

  private static List<String> rows(DataProfile profile, PartKind kind) {
    return profile.parts().stream()
        .filter(part -> part.kind() == kind)
        .map(part -> part.value() + " " + part.rows())
        .toList();
  }

  @Test
  void segmentsAndSeasonsAreMadeAtOnce() throws IOException {
    CommandLineRun run = timed("--segment-by=word", "--season=month");
    DataProfile profile = made(run);

    assertThat(run.out()).contains("7 segments and seasons");
    assertThat(rows(profile, PartKind.SEGMENT)).containsExactly(" 1", "a 2", "b 1", "c 1");
    assertThat(rows(profile, PartKind.SEASON)).containsExactly("01 2", "02 2", "03 1");
    assertThat(profile.parts().get(1).columns().get(1).max()).isEqualTo(2);
    assertThat(profile.parts())
        .extracting(ProfilePart::field)
        .containsExactly("word", "word", "word", "word", "", "", "");
  }

  @Test
  void theRestIsOneSegment() throws IOException {
    assertThat(rows(made(timed("--segment-by=word", "--segments-max=1")), PartKind.SEGMENT))
        .containsExactly("a 2", "other 3");
  }

  @Test
  void seasonsFollowTheTimeZone() throws IOException {
    DataProfile profile = made(timed("--season=month", "--time-zone=Asia/Shanghai"));
    assertThat(rows(profile, PartKind.SEASON)).containsExactly("01 1", "02 3", "03 1");
    profile = made(timed("--season=hour-of-week"));
    assertThat(rows(profile, PartKind.SEASON)).containsExactly("MON 00 2", "SAT 23 1", "SUN 00 2");
  }

  @Test
  void whatCannotBeDividedIsRefused() throws IOException {
    isRefused(
        timed("--segment-by=words"),
        "segments are of words, which is no column of the profile, expected one of [word, size]");
    isRefused(timed("--segment-by=at"), "segments are of at, which is no column of the profile");
    isRefused(
        timed("--segment-by=word", "--segments-max=0"),
        "--segments-max is 0, expected 1 to 100000");
    isRefused(timed("--segment-by=word", "--segments-max=x"), "--segments-max");
    isRefused(timed("--season=week"), "--season is week, expected month or hour-of-week");
    isRefused(
        run("--data=" + csv, "--schema=" + schema, "--season=month"),
        "--season is month, expected --event-time-field beside it");
    Files.writeString(csv, ROWS + ",d,5\n");
    isRefused(
        timed("--season=month"),
        "record 5 of partition or file 0 has no event time, expected one: the seasons (month)");
    assertThat(out).doesNotExist();
  }

  @Test
  void anUnknownEventTimeIsNoPartOfTheTimeRange() throws IOException {
    Files.writeString(csv, ROWS + ",d,5\n");
    DataProfile profile = made(timed());
    assertThat(profile.counts().rows()).isEqualTo(6);
    assertThat(profile.dataSet().firstEventTime()).isEqualTo(1767573000000L);
    assertThat(profile.dataSet().lastEventTime()).isEqualTo(1772323200000L);
  }

  @Test
  void eventTimesInOrderAreExpectedToStaySo() throws IOException {
    Expectation monotone =
        Expectation.of(ExpectationType.MONOTONE, "at", Severity.INFO).asSuggested();
    Path earlier =
        Files.writeString(directory.resolve("b.csv"), "at,word,size\n1,a,1\n1,a,1\n9,a,1\n");

    assertThat(made(timed()).expectations()).containsExactly(monotone);
    byte[] bytes = null;
    for (List<Path> files : List.of(List.of(csv, earlier), List.of(earlier, csv))) {
      DataProfile profile =
          made(
              run(
                  "--data=" + files.get(0),
                  "--data=" + files.get(1),
                  "--schema=" + schema,
                  "--event-time-field=at"));
      assertThat(profile.expectations()).containsExactly(monotone);
      bytes = bytes == null ? Files.readAllBytes(out) : bytes;
      assertThat(out).hasBinaryContent(bytes);
    }
    assertThat(made(run("--data=" + csv, "--schema=" + schema)).expectations()).isEmpty();
    Files.writeString(csv, ROWS + "2026-02-28T00:00:00Z,d,5\n");
    assertThat(made(timed()).expectations()).isEmpty();
  }

  @Test
  void aYearOfTwelveStationsIsDividedInFull() throws IOException {
    assumeTrue(Files.isRegularFile(DATA), "no file " + DATA);
    String[] arguments = {
      "--data=" + DATA,
      "--schema=schemas/AirQualityReading.avsc",
      "--event-time-field=ts",
      "--time-zone=+08:00",
      "--segment-by=station",
      "--season=month"
    };
    DataProfile profile = made(run((Object[]) arguments));

    int[] days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    List<ProfilePart> segments = profile.parts().subList(0, 12);
    List<ProfilePart> seasons = profile.parts().subList(12, 24);
    assertThat(profile.parts()).hasSize(24);
    assertThat(segments).allMatch(part -> part.rows() == 365 * 24);
    for (int month = 0; month < days.length; month++) {
      assertThat(seasons.get(month).rows()).isEqualTo(days[month] * 24L * 12);
    }
    for (List<ProfilePart> parts : List.of(segments, seasons)) {
      for (int i = 0; i < profile.columns().size(); i++) {
        int index = i;
        assertThat(parts.stream().mapToLong(part -> part.columns().get(index).missing()).sum())
            .isEqualTo(profile.columns().get(index).missing());
        assertThat(
                parts.stream()
                    .map(part -> part.columns().get(index).sum())
                    .reduce(BigInteger.ZERO, BigInteger::add))
            .isEqualTo(profile.columns().get(index).sum());
      }
    }
    assertThat(profile.expectations())
        .extracting(Expectation::type)
        .containsExactly(ExpectationType.MONOTONE);
  }
}
