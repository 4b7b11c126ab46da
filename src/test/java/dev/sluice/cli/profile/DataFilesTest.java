package dev.sluice.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  void aFileThatTwoPathsLeadToIsRefused() throws IOException {
    Files.createSymbolicLink(directory.resolve("data/latest"), directory.resolve("store/a"));

    assertThatThrownBy(() -> find("/data/*/*.csv")).hasMessageContaining("names a file twice: ");
  }
}
