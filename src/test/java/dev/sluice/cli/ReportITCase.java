package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.pipeline.Alone;
import dev.sluice.report.console.Chromium;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/** The report of a demo run in a real browser; skipped where there is none. */
@Timeout(240)
@ExtendWith(Alone.class)
class ReportITCase {
  private static final Path PICTURES = Path.of("target/report-pictures");

  private static Chromium browser;
  private static String url;

  @BeforeAll
  static void runTheDemo() throws Exception {
    browser = Chromium.start();
    Path directory = Files.createTempDirectory(Path.of("target"), "report-demo-");
    CommandLineRun run =
        CommandLineRun.of("demo", "--records", "20000", "--out", directory.toString());
    assertThat(run.code()).as(run.err()).isZero();
    Path report = directory.resolve("report.html").toAbsolutePath();
    assertThat(run.out()).contains("The report, for a browser: " + report);
    url = report.toUri().toString();
  }

  @AfterAll
  static void closeTheBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  private static void open(int width, String scheme) {
    browser.look(width, 900, scheme);
    browser.open("about:blank");
    browser.open(url);
    browser.until("ready", "return document.documentElement.classList.contains('ready')");
  }

  @Test
  void theDriftedColumnIsFirstAndItsChartShowsBothDistributions() {
    open(1440, "light");
    String first = browser.find(".columns tbody tr a").getText();
    assertThat(List.of("SO2", "WSPM")).contains(first);
    assertThat(browser.find(".verdict .sentence").getText())
        .startsWith("2 of 13 features drifted in the last window (Feb 2018): ")
        .contains(first);
    assertThat(browser.find(".verdict .details").getText()).contains("O3 has no values any more");
    assertThat(browser.find("#features .card h3").getText()).isEqualTo(first);
    assertThat(browser.find("nav a[href='#outputs']").isDisplayed()).isTrue();
    assertThat(browser.find("nav a[href='#segments']").isDisplayed()).isFalse();

    browser.find(".columns tbody tr a").click();
    String canvas = "document.querySelector('#features .card canvas')";
    browser.until("chart", "return !!Chart.getChart(" + canvas + ")");
    Object sets =
        browser.script(
            "return Chart.getChart("
                + canvas
                + ").data.datasets.map(function (set) {"
                + "return [set.label, set.data.reduce(function (sum, p) { return sum + (p.share || 0); }, 0)]; })");
    assertThat((List<?>) sets).hasSize(2);
    for (Object set : (List<?>) sets) {
      assertThat(((Number) ((List<?>) set).get(1)).doubleValue()).isBetween(0.99, 1.01);
    }
    assertThat(sets.toString()).contains("training data, season 02").contains("Feb 2018");
    Object colours =
        browser.script(
            "var c = "
                + canvas
                + "; var d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
                + "var seen = {}; for (var i = 0; i < d.length; i += 4) {"
                + "if (d[i + 3]) { seen[d[i] + ',' + d[i + 1] + ',' + d[i + 2]] = 1; } }"
                + "return Object.keys(seen).length");
    assertThat(((Number) colours).intValue()).as("colours of the chart").isGreaterThan(5);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void filterSortAndLinksWorkByKeyboard() {
    open(1440, "light");
    int all = browser.all(".columns tbody tr").size();
    browser.find("#filter-name").sendKeys("wsp");
    assertThat(browser.all(".columns tbody tr")).hasSize(1);
    assertThat(browser.find(".count").getText()).isEqualTo("1 of " + all + " columns");
    browser.find("#filter-name").sendKeys(Keys.BACK_SPACE, Keys.BACK_SPACE, Keys.BACK_SPACE);
    browser.find("#filter-status").sendKeys("drifted");
    browser.until(
        "drifted alone",
        "return document.querySelectorAll('.columns tbody tr').length === document.querySelectorAll('.columns tbody .DRIFT.pill').length");
    browser.find("#filter-status").sendKeys(Keys.HOME);
    browser.find(".columns thead th button").sendKeys(Keys.ENTER);
    assertThat(browser.find(".columns tbody tr a").getText()).isEqualTo("CO");

    browser.find(".columns tbody tr a").sendKeys(Keys.ENTER);
    assertThat(browser.script("return location.hash")).isEqualTo("#column-input-CO");
    browser.until(
        "card in view",
        "var box = document.getElementById('column-input-CO').getBoundingClientRect();"
            + "return box.top < innerHeight && box.bottom > 0"
            + " && !!Chart.getChart(document.querySelector('#column-input-CO canvas'))");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void itIsUsableAndFitsInLightAndDarkWideAndNarrow() throws Exception {
    for (int width : new int[] {1440, 390}) {
      for (String scheme : List.of("light", "dark")) {
        String where = width + "-" + scheme;
        open(width, scheme);
        browser.until("charts", "return document.querySelectorAll('canvas').length > 3");
        browser.picture(PICTURES.resolve(where + "-top.png"));
        browser.fits(where);
        browser.isAccessible(where);
        browser.script("document.querySelector('#features').scrollIntoView()");
        browser.until(
            "first chart", "return !!Chart.getChart(document.querySelector('#features canvas'))");
        browser.script(
            "document.querySelectorAll('#features .card:first-child details').forEach(function (d) { d.open = true; })");
        browser.picture(PICTURES.resolve(where + "-cards.png"));
        browser.isAccessible(where + " with cards");
        browser.fits(where + " with cards");
        assertThat(browser.complaints()).as(where).isEmpty();
      }
    }
  }

  private static Object columnsThatAre(String css) {
    return browser.script(
        "return Array.from(document.querySelectorAll('"
            + css
            + "')).filter(function (e) { return getComputedStyle(e).display !== 'none'; }).map(function (e) {"
            + "return e.querySelector('h3').textContent; }).sort().join()");
  }

  private static Object colour(String name) {
    return browser.script(
        "return getComputedStyle(document.documentElement).getPropertyValue('--" + name + "')");
  }

  /** What is to be printed, seen while it is: the browser's own printing leaves no trace. */
  @Test
  void printedItHasTheDriftedColumnsInLightColours() {
    open(1440, "light");
    Object light = colour("window");
    open(1440, "dark");
    assertThat(colour("window")).isNotEqualTo(light);
    Object wanted =
        browser.script(
            "return sluice.report.data.overviews[0].columns.filter(function (c) {"
                + "return c.status === 'DRIFT' || c.status === 'SIGN' || c.kind === 'OUTPUT'; })"
                + ".map(function (c) { return c.name; }).sort().join()");
    assertThat((String) wanted).contains("SO2", "WSPM", "O3").doesNotContain("PM10");

    browser.command(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            "print",
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
    browser.script("window.dispatchEvent(new Event('beforeprint'))");
    assertThat(columnsThatAre(".card")).isEqualTo(wanted);
    assertThat(browser.find("nav").isDisplayed()).isFalse();
    assertThat(colour("window")).isEqualTo(light);
    assertThat(browser.find("body").getCssValue("background-color"))
        .isEqualTo("rgba(255, 255, 255, 1)");
    assertThat(
            browser.script(
                "return Array.from(document.querySelectorAll('.card')).filter(function (card) {"
                    + "return getComputedStyle(card).display !== 'none'; }).every(function (card) {"
                    + "return Array.from(card.querySelectorAll('canvas')).every(function (canvas) {"
                    + "return !!Chart.getChart(canvas); }) && card.querySelector('canvas'); })"))
        .as("every printed card has its charts")
        .isEqualTo(true);
    assertThat(
            browser.script(
                "return Chart.getChart(document.querySelector('#features .card:not(.unprinted) canvas'))"
                    + ".data.datasets.some(function (set) { return set.borderColor === '"
                    + ((String) light).strip()
                    + "'; })"))
        .as("charts in light colours")
        .isEqualTo(true);
    browser.script("window.dispatchEvent(new Event('afterprint'))");
    browser.command("Emulation.setEmulatedMedia", Map.of("media", ""));

    Object pdf = browser.command("Page.printToPDF", Map.of("printBackground", true)).get("data");
    String text = new String(Base64.getDecoder().decode((String) pdf), StandardCharsets.ISO_8859_1);
    long pages = Pattern.compile("/Type\\s*/Page[^s]").matcher(text).results().count();
    assertThat(pages).isGreaterThan(1);
    browser.until(
        "colours are back", "return !document.documentElement.classList.contains('printing')");
    assertThat(browser.complaints()).isEmpty();
  }
}
