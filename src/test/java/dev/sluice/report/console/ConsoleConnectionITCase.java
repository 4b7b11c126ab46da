package dev.sluice.report.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.report.History;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an open page says and does where the server refuses its events. */
@Timeout(120)
class ConsoleConnectionITCase {
  private static Chromium browser;

  private final Changes changes = new Changes();
  private final LiveReport report = new LiveReport(new History(), List.of(), changes);
  private final Feed feed;
  private final Map<String, Route> routes;

  ConsoleConnectionITCase() {
    Feeds feeds = new Feeds(Clock.systemUTC(), changes);
    this.feed = feeds.add("input-profiles", "in");
    LetterSource none =
        (partition, offset, out) -> {
          throw new Refusal(404, "the letter", "none", "one");
        };
    this.routes = ConsoleApi.routes(report, new LetterStore(), none, feeds);
  }

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

  private ConsoleServer start(int port, String token) {
    return ConsoleServer.start(
        new ConsoleSettings(
            InetAddress.getLoopbackAddress(),
            port,
            Optional.of(token).filter(text -> !text.isEmpty())),
        routes,
        changes);
  }

  private static DataProfile comparedWith(String baseline, int hour) {
    DataProfile record = SampleWindows.column(ProfileKind.INPUT, hour, "", "x", 5, 0.01);
    ProfiledWindow window = record.window();
    return new DataProfile(
        record.kind(),
        record.model(),
        new ProfiledWindow(baseline, "", window.start(), window.end(), "PT1H", "UTC", 0),
        record.counts(),
        record.columns(),
        List.of(),
        List.of(),
        null,
        "sluice");
  }

  @Test
  void aModelThatIsThereTwiceIsToldApartByItsDataProfiles() {
    report.add(comparedWith("1234abcd".repeat(8), 0));
    report.add(comparedWith("5678ef90".repeat(8), 1));
    feed.live();
    feed.caughtUp(true);
    try (ConsoleServer server = start(0, "")) {
      browser.open(server.url());
      browser.until(
          "two models", "return document.querySelectorAll('#columns-model option').length === 2");
      assertThat(
              browser.script(
                  "return Array.from(document.querySelectorAll('#columns-model option'))"
                      + ".map(o => o.textContent).join('; ')"))
          .isEqualTo(
              "pm25 3, abababab, data profile 5678ef90; pm25 3, abababab, data profile 1234abcd");
    }
  }

  @Test
  void anotherTokenIsAskedFor() {
    feed.live();
    feed.caughtUp(true);
    int port;
    try (ConsoleServer first = start(0, "first-first-first-first")) {
      port = first.port();
      browser.open(first.url());
      browser.untilText("Live");
    }
    browser.untilText("Console does not answer since");
    try (ConsoleServer second = start(port, "second-second-second-second")) {
      assertThat(second.port()).isEqualTo(port);
      browser.untilText("The console asks for a token");
    }
  }

  /** The console is left open for days, and a topic has messages of days ago. */
  @Test
  void aTimeOfAnotherDayHasItsDate() {
    Instant then = Instant.now().minus(Duration.ofDays(2));
    Feeds feeds = new Feeds(Clock.fixed(then, ZoneOffset.UTC), changes);
    Feed old = feeds.add("input-profiles", "in");
    old.read(then.toEpochMilli());
    old.unreachable("no broker answers");
    Map<String, Route> since = new HashMap<>(routes);
    since.put("/api/status", (query, out) -> feeds.write(out));
    String date =
        DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH)
            .format(then.atZone(ZoneId.systemDefault()));
    try (ConsoleServer server =
        ConsoleServer.start(ConsoleSettings.loopback(), Map.copyOf(since), changes)) {
      browser.open(server.url());
      browser.untilText("Broker unreachable since " + date);
      browser.untilText("last at " + date);
      Instant now = Instant.now();
      old.read(now.toEpochMilli());
      changes.happened(Changes.Subject.STATUS);
      browser.until(
          "a time of today", "return /last at \\d\\d:\\d\\d:\\d\\d/.test(document.body.innerText)");
    }
  }

  @Test
  void aPageTooManyAsksNowAndThen() throws Exception {
    feed.caughtUp(true);
    List<Socket> others = new ArrayList<>();
    try (ConsoleServer server = start(0, "")) {
      while (server.listeners() < 64) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        others.add(socket);
        socket
            .getOutputStream()
            .write(
                "GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .getBytes(StandardCharsets.UTF_8));
        socket.setSoTimeout(10_000);
        assertThat(socket.getInputStream().read()).isEqualTo('H');
      }
      browser.open(server.url());
      browser.untilText("Connecting to the broker");
      feed.live();
      browser.untilText("Live, asked every few seconds");
    } finally {
      for (Socket socket : others) {
        socket.close();
      }
    }
  }
}
