package dev.sluice.report.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.report.History;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
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
  private final Feed feed;
  private final Map<String, Route> routes;

  ConsoleConnectionITCase() {
    Feeds feeds = new Feeds(Clock.systemUTC(), changes);
    this.feed = feeds.add("input-profiles", "in");
    LetterSource none =
        (partition, offset, out) -> {
          throw new Refusal(404, "the letter", "none", "one");
        };
    this.routes =
        ConsoleApi.routes(
            new LiveReport(new History(), List.of(), changes), new LetterStore(), none, feeds);
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
