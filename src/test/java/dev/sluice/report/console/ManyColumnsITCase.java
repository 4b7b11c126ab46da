package dev.sluice.report.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.profile.ProfileKind;
import dev.sluice.report.History;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Thousands of columns and a year of hourly windows: memory is bounded, and the list scrolls. */
@Timeout(300)
class ManyColumnsITCase {
  private static final int COLUMNS = 3_000;
  private static final int HOURS = 8_760;
  private static final long BUDGET = 64L << 20;

  private final Changes changes = new Changes();

  /** Each column has values in every tenth hour: several times the budget, in a minute less. */
  @Test
  void memoryStaysBounded() throws Exception {
    History history = new History(BUDGET);
    LiveReport report = new LiveReport(history, List.of(), changes);
    for (int hour = 0; hour < HOURS; hour++) {
      for (int column = hour % 10; column < COLUMNS; column += 10) {
        report.add(SampleWindows.bare(hour, "sensor_" + column, column % 97 * 0.001));
      }
      report.add(SampleWindows.summary(ProfileKind.INPUT, hour, ""));
      assertThat(history.bytes()).as("hour " + hour).isLessThan(BUDGET + (BUDGET >> 3));
    }
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    long used = runtime.totalMemory() - runtime.freeMemory();
    assertThat(used).as("heap in use").isLessThan(6 * BUDGET);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    report.overview(Query.of(""), out);
    JsonNode overview = new JsonMapper().readTree(out.toByteArray());
    assertThat(overview.get("columns")).hasSize(COLUMNS);
    assertThat(overview.get("droppedWindows").asInt()).isPositive();
    assertThat(
            overview.get("totals").get("windows").asInt() + overview.get("droppedWindows").asInt())
        .isEqualTo(HOURS);
  }

  @Test
  void theListOfColumnsScrollsSmoothly() throws Exception {
    LiveReport report = new LiveReport(new History(), List.of(), changes);
    for (int hour = 0; hour < 24; hour++) {
      for (int column = 0; column < COLUMNS; column++) {
        report.add(SampleWindows.bare(hour, "sensor_" + column, (column + hour) % 97 * 0.0012));
      }
      report.add(SampleWindows.summary(ProfileKind.INPUT, hour, ""));
    }
    Feeds feeds = new Feeds(Clock.systemUTC(), changes);
    LetterSource none =
        (partition, offset, out) -> {
          throw new Refusal(404, "the letter", "none", "one");
        };
    try (Chromium browser = Chromium.start();
        ConsoleServer server =
            ConsoleServer.start(
                ConsoleSettings.loopback(),
                ConsoleApi.routes(report, new LetterStore(), none, feeds),
                changes)) {
      browser.look(1440, 900, "light");
      browser.open(server.url());
      browser.untilText("3,000 columns");
      assertThat(browser.all(".vlist-view [role=row]")).hasSizeLessThan(60);
      Number slowest = (Number) browser.asyncScript(scroll());
      System.out.printf("slowest frame of 120 while scrolling: %s ms%n", slowest);
      assertThat(slowest.doubleValue()).as("slowest frame, ms").isLessThan(1500);
      assertThat(browser.find(".vlist-view").getText()).contains("sensor_");
      assertThat(browser.all(".vlist-view [role=row]")).hasSizeLessThan(60);

      browser.script(
          "const v = document.querySelector('.vlist-view'); v.scrollTop = 0;"
              + " v.dispatchEvent(new Event('scroll'))");
      browser.until("the top", "return !!document.querySelector('[aria-rowindex=\"2\"] a')");
      browser.script("document.querySelector('[aria-rowindex=\"2\"] a').focus()");
      browser.keys("End");
      browser.until(
          "the last row has the focus",
          "return document.activeElement.closest('[role=row]').getAttribute('aria-rowindex') === '3001'");
      browser.script(
          "const f = document.querySelector('#columns-filter'); f.value = 'sensor_299';"
              + " f.dispatchEvent(new Event('input'))");
      browser.untilText("11 of 3,000 columns");
      browser.picture(Path.of("target/console/many-columns.png"));
      assertThat(browser.complaints()).isEmpty();
    }
  }

  /** Scrolls through all columns in 120 frames; gives the longest time between two, in ms. */
  private static String scroll() {
    return """
        const done = arguments[arguments.length - 1];
        const view = document.querySelector('.vlist-view');
        const step = (view.scrollHeight - view.clientHeight) / 120;
        let last = performance.now();
        let slowest = 0;
        let frames = 0;
        function frame(now) {
          slowest = Math.max(slowest, now - last);
          last = now;
          view.scrollTop += step;
          frames++;
          if (frames < 120) {
            requestAnimationFrame(frame);
          } else {
            done(Math.round(slowest));
          }
        }
        requestAnimationFrame(frame);
        """;
  }
}
