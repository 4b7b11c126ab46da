package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.profile.ProfileText;
import dev.sluice.profile.file.DataProfileFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            "column size: missing 20 % -> 16.6667 %",
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

  @Test
  void whatIsNoProfileIsRefused() throws IOException {
    Path none = directory.resolve("none.json");
    assertThat(show(none).err()).contains(none + " does not exist");
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
