package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with the arguments is said before a server starts. */
@Timeout(60)
class DemoCommandTest {
  @TempDir Path directory;

  private void isRefused(String message, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "demo";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getTotalStartedThreadCount();
    CommandLineRun run = CommandLineRun.of(all);

    CommandLineRun.isRefused(run, message);
    assertThat(threads.getTotalStartedThreadCount() - before)
        .as("threads started; a broker and a cluster start some hundred")
        .isLessThan(20);
  }

  private String out() {
    return directory.resolve("out").toString();
  }

  @Test
  void aCsvFileThatIsNotThere() {
    String csv = directory.resolve("no.csv").toString();
    isRefused(csv + " does not exist", "--csv", csv, "--out", out());
    assertThat(directory.resolve("out")).doesNotExist();
  }

  @Test
  void aCsvFileWithoutRows() throws IOException {
    Path csv = Files.writeString(directory.resolve("a.csv"), "ts,station,hour\n");
    isRefused("has no rows", "--csv", csv.toString(), "--out", out());
  }

  @Test
  void aCsvFileWithoutColumns() throws IOException {
    Path csv = Files.writeString(directory.resolve("a.csv"), "ts,hour\n2017-03-01T00:00:00Z,1\n");
    isRefused("has no column station", "--csv", csv.toString(), "--out", out());
  }

  @Test
  void aModelThatIsNotThere() {
    String model = directory.resolve("no-model").toString();
    isRefused("model package " + model + " does not exist", "--model", model, "--out", out());
  }

  @Test
  void aModelOnOtherFields() {
    isRefused(
        "model input id",
        "--model",
        "src/test/resources/models/embedding-lookup.onnx",
        "--out",
        out());
  }

  @Test
  void anOutThatIsAFile() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    isRefused("--out is " + file + ", expected a directory", "--out", file.toString());
    isRefused("expected a directory", "--out", file.resolve("below").toString());
  }

  @Test
  void windowsThatAreNone() {
    isRefused("profile.window is a month", "--window", "a month", "--out", out());
    isRefused(
        "profile.window-offset is P2M",
        "--window",
        "P1M",
        "--window-offset",
        "P2M",
        "--out",
        out());
  }

  @Test
  void theHelpSaysWhatAModelTakesAndWhatIsOverwritten() {
    String help = CommandLineRun.of("demo", "--help").out().replaceAll("\\s+", " ");
    assertThat(help).contains("fields of AirQualityReading.avsc", "over those of an earlier run");
  }
}
