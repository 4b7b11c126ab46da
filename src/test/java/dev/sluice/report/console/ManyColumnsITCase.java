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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Thousands of columns and a year of hourly windows: memory is bounded, and the list scrolls. */
@Timeout(300)
class ManyColumnsITCase {
  private static final int COLUMNS = 3_000;
  private static final int HOURS = 8_760;
  private static final long BUDGET = 64L << 20;
  private static final int FRAMES = 120;

  private final Changes changes = new Changes();

  /** Each column has values in every tenth hour: several times the budget, in a minute less. */
  @Test
  void memoryStaysBounded() throws Exception {
    long base = used();
    History history = new History(BUDGET);
    LiveReport report = new LiveReport(history, List.of(), changes);
    for (int hour = 0; hour < HOURS; hour++) {
      for (int column = hour % 10; column < COLUMNS; column += 10) {
        report.add(SampleWindows.bare(hour, "sensor_" + column, column % 97 * 0.001));
      }
      report.add(SampleWindows.summary(ProfileKind.INPUT, hour, ""));
      assertThat(history.bytes()).as("hour " + hour).isLessThan(BUDGET + (BUDGET >> 3));
    }
    long taken = used() - base;
    System.out.printf("heap that %d bytes of windows take: %d%n", history.bytes(), taken);
    assertThat(taken).as("heap in use").isLessThan(BUDGET * 5 / 2);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    report.overview(Query.of(""), out);
    JsonNode overview = new JsonMapper().readTree(out.toByteArray());
    assertThat(overview.get("columns")).hasSize(COLUMNS);
    assertThat(overview.get("droppedWindows").asInt()).isPositive();
    assertThat(
            overview.get("totals").get("windows").asInt() + overview.get("droppedWindows").asInt())
        .isEqualTo(HOURS);
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void aYearOfWindowsIsDrawn() throws Exception {
    LiveReport report = new LiveReport(new History(), List.of(), changes);
    for (int hour = 0; hour < HOURS; hour++) {
      for (int column = 0; column < 3; column++) {
        report.add(SampleWindows.bare(hour, "sensor_" + column, (column + hour) % 97 * 0.0012));
      }
      report.add(SampleWindows.summary(ProfileKind.INPUT, hour, ""));
    }
    try (Chromium browser = Chromium.start();
        ConsoleServer server = serve(report)) {
      browser.look(1440, 900, "light");
      browser.open(server.url());
      browser.untilText("3 columns");
      browser.open(server.url() + "#/column/INPUT/sensor_1");
      browser.until("charts", "return document.querySelectorAll('main canvas').length > 1");
      assertThat(
              browser.script(
                  "return Math.max(...Array.from(document.querySelectorAll('main canvas'))"
                      + ".flatMap(c => Chart.getChart(c).data.datasets.map(d => d.data.length)))"))
          .as("points of a line")
          .isInstanceOfSatisfying(Long.class, points -> assertThat(points).isBetween(400L, 1000L));
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private ConsoleServer serve(LiveReport report) {
    LetterSource none =
        (partition, offset, out) -> {
          throw new Refusal(404, "the letter", "none", "one");
        };
    Feeds feeds = new Feeds(Clock.systemUTC(), changes);
    return ConsoleServer.start(
        ConsoleSettings.loopback(),
        ConsoleApi.routes(report, new LetterStore(), none, feeds),
        changes);
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
    try (Chromium browser = Chromium.start();
        ConsoleServer server = serve(report)) {
      browser.look(1440, 900, "light");
      browser.open(server.url());
      browser.untilText("3,000 columns");
      assertThat(browser.all(".vlist-view [role=row]")).hasSizeLessThan(60);
      double before = busy(browser);
      Number most = (Number) browser.asyncScript(scroll());
      double perFrame = (busy(browser) - before) * 1000 / FRAMES;
      System.out.printf("a frame of scrolling takes the page %.1f ms of its processor%n", perFrame);
      assertThat(perFrame)
          .as("processor's time of a frame, ms")
          .isPositive()
          .isLessThan(1000 / 60.0);
      assertThat(most.intValue()).as("rows at once while scrolling").isBetween(10, 59);
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
          "return document.activeElement.closest('[role=row]').getAttribute('aria-rowindex') ==="
              + " '3001'");
      browser.script(
          "const f = document.querySelector('#columns-filter'); f.value = 'sensor_299';"
              + " f.dispatchEvent(new Event('input'))");
      browser.untilText("11 of 3,000 columns");
      browser.picture(Path.of("target/console/many-columns.png"));
      assertThat(browser.complaints()).isEmpty();
    }
  }

  /**
   * Returns the time that the page's thread has had of a processor, in s: what a page can help, as
   * how long a frame takes depends on who else the machine works for.
   */
  private static double busy(Chromium browser) {
    browser.command("Performance.enable", Map.of("timeDomain", "threadTicks"));
    List<?> metrics = (List<?>) browser.command("Performance.getMetrics", Map.of()).get("metrics");
    for (Object metric : metrics) {
      if (metric instanceof Map<?, ?> pair && "TaskDuration".equals(pair.get("name"))) {
        return ((Number) pair.get("value")).doubleValue();
      }
    }
    throw new AssertionError("TaskDuration in " + metrics);
  }

  /** Scrolls through all columns; gives how many rows the page had at most. */
  private static String scroll() {
    return """
    const done = arguments[arguments.length - 1];
    const view = document.querySelector('.vlist-view');
    const step = (view.scrollHeight - view.clientHeight) / %1$d;
    let frames = 0;
    let most = 0;
    function frame() {
      most = Math.max(most, view.querySelectorAll('[role=row]').length);
      view.scrollTop += step;
      frames++;
      if (frames < %1$d) {
        requestAnimationFrame(frame);
      } else {
        done(most);
      }
    }
    requestAnimationFrame(frame);
    """
        .formatted(FRAMES);
  }
}
