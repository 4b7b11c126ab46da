package dev.sluice.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Prometheus' programs: {@code -Dpromtool=FILE}, with {@code prometheus} beside it, or those of the
 * PATH. Tests that need them are skipped elsewhere.
 */
public final class Promtool {
  private Promtool() {}

  /** Returns a program, {@code promtool} or {@code prometheus}; skips the test where it is not. */
  public static Path program(String name) {
    Optional<Path> found = find(name);
    Assumptions.assumeTrue(
        found.isPresent(), name + " is not installed: -Dpromtool=FILE or Debian's prometheus");
    return found.get();
  }

  private static Optional<Path> find(String name) {
    String given = System.getProperty("promtool", "");
    Stream<Path> places =
        given.isEmpty()
            ? Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).map(Path::of)
            : Stream.of(Path.of(given).toAbsolutePath().getParent());
    return places.map(place -> place.resolve(name)).filter(Files::isExecutable).findFirst();
  }

  /** Runs promtool, which must find nothing wrong; returns what it printed. */
  public static String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program("promtool").toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", command) + "\n" + output).isZero();
    return output;
  }
}
