package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.avro.Prediction;
import dev.sluice.pipeline.Alone;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a process of its own. */
@Timeout(180)
@ExtendWith(Alone.class)
class DemoITCase {
  private static final int RECORDS = 3000;

  @TempDir Path directory;

  private Process start(String... more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String name : List.of("lang", "net", "io", "nio", "util", "util.concurrent", "time")) {
      command.add("--add-opens=java.base/java." + name + "=ALL-UNNAMED");
    }
    Files.createDirectories(directory.resolve("tmp"));
    command.addAll(
        List.of(
            "-Xmx1g",
            "-Djava.io.tmpdir=" + directory.resolve("tmp"),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "demo",
            "--records",
            Integer.toString(RECORDS),
            "--out",
            directory.resolve("out").toString()));
    command.addAll(Arrays.asList(more));
    return new ProcessBuilder(command).redirectError(directory.resolve("err").toFile()).start();
  }

  private static List<String> read(BufferedReader out, String last) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      lines.add(line);
      if (line.startsWith(last)) {
        return lines;
      }
    }
    return lines;
  }

  private long predictions() throws IOException {
    long count = 0;
    try (DataFileReader<GenericRecord> file =
        new DataFileReader<>(
            directory.resolve("out/predictions.avro").toFile(),
            new GenericDatumReader<GenericRecord>(
                Prediction.getClassSchema(), Prediction.getClassSchema(), new GenericData()))) {
      while (file.hasNext()) {
        file.next();
        count++;
      }
    }
    return count;
  }

  private long deadLetters() throws IOException {
    return Files.readAllLines(directory.resolve("out/dead-letters.jsonl")).size();
  }

  private List<String> leftBehind() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("tmp"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("sluice-"))
          .toList();
    }
  }

  @Test
  void keptRunningItsResultsAreCompleteAndAnInterruptCleansUp() throws Exception {
    Process process = start("--keep-running");
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String last = "Running on until interrupted";
      List<String> lines = read(out, last);
      assertThat(lines)
          .as(Files.readString(directory.resolve("err")))
          .anyMatch(line -> line.startsWith(last));
      assertThat(predictions() + deadLetters()).isEqualTo(RECORDS);
      assertThat(leftBehind()).hasSize(2);

      process.toHandle().destroy(); // SIGTERM; runs what Ctrl-C runs, and leaves the pipe open
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(leftBehind()).isEmpty();
    assertThat(Files.readString(directory.resolve("err"))).doesNotContain("error:");
  }

  @Test
  void theResultsOfAnEarlierRunAreReplacedAndNoSavepointsPileUp() throws Exception {
    Files.createDirectories(directory.resolve("out"));
    Files.writeString(directory.resolve("out/dead-letters.jsonl"), "earlier\n".repeat(RECORDS));

    Process process = start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(read(out, "no such line")).anyMatch(line -> line.startsWith("The books balance"));
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroyForcibly();
    }
    assertThat(predictions() + deadLetters()).isEqualTo(RECORDS);
    try (Stream<Path> files = Files.list(directory.resolve("out"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "alarms.jsonl",
              "dead-letters.jsonl",
              "model",
              "predictions.avro",
              "profiles.jsonl",
              "report.html");
    }
    assertThat(leftBehind()).isEmpty();
  }
}
