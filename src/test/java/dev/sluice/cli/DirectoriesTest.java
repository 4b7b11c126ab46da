package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoriesTest {
  @TempDir Path temporary;

  @Test
  void deletingTwiceIsDeletingOnce() throws IOException {
    Path directory = Directories.temporary("sluice-test-");
    Files.createDirectories(directory.resolve("a/b"));
    Files.createSymbolicLink(directory.resolve("link"), temporary);

    Directories.delete(directory);
    Directories.delete(directory);

    assertThat(directory).doesNotExist();
    assertThat(temporary).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"return", "exit", "interrupt"})
  void nothingOutlivesTheProcess(String end) throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Djava.io.tmpdir=" + temporary,
                    "-cp",
                    System.getProperty("java.class.path"),
                    DirectoriesTest.class.getName(),
                    end))
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).startsWith("made " + temporary);
      if (end.equals("interrupt")) {
        process.toHandle().destroy(); // SIGTERM; runs what Ctrl-C runs, and leaves the pipe open
      } else {
        process.getOutputStream().close();
      }
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(out.lines()).containsExactly("closed 2", "closed 1");
    } finally {
      process.destroyForcibly();
    }
    assertThat(temporary).isEmptyDirectory();
  }

  /** Leaves a directory and two servers behind that write into it. */
  public static void main(String[] args) throws IOException {
    Path directory = Directories.temporary("sluice-test-");
    Files.writeString(directory.resolve("file"), "left");
    Directories.closeAtExit(() -> System.out.println("closed 1"));
    Directories.closeAtExit(
        () -> {
          Files.writeString(directory.resolve("last"), "written while closing");
          System.out.println("closed 2");
        });
    System.out.println("made " + directory);
    while (System.in.read() >= 0) {
      // wait for the end
    }
    if (args[0].equals("exit")) {
      System.exit(0);
    }
  }
}
