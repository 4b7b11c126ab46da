package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.console.LiveConsole;
import dev.sluice.config.KafkaOptions;
import dev.sluice.profile.Alarm;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.Reason;
import dev.sluice.report.console.Chromium;
import dev.sluice.report.console.ConsoleSettings;
import dev.sluice.report.console.SampleWindows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The console in a real browser, over a real broker. */
@Timeout(240)
class ConsoleITCase {
  private static final String EVIL = "<script>window.stolen=1</script>";
  private static final String IMAGE = "<img src=x onerror=\"window.stolen=1\">";
  private static final Path PICTURES = Path.of("target/console");
  private static final Schema RECORD =
      SchemaBuilder.record("Reading").fields().requiredLong("id").endRecord();

  /** 2^53 + 1, which no number of a browser can be, in Avro's zigzag. */
  private static final byte[] VALUE = {
    (byte) 0x82, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x20
  };

  private static Chromium browser;

  @TempDir Path directory;
  private EmbeddedKafka kafka;
  private LetterTopic topic;
  private ConsoleFeed feed;
  private LiveConsole console;

  @BeforeAll
  static void startBrowser() {
    browser = Chromium.start();
  }

  @AfterAll
  static void stopBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void start() throws IOException {
    startBroker(0);
    topic = new LetterTopic(kafka.bootstrapServers(), "job", 2);
    for (String name : List.of("in", "out", "bells")) {
      topic.create(name, 1, Map.of());
    }
    feed = new ConsoleFeed(topic, EVIL);
    console =
        LiveConsole.start(
            ConsoleSettings.loopback(),
            options(),
            new LiveConsole.Knowledge(List.of(), Optional.of(RECORD), Optional.of("producer")));
    browser.open("about:blank"); // a page of a console that is closed goes on complaining
    browser.look(1440, 900, "light");
    browser.complaints();
  }

  private void startBroker(int port) {
    kafka =
        EmbeddedKafka.start(new BrokerSettings(Optional.of(directory), port, Map.of(), List.of()));
  }

  private KafkaOptions options() {
    return KafkaOptions.from(
        Configuration.fromMap(
            Map.of(
                "kafka.bootstrap-servers", kafka.bootstrapServers(),
                "topics.dead-letters", topic.letters(),
                "topics.input-profiles", "in",
                "topics.output-profiles", "out",
                "topics.alarms", "bells")));
  }

  @AfterEach
  void stop() {
    if (console != null) {
      console.close();
    }
    if (kafka != null) {
      kafka.close();
    }
  }

  private void publishLetters() {
    topic.write(
        0,
        LetterTopic.malformed(topic.record(1, LetterTopic.VALUE), Reason.UNDECODABLE),
        LetterTopic.rejected(
            topic.record(2, VALUE), LetterTopic.violation("PRES", Reason.OUT_OF_RANGE, IMAGE)));
    topic.write(
        1,
        LetterTopic.rejected(
            topic.record(3, VALUE), LetterTopic.violation(EVIL, Reason.OUT_OF_RANGE, "-9999")));
  }

  @Test
  void windowsArriveWhileThePageIsOpen() {
    browser.open(console.url());
    browser.untilText("Live");
    feed.hour(0);
    browser.untilText("TEMP");
    assertThat(browser.find(".vlist").getText()).contains(EVIL, "score");
    for (int hour = 1; hour < 5; hour++) {
      feed.hour(hour);
    }
    browser.until(
        "the column that drifts is first",
        "const row = document.querySelector('[role=row][aria-rowindex=\"2\"]');"
            + " return !!row && row.textContent.includes('TEMP')"
            + " && !!row.querySelector('.pill.DRIFT')");
    browser.untilText("04:00 to 05:00");
    assertThat(browser.script("return window.stolen === undefined")).isEqualTo(true);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aColumnIsOpenedByItsLinkWhateverItsName() {
    feed.hour(0);
    feed.hour(1);
    browser.open(console.url());
    browser.untilText("TEMP");
    browser.script(
        "Array.from(document.querySelectorAll('.vlist a')).find(a => a.textContent ==="
            + " arguments[0]).click()",
        EVIL);
    browser.until(
        "its page",
        "const h = document.querySelector('h1'); return !!h && h.textContent === '" + EVIL + "'");
    browser.until("a chart", "return document.querySelectorAll('main canvas').length > 1");
    assertThat(browser.script("return window.stolen === undefined")).isEqualTo(true);
    feed.hour(2);
    browser.until(
        "the new window",
        "return fetch && Chart.getChart(document.querySelectorAll('main"
            + " canvas')[1]).data.datasets.some(d => d.data.length === 3)");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void deadLettersAreSearchedAndOpened() {
    publishLetters();
    topic.writeBytes(0, LetterTopic.bytes("no letter at all"));
    browser.open(console.url() + "#/letters");
    browser.untilText("3 letters");
    browser.untilText("1 unreadable");
    browser.find("#letters-text").sendKeys("-9999");
    browser.untilText("1 of 3 letters");
    assertThat(browser.find(".letters").getText()).contains(EVIL, "-9999");
    browser.find(".letters a").click();
    browser.untilText("Expectations not met");
    browser.untilText("9007199254740993"); // all of its 64 bits
    browser.script("document.querySelector('.search button').click()");
    browser.untilText("3 letters");
    browser.script(
        "const s = document.querySelector('#letters-column'); s.value = 'PRES';"
            + " s.dispatchEvent(new Event('change', {bubbles: true}))");
    browser.untilText("1 of 3 letters");
    browser.find(".letters a").click();
    browser.until(
        "its value as text",
        "return document.querySelector('.letter').textContent.includes('" + IMAGE + "')");
    assertThat((String) browser.script("return location.hash")).contains("column=PRES");
    assertThat(browser.script("return window.stolen === undefined")).isEqualTo(true);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void alarmsAreRaisedAndClearedWhileThePageIsOpen() {
    feed.hour(0);
    browser.open(console.url() + "#/alarms");
    browser.untilText("No alarm has been raised.");
    Alarm raised = SampleWindows.raised(0, EVIL);
    feed.publish(raised);
    browser.untilText(EVIL + " has drifted");
    browser.until(
        "an alarm is active",
        "return document.querySelector('#views').textContent.includes('1 active')");
    feed.publish(SampleWindows.cleared(raised, 1));
    browser.untilText(EVIL + " is as it was");
    browser.until(
        "no alarm is active",
        "return !document.querySelector('#views').textContent.includes('active')");
    assertThat(browser.find("main").getText()).contains(EVIL + " has drifted");
    assertThat(browser.script("return window.stolen === undefined")).isEqualTo(true);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aSilentFeedIsSeenWithoutAWindowAndBesideThoseOfAnotherModel() {
    browser.open(console.url());
    browser.untilText("There are no windows yet.");
    feed.publish(SampleWindows.silent("ef".repeat(32)));
    browser.until(
        "an alarm is active",
        "return document.querySelector('#views').textContent.includes('1 active')"
            + " && document.querySelector('.tile.DRIFT .value').textContent === '1'");
    feed.hour(0);
    browser.untilText("TEMP");
    browser.until(
        "it still is", "return document.querySelector('#views').textContent.includes('1 active')");
    assertThat(browser.find("#columns-model").getText()).contains("pm25 3", "pm25 4, efefefef");
    browser.script("location.hash = '#/alarms'");
    browser.untilText("in a job with model pm25 4, efefefef");
    browser.untilText("no record has come for 10 min");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void filtersStayAndPinNoModel() {
    feed.hour(0);
    browser.open(console.url() + "#/columns?status=DRIFT");
    browser.untilText("0 of 4 columns");
    assertThat(browser.find("#columns-status").getAttribute("value")).isEqualTo("DRIFT");
    assertThat(browser.find("#columns-status").getText()).contains("(0)");
    browser.script(
        "const s = document.querySelector('#columns-status'); s.value = '';"
            + " s.dispatchEvent(new Event('change', {bubbles: true}))");
    browser.untilText("4 columns");
    browser.find("#columns-filter").sendKeys("TEM");
    browser.untilText("1 of 4 columns");
    assertThat((String) browser.script("return location.hash"))
        .contains("filter=TEM")
        .doesNotContain("model=");
  }

  /** Nanoseconds where milliseconds are meant are just what is looked for among the letters. */
  @Test
  void aLetterOfATimeBeyondTheCalendarIsOpened() {
    for (long time : new long[] {1_769_850_000_123_000_000L, -1}) {
      topic.write(
          0,
          new DeadLetter(
              DeadLetter.Kind.REJECTED,
              Reason.EVENT_TIME_AHEAD,
              "the event time is ahead",
              List.of(),
              topic.record(0, LetterTopic.VALUE),
              time));
    }
    browser.open(console.url() + "#/letters/0/0");
    browser.untilText("1769850000123000000 ms, beyond the calendar");
    browser.open(console.url() + "#/letters/0/1");
    browser.untilText("1969-12-31 23:59:59 UTC");
    assertThat(browser.complaints()).isEmpty();
  }

  /** A text without characters may be just what a feature is not allowed to be. */
  @Test
  void anEmptyTextIsNotCalledMissing() {
    topic.write(
        0,
        LetterTopic.rejected(
            topic.record(1, VALUE), LetterTopic.violation("wd", Reason.NOT_IN_SET, "")),
        LetterTopic.rejected(
            topic.record(2, VALUE), LetterTopic.violation("PRES", Reason.MISSING, "")));
    browser.open(console.url() + "#/letters/0/0");
    browser.untilText("2 letters");
    assertThat(browser.find(".letters").getText()).contains("wd empty", "PRES missing");
    browser.untilText("Expectations not met");
    assertThat(browser.find(".letter table").getText()).contains("wd empty");
    browser.open(console.url() + "#/letters/0/1");
    browser.untilText("MISSING, critical");
    assertThat(browser.find(".letter table").getText()).contains("PRES missing");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void allDeadLettersAreReached() {
    DeadLetter[] many = new DeadLetter[120];
    for (int i = 0; i < many.length; i++) {
      many[i] = LetterTopic.malformed(topic.record(i, LetterTopic.VALUE), Reason.UNDECODABLE);
    }
    topic.write(0, many);
    browser.open(console.url() + "#/letters");
    browser.untilText("120 letters, shown are 1 to 50");
    browser.find(".older").click();
    browser.untilText("shown are 51 to 100");
    browser.find(".older").click();
    browser.untilText("shown are 101 to 120");
    assertThat(browser.find(".older").isDisplayed()).isFalse();
    browser.find(".newer").click();
    browser.untilText("shown are 51 to 100");
  }

  @Test
  void aLetterThatIsNotThereIsAskedForOnce() {
    publishLetters();
    browser.open(console.url() + "#/letters");
    browser.untilText("3 letters");
    browser.script(
        "window.asked = 0; const before = window.fetch; window.fetch = (...all) => { window.asked"
            + " += String(all[0]).includes('api/letter?') ? 1 : 0; return before(...all); };"
            + " location.hash = '#/letters/77/0'");
    browser.untilText("a partition that the topic has");
    publishLetters();
    browser.untilText("6 letters");
    topic.write(1, LetterTopic.malformed(topic.record(9, VALUE), Reason.UNDECODABLE));
    browser.untilText("7 letters");
    assertThat(browser.script("return window.asked")).isEqualTo(1L);
    browser.find(".again").click();
    browser.until("it is asked again", "return window.asked === 2");
  }

  @Test
  void aBrokerThatGoesAwayIsSaidAndWaitedFor() {
    feed.hour(0);
    browser.open(console.url());
    browser.untilText("TEMP");
    browser.untilText("Live");
    String broker = kafka.bootstrapServers();
    int port = Integer.parseInt(broker.substring(broker.lastIndexOf(':') + 1));
    // Readers try to connect while it is away: from a port of its own, one could reach itself.
    assertThat(port).isLessThan(FreePorts.BEHIND);
    kafka.close();
    browser.untilText("Broker unreachable since");
    assertThat(browser.find(".vlist").getText()).contains("TEMP");
    browser.until(
        "all topics' readers say so",
        "return document.querySelectorAll('#feeds .feed.unreachable').length === 4");
    browser.script("location.hash = '#/letters/0/0'");
    browser.untilText("not reachable"); // at once
    browser.script("location.hash = '#/columns'");
    startBroker(port);
    browser.untilText("Live");
    feed.hour(1);
    browser.untilText("01:00 to 02:00");
  }

  @Test
  void everyPageFitsAndIsUsableWithoutEyesOrAMouse() throws IOException {
    for (int hour = 0; hour < 9; hour++) {
      feed.hour(hour);
    }
    publishLetters();
    browser.open(console.url());
    browser.untilText("TEMP");
    browser.untilText("08:00 to 09:00");
    Map<String, String> pages =
        Map.of(
            "columns", "TEMP",
            "column/INPUT/TEMP", "Statistics",
            "alarms", "No alarm",
            "letters", "3 letters",
            "letters/1/0", "Expectations not met",
            "segments", "north",
            "model", "Accounting");
    for (String scheme : List.of("light", "dark")) {
      for (int width : new int[] {1440, 390}) {
        browser.look(width, 900, scheme);
        for (Map.Entry<String, String> page : pages.entrySet()) {
          String where = page.getKey() + " " + width + " " + scheme;
          browser.open(console.url() + "#/" + page.getKey());
          browser.untilText(page.getValue());
          browser.picture(PICTURES.resolve(where.replaceAll("[/ ]", "-") + ".png"));
          browser.isAccessible(where);
          browser.fits(where);
        }
      }
    }
    assertThat(browser.complaints()).isEmpty();
  }
}
