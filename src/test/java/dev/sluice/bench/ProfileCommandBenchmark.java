package dev.sluice.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.sluice.cli.Main;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the command {@code profile} costs as a whole, each time in a process of its own: starting
 * Java, compiling, unpacking, the checksum, reading times, and writing the profile. A value is one
 * row's of one profiled column; the event time is read but not profiled, and does not count. A run
 * over few rows tells what is spent whatever the number of rows.
 */
final class ProfileCommandBenchmark {
  private static final String CPU = "cpu nanoseconds ";
  private static final int PROFILED_COLUMNS = 13;
  private static final long FEW_ROWS = 1000;
  private static final double SECOND = 1e9;

  private ProfileCommandBenchmark() {}

  /** Measures files of this many rows, so many times. */
  static void run(long rows, int rounds) throws IOException {
    Path directory = Files.createTempDirectory("sluice-bench");
    Path few = directory.resolve("few.csv.gz");
    Path many = directory.resolve("many.csv.gz");
    try {
      ReadingsFile.writePacked(few, FEW_ROWS);
      ReadingsFile.writePacked(many, rows);
      for (int round = 1; round <= rounds; round++) {
        double start = measure(round, few, FEW_ROWS);
        double all = measure(round, many, rows);
        System.out.printf(
            Locale.ROOT,
            "round %d command: %.2f s of CPU to start, then %.2f M values/s and core%n",
            round,
            start,
            PROFILED_COLUMNS * (rows - FEW_ROWS) / (all - start) / 1e6);
      }
    } finally {
      Files.deleteIfExists(few);
      Files.deleteIfExists(many);
      Files.deleteIfExists(directory.resolve("profile.json"));
      Files.delete(directory);
    }
  }

  /** Returns the seconds of CPU that the command took. */
  private static double measure(int round, Path file, long rows) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
    command.add(Child.class.getName());
    command.addAll(List.of("profile", "--data", file.toString(), "--overwrite"));
    command.addAll(List.of("--schema", "schemas/AirQualityReading.avsc"));
    command.addAll(List.of("--event-time-field", "ts"));
    command.addAll(List.of("--out", file.resolveSibling("profile.json").toString()));
    long begin = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    double wall = (System.nanoTime() - begin) / SECOND;
    int at = text.lastIndexOf(CPU);
    if (at < 0 || !text.contains("rows, " + PROFILED_COLUMNS + " features")) {
      throw new IllegalStateException("the command failed: " + text);
    }
    double cpu = Long.parseLong(text.substring(at + CPU.length()).strip()) / SECOND;
    System.out.printf(
        Locale.ROOT,
        "round %d command: %,d rows, %.2f s wall, %.2f s of CPU, %.2f M values/s and core%n",
        round,
        rows,
        wall,
        cpu,
        PROFILED_COLUMNS * rows / cpu / 1e6);
    return cpu;
  }

  /** The command, which says at its end what CPU time its process took, user and system. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) {
      OperatingSystemMXBean process =
          (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> System.out.println(CPU + process.getProcessCpuTime())));
      Main.main(args);
    }
  }
}
