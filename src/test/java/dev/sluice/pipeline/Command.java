package dev.sluice.pipeline;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Commands of the operating system, run to their end. */
final class Command {
  private static final Duration SHORT = Duration.ofSeconds(30);

  /** How a command ended, and what it wrote to both of its outputs. */
  record Result(boolean succeeded, String output) {}

  private Command() {}

  /**
   * Runs a command; one that takes too long has failed.
   *
   * @throws IOException if it is not there
   */
  static Result run(Map<String, String> environment, Duration patience, List<String> line)
      throws IOException {
    // A file, not a pipe: the processes that it leaves behind would keep a pipe open.
    Path output = Files.createTempFile("sluice-command-", ".out");
    try {
      ProcessBuilder builder = new ProcessBuilder(line);
      builder.environment().putAll(environment);
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      Process process = builder.start();
      boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
      process.destroyForcibly();
      String printed = Files.readString(output, StandardCharsets.UTF_8);
      return ended
          ? new Result(process.exitValue() == 0, printed)
          : new Result(false, printed + "not ended after " + patience.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while it ran: " + String.join(" ", line));
    } finally {
      Files.delete(output);
    }
  }

  /**
   * Runs a short command.
   *
   * @throws IOException if it fails, with what it printed
   */
  static void require(List<String> line) throws IOException {
    Result result = run(Map.of(), SHORT, line);
    if (!result.succeeded()) {
      throw new IOException(String.join(" ", line) + ": " + result.output().strip());
    }
  }
}
