package dev.sluice.report;

import static dev.sluice.report.SampleProfiles.KEY;
import static dev.sluice.report.SampleProfiles.MODEL;
import static dev.sluice.report.SampleProfiles.numbers;
import static dev.sluice.report.SampleProfiles.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import dev.sluice.report.console.Chromium;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reports that a demo does not make, in a real browser; skipped where there is none. */
@Timeout(120)
class ReportPageITCase {
  private static final String HOSTILE = "<script>alert(1)</script>";
  private static final String QUOTED = "\"'&</style><img src=x onerror=alert(2)>";
  private static final int COLUMNS = 3000;

  @TempDir Path directory;

  private Chromium browser;

  @BeforeEach
  void start() {
    browser = Chromium.start();
  }

  @AfterEach
  void close() {
    if (browser != null) {
      browser.close();
    }
  }

  private void open(History history, int width, ModelCard... cards) throws IOException {
    Path file = directory.resolve("report.html");
    try (Writer writer = Files.newBufferedWriter(file)) {
      new ReportPage(history, List.of(cards), KEY, Instant.now()).write(writer);
    }
    browser.look(width, 900, "light");
    browser.open(file.toUri().toString());
    browser.until("ready", "return document.documentElement.classList.contains('ready')");
  }

  @Test
  void namesAndValuesOfTheDataAreTextsAndSegmentsStandSideBySide() throws IOException {
    History history = new History();
    for (String segment : List.of("", "north", QUOTED)) {
      for (int hour = 0; hour < 3; hour++) {
        for (var column :
            List.of(
                texts(HOSTILE, Map.of(QUOTED, 3L, HOSTILE, 1L), segment.isEmpty() ? 0.05 : 0.9),
                numbers("plain", 0.02))) {
          history.add(
              SampleProfiles.record(
                  ProfileKind.INPUT,
                  MODEL,
                  SampleProfiles.window(segment, hour, 0),
                  RowCounts.of(12),
                  column));
        }
        history.add(
            SampleProfiles.record(
                ProfileKind.INPUT,
                MODEL,
                SampleProfiles.window(segment, hour, 0),
                RowCounts.valid(12)));
      }
    }
    history.add(SampleProfiles.alarm(HOSTILE, 1));
    open(history, 1440);

    assertThat(browser.find(".verdict .sentence").getText()).startsWith("None of 2 features");
    assertThat(browser.find(".heat").getText()).contains("north", QUOTED, "0.9");
    browser.script("document.querySelectorAll('details').forEach(function (d) { d.open = true; })");
    browser.picture(Path.of("target/report-pictures/segments.png"));
    browser.find("#segment").sendKeys("north");
    browser.until(
        "the segment's verdict",
        "return document.querySelector('.sentence').textContent.indexOf('1 of 2 features') === 0");
    assertThat(browser.find(".sentence").getText()).endsWith(": " + HOSTILE + ".");
    assertThat(browser.find("#features .card h3").getText()).isEqualTo(HOSTILE);
    browser.until("chart", "return !!Chart.getChart(document.querySelector('#features canvas'))");
    browser.find(".columns tbody a").click();
    assertThat(browser.script("return document.activeElement.tagName + document.images.length"))
        .asString()
        .endsWith("0");
    browser.isAccessible("segments");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void recordsInNoWindowAreSaidToBeReadToo() throws IOException {
    History history = new History();
    history.add(
        SampleProfiles.record(
            ProfileKind.OUTPUT,
            MODEL,
            SampleProfiles.window("", 0, 0),
            RowCounts.valid(12).plus(RowCounts.answered(12, 0))));
    open(history, 1440);
    String read =
        "return Array.from(document.querySelectorAll('.tile')).filter(t => t.textContent.startsWith('Records read'))[0].innerText";
    assertThat(browser.script(read)).asString().contains("12").endsWith("in these windows");
    assertThat(browser.find(".books tr").getText()).endsWith("in these windows");

    ProfiledWindow none =
        new ProfiledWindow(SampleProfiles.BASELINE, "", null, SampleProfiles.START, "", "UTC", 0);
    history.add(
        SampleProfiles.record(ProfileKind.OUTPUT, MODEL, none, new RowCounts(0, 1, 0, 1, 0, 0, 0)));
    open(history, 1440);
    assertThat(browser.script(read))
        .asString()
        .contains("13")
        .endsWith("in these windows or too late for them");
    assertThat(browser.find(".books tr").getText())
        .endsWith("in these windows or too late for them");
    assertThat(browser.find(".balance").getText()).startsWith("The books balance");
    assertThat(browser.complaints()).isEmpty();
  }

  private static DataProfile hour(ProfileKind kind, String segment, ColumnProfile column) {
    return SampleProfiles.record(
        kind, MODEL, SampleProfiles.window(segment, 0, 0), RowCounts.of(12), column);
  }

  @Test
  void printedIsTheSegmentThatIsChosenAlsoWhereAnotherWasSeenBefore() throws IOException {
    History history = new History();
    for (String segment : List.of("", "north")) {
      for (int i = 0; i < 12; i++) {
        history.add(hour(ProfileKind.INPUT, segment, numbers("x" + i, 0.02)));
      }
      double psi = segment.isEmpty() ? 0.03 : 0.07;
      history.add(hour(ProfileKind.OUTPUT, segment, numbers("score", psi)));
    }
    open(history, 1440);
    String says = "document.querySelector('#outputs .card .says').textContent";
    String chart = "Chart.getChart(document.querySelector('#outputs canvas'))";
    browser.script("document.querySelector('#outputs').scrollIntoView()");
    browser.until("charts of all records", "return !!" + chart);
    assertThat(browser.script("return " + says)).asString().contains(" is 0.03,");
    browser.script("window.scrollTo(0, 0)");
    browser.until("they are out of view", "return !" + chart);
    browser.script(
        "const s = document.querySelector('#segment'); s.value = 'north';"
            + " s.dispatchEvent(new Event('change'))");
    browser.script("window.dispatchEvent(new Event('beforeprint'))");
    assertThat(browser.script("return " + says)).asString().contains(" is 0.07,");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void whatIsNotDrawnOfAWindowHasItsReason() throws IOException {
    History history = new History();
    ColumnProfile reference = numbers("x", 0.02);
    ColumnProfile whole = texts("whole", Map.of("a", 3L), 0.02);
    ColumnProfile none = ColumnProfile.empty("x", reference.valueType());
    history.add(hour(ProfileKind.INPUT, "", reference));
    history.add(hour(ProfileKind.INPUT, "", whole));
    history.add(hour(ProfileKind.INPUT, "north", none));
    ModelHistory model = history.model(KEY).orElseThrow();
    model.find(ProfileKind.INPUT, "").orElseThrow().columns().forEach(ColumnHistory::dropShapes);
    open(history, 1440, SampleProfiles.card(reference));

    assertThat(browser.find("[id=column-input-x] figcaption").getText())
        .endsWith("Only training data is drawn: the window’s distribution had no room in memory.");
    assertThat(browser.find("[id=column-input-whole] .says").getText())
        .endsWith("No distribution is drawn: the window’s distribution had no room in memory.");
    browser.find("#segment").sendKeys("north");
    browser.until(
        "the window without values",
        "return document.querySelector('[id=column-input-x] figcaption').textContent"
            + ".endsWith('Only training data is drawn: the window has no values.')");
    assertThat(browser.complaints()).isEmpty();
  }

  /** Of the first windows, and of the last, the worst is neither the first nor the last of all. */
  @Test
  void alarmsOfTheFirstAndTheLastWindowOfAThinnedSeriesHaveTheirMarks() throws IOException {
    int hours = 2503;
    History history = new History();
    for (int hour = 0; hour < hours; hour++) {
      boolean worst = hour == 3 || hour == hours - 3;
      history.add(SampleProfiles.input(hour, 0, numbers("x", worst ? 0.09 : 0.05)));
    }
    for (int hour : new int[] {-1, 0, 1000, hours - 1, hours}) { // of two no window is known
      history.add(SampleProfiles.alarm("x", hour));
    }
    open(history, 1440);
    browser.script("document.querySelector('#features').scrollIntoView()");
    String chart = "Chart.getChart(document.querySelectorAll('#features canvas')[1])";
    browser.until("chart", "return !!" + chart);
    assertThat(browser.script("return " + chart + ".data.datasets[0].data.length"))
        .as("points")
        .isEqualTo(358L);
    assertThat(
            browser.script(
                "return "
                    + chart
                    + ".data.datasets.find(s => s.label === 'alarm raised').data.map(p => p.i).join()"))
        .isEqualTo("0,142,357");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aZoneMayBeAnOffsetWithAName() throws IOException {
    History history = new History();
    history.add(SampleProfiles.input(0, 0, numbers("x", 0.1)));
    open(history, 1440);
    for (String zone : List.of("UTC+08:00", "GMT+08:00", "UT+08:00", "+08:00", "Asia/Shanghai")) {
      assertThat(browser.script("return sluice.format.time(0, '" + zone + "')"))
          .as(zone)
          .isEqualTo("1 Jan 1970, 08:00");
    }
    long clockGoesBack = 1792886400000L;
    assertThat(
            browser.script(
                "return sluice.format.windowName(arguments[0], arguments[1], 'Atlantic/Azores')",
                clockGoesBack,
                clockGoesBack + SampleProfiles.HOUR))
        .isEqualTo("25 Oct 2026, 00:00 to 00:00");
  }

  @Test
  void numbersThatDifferReadDifferently() throws IOException {
    History history = new History();
    history.add(SampleProfiles.input(0, 0, numbers("x", 0.1)));
    open(history, 1440);
    String number = "return [%s].map(v => sluice.format.number(v)).join(' ')";
    assertThat(browser.script(number.formatted("0, 0.00012345, 0.5, 12.3456, 1234.56")))
        .isEqualTo("0 1.234e-4 0.5 12.35 1,234.6");
    assertThat(browser.script(number.formatted("1767225600000, 1767225600001, -12345678.4, 1e15")))
        .isEqualTo("1,767,225,600,000 1,767,225,600,001 -12,345,678 1.000e+15");
    for (String edges :
        List.of(
            "20.00001, 20.00002, 20.000031",
            "1234567.1, 1234567.2",
            "1000.01, 1000.02",
            "1e30, 1.00001e30",
            "0.00010001, 0.00010002",
            "3, 3")) {
      assertThat(
              browser.script(
                  "const edges = ["
                      + edges
                      + "]; return new Set(sluice.format.numbers(edges)).size === new Set(edges).size"))
          .as(edges)
          .isEqualTo(true);
    }
    assertThat(browser.script("return sluice.format.numbers([20.00001, 20.00002]).join(' ')"))
        .isEqualTo("20.00001 20.00002");
    assertThat(
            browser.script(
                "const canvas = document.createElement('canvas'); document.body.append(canvas);"
                    + " sluice.charts.distribution(canvas, {type: 'bins', edges: [1767225600000,"
                    + " 1768000000000, 1769903999999], window: [0.5, 0.5], reference: null},"
                    + " {window: 'w'}, ''); const ticks = Chart.getChart(canvas).scales.x.ticks;"
                    + " return ticks.length > 2 && new Set(ticks.map(t => t.label)).size ==="
                    + " ticks.length"))
        .as("ticks")
        .isEqualTo(true);
    assertThat(browser.complaints()).isEmpty();
  }

  /** A clock that is wrong by far makes a window that a browser's calendar does not have. */
  @Test
  void aWindowBeyondTheCalendarIsDrawnAmongOthers() throws IOException {
    long[] starts = {-9_000_000_000_000_000L, SampleProfiles.START};
    History history = new History();
    for (long start : starts) {
      long end = start + SampleProfiles.HOUR;
      ProfiledWindow window =
          new ProfiledWindow(SampleProfiles.BASELINE, "", start, end, "PT1H", "Europe/Berlin", 0);
      history.add(
          SampleProfiles.record(
              ProfileKind.INPUT, MODEL, window, RowCounts.of(12), numbers("x", 0.1)));
      history.add(SampleProfiles.record(ProfileKind.INPUT, MODEL, window, RowCounts.valid(12)));
    }
    open(history, 1440);
    String beyond = "-9000000000000000 to -8999999996400000 ms, beyond the calendar";

    assertThat(browser.find(".sentence").getText()).contains("1 Feb 2018, 01:00 to 02:00");
    browser.until("chart", "return !!Chart.getChart(document.querySelector('#features canvas'))");
    browser.script("document.querySelectorAll('details').forEach(function (d) { d.open = true; })");
    browser.until(
        "the window in the books",
        "return document.querySelector('#accounting').textContent.includes('" + beyond + "')");
    for (String zone : List.of("Europe/Berlin", "UTC", "UTC+08:00")) {
      assertThat(
              browser.script(
                  "return sluice.format.windowName(-9e15, -9e15 + 3600000, arguments[0])", zone))
          .as(zone)
          .isEqualTo(beyond);
      assertThat(browser.script("return sluice.format.time(1.8e18, arguments[0])", zone))
          .isEqualTo("1800000000000000000 ms, beyond the calendar");
      assertThat(browser.script("return sluice.format.tick(-9e15, 'PT1H', arguments[0])", zone))
          .isEqualTo("-9000000000000000 ms");
    }
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aModelThatIsThereTwiceIsToldApartByItsDataProfiles() throws IOException {
    History history = new History();
    history.add(SampleProfiles.input(1, 0));
    open(history, 1440);
    assertThat(browser.find("#model").getText()).doesNotContain("Models that windows");

    String other = "1234abcd".repeat(8);
    ProfiledWindow window =
        new ProfiledWindow(
            other, "", SampleProfiles.START, SampleProfiles.START + 1000, "PT1S", "UTC", 0);
    history.add(SampleProfiles.record(ProfileKind.INPUT, MODEL, window, RowCounts.of(12)));
    open(history, 1440);

    browser.script("document.querySelectorAll('details').forEach(function (d) { d.open = true; })");
    assertThat(browser.find("#model").getText())
        .contains("data profile", "b".repeat(12), other.substring(0, 12));
  }

  @Test
  void thousandsOfColumnsAreDrawnWhereOneLooks() throws IOException {
    History history = new History();
    for (int hour = 0; hour < 20; hour++) {
      for (int i = 0; i < COLUMNS; i++) {
        history.add(SampleProfiles.input(hour, 0, numbers("column " + i, i / 10_000.0)));
      }
    }
    open(history, 1440);

    assertThat(browser.find(".count").getText()).isEqualTo("3,000 columns");
    assertThat(browser.all(".columns tbody tr")).hasSize(400);
    assertThat(browser.script("return document.querySelectorAll('canvas').length"))
        .asString()
        .matches("\\d{1,2}");
    browser.find("#filter-name").sendKeys("column 1234");
    assertThat(browser.all(".columns tbody tr")).hasSize(1);
    browser.find(".columns tbody a").click();
    browser.until(
        "the card's chart",
        "return !!Chart.getChart(document.querySelector('[id=\"column-input-column%201234\"] canvas'))");
    assertThat(browser.script("return Object.keys(Chart.instances).length"))
        .asString()
        .as("charts at a time")
        .matches("\\d{1,2}");
    assertThat(browser.complaints()).isEmpty();
  }
}
