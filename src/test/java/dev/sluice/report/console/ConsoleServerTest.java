package dev.sluice.report.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.sun.net.httpserver.Headers;
import dev.sluice.report.PageParts;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the console's server lets in, what it says, and what it bears. */
@Timeout(60)
class ConsoleServerTest {
  private static final String TOKEN = "abcdefghijklmnopqrstuvwxyz";

  private final Changes changes = new Changes();
  private final HttpClient client = HttpClient.newHttpClient();
  private ConsoleServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private void start(Optional<String> token) {
    Map<String, Route> routes =
        Map.of(
            "/api/echo",
            (query, out) -> out.write(query.textOrEmpty("text").getBytes(StandardCharsets.UTF_8)),
            "/api/number",
            (query, out) -> out.write((int) ('0' + query.number("n", 0, 9, 5))),
            "/api/broken",
            (query, out) -> {
              throw new IllegalStateException("inside");
            },
            "/api/unwritten",
            (query, out) -> {
              throw new JsonGenerationException("inside", (JsonGenerator) null);
            });
    server =
        ConsoleServer.start(
            new ConsoleSettings(InetAddress.getLoopbackAddress(), 0, token), routes, changes);
  }

  private HttpResponse<String> send(String method, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private String own() {
    return "Host: 127.0.0.1:" + server.port();
  }

  @Test
  void everyAnswerHasTheHeadersOfAStrictPage() throws Exception {
    start(Optional.empty());
    for (String path : List.of("/", "/api/echo?text=a", "/assets/chart.js", "/nothing")) {
      HttpResponse<String> answer = send("GET", path);
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
          .as(path)
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
    }
    assertThat(send("GET", "/api/echo?text=a").headers().firstValue("Cache-Control"))
        .hasValue("no-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"})
  void nothingCanBeChanged(String method) throws Exception {
    start(Optional.empty());
    HttpResponse<String> answer = send(method, "/api/echo?text=a");
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
    assertThat(answer.body()).contains("\"what\":\"the method\"", "\"got\":\"" + method);
  }

  @Test
  void headSaysWhatGetWouldWithoutABody() throws Exception {
    start(Optional.empty());
    HttpResponse<String> answer = send("HEAD", "/assets/chart.js");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValueAsLong("Content-Length").orElse(0)).isGreaterThan(1000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1:x",
        "127.0.0.1:1:1",
        "127.0.0.2:{port}",
        "[::1",
        "localhost.evil.example:{port}",
        "0.0.0.0:{port}",
        ""
      })
  void aPageElsewhereCannotLeadHereByAName(String host) throws Exception {
    start(Optional.empty());
    String named = "Host: " + host.replace("{port}", "" + server.port());
    assertThat(RawHttp.get(server.port(), "/api/echo?text=secret", named))
        .startsWith("HTTP/1.1 421")
        .doesNotContain("\nsecret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:{port}",
        "127.0.0.1:{port}",
        "[::1]:{port}",
        "LocalHost:{port}",
        "localhost:9000",
        "127.0.0.1"
      })
  void theNamesOfThisMachineDoWhateverThePort(String host) throws Exception {
    start(Optional.empty()); // behind ssh -L the port is another
    String named = "Host: " + host.replace("{port}", "" + server.port());
    assertThat(RawHttp.get(server.port(), "/api/echo?text=hello", named))
        .startsWith("HTTP/1.1 200")
        .endsWith("hello");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.2, 127.0.0.2:8090, 127.0.0.3:8090",
    "::1, [0:0:0:0:0:0:0:1]:8090, [0:0:0:0:0:0:0:2]:8090"
  })
  void theAddressThatItIsBoundToDoes(String bound, String own, String other) throws Exception {
    AccessGuard guard =
        new AccessGuard(
            new ConsoleSettings(InetAddress.getByName(bound), 8090, Optional.empty()), 8090);
    guard.requireHost(asked(own));
    assertThatThrownBy(() -> guard.requireHost(asked(other)))
        .hasMessageContaining("the header Host is " + other);
  }

  private static Headers asked(String host) {
    Headers headers = new Headers();
    headers.set("Host", host);
    return headers;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets/../console.html",
        "/assets/%2e%2e/console.html",
        "/assets/..%2fconsole.html",
        "/assets//console.js",
        "/assets/",
        "/assets/Refusal.class",
        "/console.html",
        "//etc/passwd",
        "/assets/console.js%00.css",
        "/../../../../etc/passwd"
      })
  void noPathLeadsElsewhere(String path) throws Exception {
    start(Optional.empty());
    assertThat(RawHttp.get(server.port(), path, own())).startsWith("HTTP/1.1 404");
  }

  @Test
  void whatIsTooLongIsRefusedInWords() throws Exception {
    start(Optional.empty());
    assertThat(send("GET", "/" + "a".repeat(300)).statusCode()).isEqualTo(414);
    assertThat(send("GET", "/api/echo?text=" + "a".repeat(5000)).statusCode()).isEqualTo(414);
    assertThat(send("GET", "/api/echo?" + "a=1&".repeat(40)).statusCode()).isEqualTo(200);
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      many.append("p").append(i).append("=1&");
    }
    assertThat(send("GET", "/api/echo?" + many).statusCode()).isEqualTo(400);
    HttpResponse<String> answer = send("GET", "/api/number?n=12");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo(
            "{\"what\":\"parameter n\",\"got\":\"12\",\"expected\":\"a number from 0 to 9\"}");
    assertThat(RawHttp.get(server.port(), "/api/echo?text=%zz", own())).startsWith("HTTP/1.1 400");
  }

  @Test
  void allThatThePageNamesIsThere() throws Exception {
    start(Optional.empty());
    String page = send("GET", "/").body();
    List<String> files =
        Pattern.compile("(?:src|href)=\"(assets/[^\"]+)")
            .matcher(page)
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(files).hasSizeGreaterThan(10);
    for (String file : files) {
      assertThat(send("GET", "/" + file).statusCode()).as(file).isEqualTo(200);
    }
    assertThat(files.stream().filter(file -> file.endsWith(".js")).skip(1))
        .as("chart.js, then its own")
        .containsExactlyElementsOf(
            ConsoleScripts.OWN.stream().map(name -> "assets/" + name).toList());
    for (String name : ConsoleScripts.OWN) {
      assertThat(PageParts.text(name))
          .as(name)
          .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML")
          .doesNotContain("document.write", "eval(", "new Function");
    }
    assertThat(page).doesNotContain("<script>", "style=", "onclick");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/broken", "/api/unwritten"})
  void anErrorInsideSaysNothingOfItself(String path) throws Exception {
    start(Optional.empty());
    HttpResponse<String> answer = send("GET", path);
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).doesNotContain("inside", "Exception");
  }

  @Test
  void filesAreKnownByTheirTagAndCompressed() throws Exception {
    start(Optional.empty());
    HttpResponse<String> whole = send("GET", "/assets/chart.js");
    String tag = whole.headers().firstValue("ETag").orElseThrow();
    assertThat(send("GET", "/assets/chart.js", "If-None-Match", tag).statusCode()).isEqualTo(304);
    HttpResponse<byte[]> zipped =
        client.send(
            HttpRequest.newBuilder(
                    URI.create("http://localhost:" + server.port() + "/assets/chart.js"))
                .header("Accept-Encoding", "gzip")
                .build(),
            BodyHandlers.ofByteArray());
    assertThat(zipped.headers().firstValue("Content-Encoding")).hasValue("gzip");
    try (InputStream stream = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
      assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(whole.body());
    }
  }

  @Test
  void withATokenNobodyComesInWithoutIt() throws Exception {
    start(Optional.of(TOKEN));
    assertThat(server.url()).isEqualTo(server.address() + "?token=" + TOKEN);
    assertThat(server.address()).doesNotContain(TOKEN);
    for (String path : List.of("/", "/api/echo?text=a", "/api/events", "/assets/chart.js")) {
      assertThat(send("GET", path).statusCode()).as(path).isEqualTo(401);
    }
    HttpResponse<String> wrong = send("GET", "/api/echo?token=" + TOKEN + "x");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.body()).doesNotContain(TOKEN);
    assertThat(send("GET", "/healthz").statusCode()).isEqualTo(200);

    HttpResponse<String> page = send("GET", "/?token=" + TOKEN);
    assertThat(page.statusCode()).isEqualTo(200);
    String cookie = page.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly", "SameSite=Strict");
    String own = cookie.substring(0, cookie.indexOf(';'));
    assertThat(send("GET", "/api/echo?text=a", "Cookie", "a=b; " + own).body()).isEqualTo("a");
    assertThat(send("GET", "/api/echo?text=a", "Cookie", own + "x").statusCode()).isEqualTo(401);
    assertThat(send("GET", "/api/echo?text=a", "Authorization", "Bearer " + TOKEN).body())
        .isEqualTo("a");
    assertThat(send("GET", "/api/echo", "Authorization", "Bearer x").statusCode()).isEqualTo(401);
  }

  @Test
  void beyondLoopbackThereIsAToken() {
    ConsoleSettings wide = ConsoleSettings.of("0.0.0.0", 0, Optional.empty());
    assertThat(wide.token().orElse("")).hasSizeGreaterThanOrEqualTo(32);
    assertThat(ConsoleSettings.of("0.0.0.0", 0, Optional.empty()).token())
        .isNotEqualTo(wide.token());
    assertThat(wide.toString()).doesNotContain(wide.token().orElseThrow());
    assertThat(ConsoleSettings.of("127.0.0.1", 0, Optional.empty()).token()).isEmpty();
    assertThatThrownBy(() -> new ConsoleSettings(wide.address(), 0, Optional.empty()))
        .hasMessageContaining("without a token");
    assertThatThrownBy(() -> ConsoleSettings.of("127.0.0.1", 0, Optional.of("short")))
        .hasMessageContaining("5 characters, expected 22");
    assertThatThrownBy(() -> ConsoleSettings.of("127.0.0.1", 70_000, Optional.empty()))
        .hasMessageContaining("--port is 70000");
  }

  @Test
  void aPortThatIsTakenIsSaid() {
    start(Optional.empty());
    ConsoleSettings same = ConsoleSettings.of("127.0.0.1", server.port(), Optional.empty());
    assertThatThrownBy(() -> ConsoleServer.start(same, Map.of(), changes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("port " + server.port())
        .hasMessageContaining("expected");
  }

  @Test
  void manyListenUpToABoundAndHearOfChanges() throws Exception {
    start(Optional.empty());
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 64; i++) {
        sockets.add(listen());
      }
      await(() -> server.listeners() == 64);
      assertThat(RawHttp.get(server.port(), "/api/events", own())).startsWith("HTTP/1.1 503");
      assertThat(send("GET", "/api/echo?text=still").body()).isEqualTo("still");
      changes.happened(Changes.Subject.LETTERS);
      for (Socket socket : sockets) {
        assertThat(readUntil(socket, "\"letters\":1")).contains("text/event-stream");
      }
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    changes.happened(Changes.Subject.LETTERS);
    await(
        () -> {
          changes.happened(Changes.Subject.LETTERS); // a write tells who has gone
          return server.listeners() == 0;
        });
  }

  @Test
  void closingFreesThePortAndTheListeners() throws Exception {
    start(Optional.empty());
    int port = server.port();
    try (Socket socket = listen()) {
      await(() -> server.listeners() == 1);
      server.close();
      socket.setSoTimeout(10_000);
      byte[] rest = socket.getInputStream().readAllBytes(); // ends
      assertThat(rest).isNotNull();
    }
    ConsoleServer.start(ConsoleSettings.of("127.0.0.1", port, Optional.empty()), Map.of(), changes)
        .close();
  }

  private Socket listen() throws Exception {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(20_000);
    socket
        .getOutputStream()
        .write(
            ("GET /api/events HTTP/1.1\r\n" + own() + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  private static String readUntil(Socket socket, String end) throws Exception {
    StringBuilder text = new StringBuilder();
    byte[] buffer = new byte[4096];
    while (text.indexOf(end) < 0) {
      int count = socket.getInputStream().read(buffer);
      if (count < 0) {
        break;
      }
      text.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
    }
    return text.toString();
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      Thread.sleep(50);
    }
  }
}
