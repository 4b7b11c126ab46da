package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.profile.ProfileText;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.file.DataProfileFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A profile as tables, and two compared. */
class ProfileShowTest {
  private static final String ROWS = "size,word\n1,a\n2,b\n3,a\n4,a\n,\n";

  @TempDir Path directory;
  private Path schema;
  private Path first;

  @BeforeEach
  void makeProfile() throws IOException {
    schema =
        Files.writeString(
            directory.resolve("a.avsc"),
            """
            {"type": "record", "name": "Row", "fields": [
              {"name": "size", "type": ["null", "float"]},
              {"name": "word", "type": ["null", "string"]}]}
            """);
    first = profile("first.json", ROWS);
  }

  private Path profile(String name, String rows) throws IOException {
    Path csv = Files.writeString(directory.resolve("a.csv"), rows);
    Path out = directory.resolve(name);
    CommandLineRun run =
        CommandLineRun.of(
            "profile", "--data=" + csv, "--schema=" + schema, "--out=" + out, "--code=git: abc");
    assertThat(run.code()).as(run.err()).isZero();
    return out;
  }

  private static CommandLineRun show(Path file) {
    return CommandLineRun.of("profile", "--show", file.toString());
  }

  private static CommandLineRun diff(Path before, Path after) {
    return CommandLineRun.of("profile", "--diff", before.toString(), after.toString());
  }

  @Test
  void aProfileIsShownAsTables() {
    CommandLineRun run = show(first);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .contains("data set   a.csv", "code       git: abc", "rows       5")
        .anyMatch(line -> line.matches("name +type +count +missing % +mean +std .*"))
        .anyMatch(line -> line.matches("size +FLOAT +5 +20 +2.5 +1.11803 +1 +2.5 +4 +.*"))
        .anyMatch(line -> line.matches("word +STRING +5 +20 .* 2 +a \\(75 %\\), b \\(25 %\\)"))
        .anyMatch(line -> line.matches("size +\\w+ +suggested +range \\[.*"));
  }

  @Test
  void aLineIsCutAtTheWidth() throws IOException {
    assertThat(ProfileText.of(DataProfileFile.read(first), 90))
        .anyMatch(line -> line.length() == 90 && line.endsWith("…") && line.contains("1 (25"))
        .filteredOn(line -> !line.startsWith("SHA-256"))
        .allMatch(line -> line.length() <= 90);
  }

  @Test
  void equalProfilesAreEqual() {
    CommandLineRun run = diff(first, first);
    assertThat(run.out()).contains("the profiles are equal");
    assertThat(run.code()).isZero();
  }

  @Test
  void differencesAreNamed() throws IOException {
    Path second = profile("second.json", "size,word\n1,a\n2,b\n3,cc\n40,a\n5,a\n,\n");

    CommandLineRun run = diff(first, second);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "rows: 5 -> 6",
            "column size: missing 20 % -> 16.7 %",
            "column size: mean 2.5 -> 10.2",
            "column size: range [1, 4] -> [1, 40]",
            "column size: PSI unknown: the two were counted on grids that differ",
            "column word: distinct 2 -> 3",
            "column word: PSI 1.2",
            "column word: lengths [1, 1] -> [1, 2]",
            "column size: expectation range [");
  }

  @Test
  void columnsAndEditedExpectationsAreCompared() throws IOException {
    String text = Files.readString(first);
    Path other = directory.resolve("other.json");

    Files.writeString(other, text.replace("\"name\": \"word\"", "\"name\": \"term\""));
    assertThat(diff(first, other).out()).contains("column word: removed", "column term: added");
    Files.writeString(other, text.replace("\"suggested\": true", "\"suggested\": false"));
    CommandLineRun run = diff(first, other);
    assertThat(run.out()).contains(", suggested) -> ").doesNotContain("added");
    assertThat(run.code()).isEqualTo(1);
  }

  @Test
  void aDifferenceThatNoLineShowsCountsToo() throws IOException {
    String text = Files.readString(first);
    Path other = directory.resolve("other.json");
    String edited = text.replace("\"saturated\": 0", "\"saturated\": 1");
    assertThat(edited).isNotEqualTo(text);
    Files.writeString(other, edited);

    CommandLineRun run = diff(first, other);
    assertThat(run.out()).contains("column size: what is not shown here differs");
    assertThat(run.code()).isEqualTo(1);
  }

  /** Profiles rows with an event time, divided by the word. */
  private Path divided(String name, String rows) throws IOException {
    Path timed =
        Files.writeString(
            directory.resolve("timed.avsc"),
            """
            {"type": "record", "name": "Row", "fields": [
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "size", "type": "float"},
              {"name": "word", "type": "string"}]}
            """);
    Path csv = Files.writeString(directory.resolve("timed.csv"), "at,size,word\n" + rows);
    Path out = directory.resolve(name);
    CommandLineRun run =
        CommandLineRun.of(
            "profile",
            "--data=" + csv,
            "--schema=" + timed,
            "--event-time-field=at",
            "--segment-by=word",
            "--season=month",
            "--out=" + out);
    assertThat(run.code()).as(run.err()).isZero();
    return out;
  }

  @Test
  void partsAndExpectationsOfTheWholeAreShownAndCompared() throws IOException {
    Path before = divided("before.json", "1,1,a\n2,1,a\n3,1,a\n4,9,b\n");
    Path after = divided("after.json", "1,1,a\n3,1,a\n2,9,a\n4,9,c\n");

    assertThat(show(before).out().lines())
        .contains("Segments and seasons")
        .anyMatch(line -> line.matches("segment of word +a +3 +75 +size \\(PSI [0-9.]+\\)"))
        .anyMatch(line -> line.matches("season +01 +4 +100 +-"))
        .anyMatch(line -> line.matches("at +info +suggested +event time not before that of .*"));
    assertThat(diff(before, after).out().lines())
        .contains(
            "profile: expectation removed: event time not before that of an earlier record (info,"
                + " suggested)",
            "segment a: 1 columns and outputs differ",
            "segment b: removed",
            "segment c: added")
        .anyMatch(
            line ->
                line.matches(
                    "season 01: 2 columns and outputs differ, most: word \\(PSI [0-9.]+\\)"));
  }

  @Test
  void whatDoesNotFitIsLeftOutAndNamed() throws IOException {
    StringBuilder rows = new StringBuilder("size,word\n");
    for (int i = 0; i < 2000; i++) {
      rows.append(i * 0.37).append(",w").append(i % 3).append('\n');
    }
    DataProfile profile = DataProfileFile.read(profile("many.json", rows.toString()));

    List<String> narrow = ProfileText.of(profile, 60);
    assertThat(narrow)
        .anyMatch(line -> line.startsWith("Columns (no room for: std"))
        .noneMatch(line -> line.startsWith("name ") && line.contains("std"))
        .contains("(~: estimated, ± one standard error)");
    assertThat(ProfileText.of(profile, 200))
        .contains("Columns")
        .anyMatch(line -> line.matches("size .* ~[0-9,]+ ±[0-9.]+ %.*"));
  }

  @Test
  void whatIsNoProfileIsRefused() throws IOException {
    Path none = directory.resolve("none.json");
    CommandLineRun.isRefused(
        show(none), "--show: " + none + " does not exist, expected a data profile");
    CommandLineRun.isRefused(
        CommandLineRun.of("profile", "--diff", first.toString(), none.toString()),
        "--diff: " + none + " does not exist, expected a data profile");
    Files.writeString(none, "{");
    CommandLineRun run = show(none);
    assertThat(run.err()).contains("none.json: line 1").doesNotContain("\tat ");
    assertThat(run.code()).isNotZero();
    CommandLineRun both = CommandLineRun.of("profile", "--show=" + first, "--data=a.csv");
    assertThat(both.err()).contains("--show is given with what makes or compares");
    assertThat(both.code()).isEqualTo(2);
    assertThat(CommandLineRun.of("profile", "--diff", first.toString()).code()).isEqualTo(2);
  }
}
