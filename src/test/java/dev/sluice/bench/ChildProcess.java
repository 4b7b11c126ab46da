package dev.sluice.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A JVM of our own class path, spoken with by lines. It has to end with its standard input; what it
 * writes besides answers is passed on.
 */
final class ChildProcess implements AutoCloseable {
  private static final String FAILED = "failed: ";

  private final String name;
  private final Process process;
  private final PrintStream in;
  private final BufferedReader out;

  private ChildProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts the {@code main} of a class.
   *
   * @param name what messages call it
   */
  static ChildProcess start(String name, List<String> jvm, Class<?> main, List<String> arguments)
      throws IOException {
    return new ChildProcess(
        name,
        new ProcessBuilder(command(jvm, main, arguments))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** Returns the command that runs the {@code main} of a class. */
  static List<String> command(List<String> jvm, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return command;
  }

  /** Answers for a child that it has failed. */
  static void sayFailed(Exception failure) {
    System.out.println(FAILED + failure);
  }

  /** Hands a line over. */
  void tell(String line) {
    in.println(line);
  }

  /** Returns how much of a processor's time it has had; zero where the system does not say. */
  Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /**
   * Sends it a signal.
   *
   * @param signal its name, as of {@code kill}
   */
  void signal(String signal) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
            .inheritIO()
            .start()
            .waitFor();
    if (status != 0) {
      throw new IOException(
          "%s: signal %s ended with status %d, expected 0".formatted(name, signal, status));
    }
  }

  /**
   * Returns what stands behind the beginning of a line, once it comes.
   *
   * @throws IOException if the process says that it has failed, or ends before
   */
  String await(String beginning) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(beginning)) {
        return line.substring(beginning.length());
      }
      if (line.startsWith(FAILED)) {
        throw new IOException(name + ": " + line.substring(FAILED.length()));
      }
      System.out.println(line);
    }
    throw new IOException(name + ": its process ended, expected \"" + beginning + "\"");
  }

  /** Waits until it has ended, and reads on meanwhile: it could not write its last lines else. */
  @Override
  public void close() {
    in.close();
    out.lines().forEach(System.out::println);
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroy();
    }
  }
}
