package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class MainTest {
  static Stream<Object[]> errors() {
    return Stream.of(
        new Object[] {new NoSuchFileException("a.csv"), "a.csv does not exist"},
        new Object[] {
          new AccessDeniedException("a.csv"), "a.csv cannot be accessed: permission denied"
        },
        new Object[] {new FileAlreadyExistsException("out"), "out exists already"},
        new Object[] {new NotDirectoryException("out"), "out is no directory"},
        new Object[] {new FileSystemException("a", null, "Disk full"), "a: Disk full"},
        new Object[] {
          new IllegalStateException("no profile", new NoSuchFileException("a.json")),
          "no profile\n  caused by: a.json does not exist"
        });
  }

  @ParameterizedTest
  @MethodSource("errors")
  void anErrorOfTheFileSystemSaysWhatAndWhich(Exception error, String message) {
    assertThat(Main.message(error)).isEqualTo(message);
  }

  @Test
  void withoutACommandTheUsageIsPrinted() {
    CommandLineRun run = CommandLineRun.of();

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("Usage: sluice", "demo", "profile");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "demo --version", "profile --version"})
  void theVersionIsPrinted(String arguments) {
    CommandLineRun run = CommandLineRun.of(arguments.split(" "));

    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("sluice ");
  }

  @Command
  private static final class Hungry implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new OutOfMemoryError("Java heap space");
    }
  }

  @Test
  void memoryThatGivesOutIsSaidInOneLine() {
    StringWriter err = new StringWriter();
    CommandLine commandLine = new CommandLine(new Hungry()).setErr(new PrintWriter(err));

    assertThat(Main.execute(commandLine)).isEqualTo(1);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("error: memory gave out (Java heap space)")
        .contains("-Xmx");
  }
}
