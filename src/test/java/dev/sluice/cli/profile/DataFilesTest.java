package dev.sluice.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files patterns find where directories are links. */
class DataFilesTest {
  @TempDir Path directory;
  private Path linked;
  private Path real;

  @BeforeEach
  void writeFiles() throws IOException {
    Path data = Files.createDirectories(directory.resolve("data"));
    Path store = Files.createDirectories(directory.resolve("store/a"));
    Files.createSymbolicLink(data.resolve("year=2024"), store);
    Files.createDirectories(data.resolve("year=2025"));
    Files.writeString(store.resolve("part-1.csv"), "key\n1\n");
    linked = data.resolve("year=2024/part-1.csv");
    real = Files.writeString(data.resolve("year=2025/part-2.csv"), "key\n2\n");
  }

  private List<Path> find(String pattern) throws IOException {
    return DataFiles.find("--data", List.of(directory + pattern));
  }

  @Test
  void linksToDirectoriesAreFollowed() throws IOException {
    assertThat(find("/data/year=*/part-*.csv")).containsExactly(linked, real);
    assertThat(find("/data/**/*.csv")).containsExactly(linked, real);
    assertThat(find("/data/year=*{4/part,5/part}-*.csv")).containsExactly(linked, real);
    assertThat(find("/data/year=2024/*.csv")).as("the first directory").containsExactly(linked);
  }

  @Test
  void slashesMayBeDoubled() throws IOException {
    assertThat(find("//data///year=*//part-*.csv")).containsExactly(linked, real);
    assertThatThrownBy(() -> find("//data/*.csv"))
        .hasMessage("--data: " + directory + "//data/*.csv matches no file, expected some");
  }

  @Test
  void aPatternIsRelativeWhereItBeginsSo() throws IOException {
    assertThat(DataFiles.find("--data", List.of("pom.[x]ml"))).containsExactly(Path.of("pom.xml"));
    assertThat(DataFiles.find("--data", List.of(".//pom.[x]ml")))
        .containsExactly(Path.of("./pom.xml"));
  }

  @Test
  void aLinkThatLeadsBackIsNamedWhereAPatternGoesThroughIt() throws IOException {
    Path back = directory.resolve("data/year=2025/back");
    Files.createSymbolicLink(back, directory.resolve("data"));

    assertThatThrownBy(() -> find("/data/**/*.csv"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "--data: %s is a link to a directory that it is in, expected none below %s",
            back, directory.resolve("data"));
    assertThat(find("/data/*/*.csv")).containsExactly(linked, real);
  }

  @Test
  void linksThatAPatternDoesNotGoThroughAreNotFollowed() throws IOException {
    Path data = directory.resolve("data");
    Files.createSymbolicLink(data.resolve("self"), Path.of("."));
    Files.createSymbolicLink(data.resolve("year=2025/back"), data);

    assertThat(find("/data/year=*/part-*.csv")).containsExactly(linked, real);
    assertThat(find("/data/year=2025/p*.csv")).containsExactly(real);
    assertThatThrownBy(() -> find("/data/s*/*/*.csv"))
        .hasMessageContaining(data.resolve("self") + " is a link to a directory that it is in");
  }

  @Test
  void directoriesThatAPatternDoesNotGoThroughNeedNotBeReadable() throws IOException {
    Path other = Files.createDirectory(directory.resolve("data/other"));
    Files.setPosixFilePermissions(other, Set.of());
    assumeThat(Files.isReadable(other)).as("to the administrator it is").isFalse();

    assertThat(find("/data/year=*/*.csv")).containsExactly(linked, real);
    assertThatThrownBy(() -> find("/data/*/*.csv"))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining(other.toString());
  }

  @Test
  void aFileThatSeveralPathsOfOneArgumentLeadToIsNamedOnce() throws IOException {
    Path data = directory.resolve("data");
    Files.createSymbolicLink(data.resolve("latest"), Path.of("year=2025"));
    Files.createSymbolicLink(data.resolve("a-link"), Path.of("year=2025"));
    Files.createSymbolicLink(data.resolve("year=2025/first.csv"), real);
    Files.createSymbolicLink(data.resolve("year=2026"), directory.resolve("store/a"));

    assertThat(find("/data/*/*.csv")).containsExactly(linked, real);
    assertThat(find("/data/**/*.csv")).containsExactly(linked, real);
    assertThat(find("/data/*t/*.csv"))
        .as("only by links")
        .containsExactly(data.resolve("latest/first.csv"));
    assertThat(find("/data/year=2025")).as("a directory").containsExactly(real);
  }

  @Test
  void aFileThatTwoArgumentsNameIsRefused() throws IOException {
    Path latest = directory.resolve("data/latest");
    Files.createSymbolicLink(latest, Path.of("year=2025"));

    assertThatThrownBy(
            () -> DataFiles.find("--data", List.of(latest + "/*.csv", real.getParent().toString())))
        .hasMessage(
            "--data names a file twice: %s and %s, expected it once",
            latest.resolve("part-2.csv"), real);
  }
}
