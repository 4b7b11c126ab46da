package dev.sluice.cli;

import dev.sluice.report.console.Chromium;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Makes the README's picture of the report: of a run of the demo, by a real browser. */
final class ReportPicture {
  private static final long MAX_BYTES = 150_000;

  private ReportPicture() {}

  /**
   * @param arguments the file of the picture
   */
  public static void main(String[] arguments) throws Exception {
    Path picture = Path.of(arguments[0]);
    Path directory = Files.createTempDirectory("sluice-report-picture-");
    try (Chromium browser = Chromium.start()) {
      CommandLineRun run = CommandLineRun.of("demo", "--out", directory.toString());
      if (run.code() != 0) {
        throw new IllegalStateException("the demo ended with " + run.code() + ": " + run.err());
      }
      browser.look(1120, 1100, "light");
      browser.command(
          "Emulation.setDeviceMetricsOverride",
          Map.of("width", 1120, "height", 1100, "deviceScaleFactor", 0.85, "mobile", false));
      browser.open(directory.resolve("report.html").toUri().toString());
      browser.until(
          "charts", "return !!Chart.getChart(document.querySelector('#features canvas'))");
      browser.script(
          "document.querySelectorAll('.columns tbody tr:nth-child(n+6)').forEach(function (r) { r.hidden = true; })");
      browser.picture(picture);
    } finally {
      Directories.delete(directory);
    }
    if (Files.size(picture) > MAX_BYTES) {
      throw new IllegalStateException(
          picture + " has " + Files.size(picture) + " bytes, expected at most " + MAX_BYTES);
    }
  }
}
