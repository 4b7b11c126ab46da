package dev.sluice.report.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the console: the page, its files, answers in JSON, and events that say what has changed.
 * GET and HEAD only; nothing can be changed from it. Owns its socket and a bounded number of
 * threads, none of which keeps the process alive.
 */
public final class ConsoleServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);

  /** Each is held by one request, from its first byte to the last of its answer. */
  private static final int THREADS = 32;

  private static final int SPARE_SECONDS = 10;

  /** How long it may take until some of an answer is taken. */
  private static final Duration STUCK = Duration.ofSeconds(20);

  /** How many times as long it may take until all of an answer is taken. */
  private static final int STEPS = 15;

  private static final int STEP_BYTES = 64 << 10;
  private static final int MAX_LISTENERS = 64;
  private static final int MAX_CONNECTIONS = 256;
  private static final int MAX_PATH = 256;
  private static final int WORTH_ZIPPING = 1024;
  private static final String EVENTS = "/api/events";
  private static final String JSON = "application/json; charset=utf-8";
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  private static final JsonMapper MAPPER = new JsonMapper();

  private final ConsoleSettings settings;
  private final HttpServer server;
  private final AccessGuard guard;
  private final Assets assets = new Assets();
  private final Map<String, Route> routes;
  private final WriteWatch watch;
  private final EventClients listeners;
  private final ExecutorService threads;
  private final ScheduledExecutorService clock;

  private ConsoleServer(
      ConsoleSettings settings,
      HttpServer server,
      Map<String, Route> routes,
      Changes changes,
      Duration stuck) {
    this.settings = settings;
    this.server = server;
    this.guard = new AccessGuard(settings, server.getAddress().getPort());
    this.watch = new WriteWatch(stuck);
    this.routes = Map.copyOf(routes);
    this.listeners = new EventClients(changes, MAX_LISTENERS, watch);
    // The queue is bounded by the connections, of which each has one request at a time.
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            SPARE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            DaemonThreads.named("console"));
    pool.allowCoreThreadTimeOut(true);
    this.threads = pool;
    this.clock = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("console-clock"));
  }

  /**
   * Starts a server.
   *
   * @param routes what answers with JSON, by path
   * @throws IllegalArgumentException if the address cannot be bound to
   */
  public static ConsoleServer start(
      ConsoleSettings settings, Map<String, Route> routes, Changes changes) {
    return start(settings, routes, changes, STUCK);
  }

  /**
   * Starts a server.
   *
   * @param stuck who takes nothing of an answer for so long is cut off
   */
  static ConsoleServer start(
      ConsoleSettings settings, Map<String, Route> routes, Changes changes, Duration stuck) {
    bound("sun.net.httpserver.maxReqTime", 5); // seconds until a request has to have come
    bound("jdk.httpserver.maxConnections", MAX_CONNECTIONS);
    bound("sun.net.httpserver.nodelay", true);
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(settings.address(), settings.port()), 0);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the console cannot listen on %s port %d: %s, expected an address of this machine and a port that is free"
              .formatted(settings.address().getHostAddress(), settings.port(), e.getMessage()),
          e);
    }
    ConsoleServer console = new ConsoleServer(settings, server, routes, changes, stuck);
    server.createContext("/", console::handle);
    server.setExecutor(console.threads);
    server.start();
    long often = Math.max(1, stuck.toMillis() / 4);
    console.clock.scheduleAtFixedRate(
        console.watch::dropStuck, often, often, TimeUnit.MILLISECONDS);
    return console;
  }

  /** The JDK's server takes its bounds from system properties; what somebody has set stays. */
  private static void bound(String property, Object value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value.toString());
    }
  }

  /** Returns the port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Returns the address for a browser, with the token where there is one. */
  public String url() {
    return address() + settings.token().map(token -> "?token=" + token).orElse("");
  }

  /** Returns the address for a browser, without a token. */
  public String address() {
    String host = settings.address().getHostAddress();
    if (settings.address().isAnyLocalAddress()) {
      host = "localhost";
    } else if (settings.address() instanceof Inet6Address) {
      host = "[" + host + "]";
    }
    return "http://" + host + ":" + port() + "/";
  }

  /** Returns how many listen to events. */
  int listeners() {
    return listeners.count();
  }

  private void handle(HttpExchange exchange) throws IOException {
    headers(exchange.getResponseHeaders());
    boolean handedOver = false;
    try {
      handedOver = answer(exchange);
    } catch (Refusal e) {
      refuse(exchange, e);
    } catch (RuntimeException | JsonProcessingException e) {
      LOG.warn("{} failed", exchange.getRequestURI().getPath(), e); // the query may have the token
      refuse(exchange, new Refusal(500, "the answer", "an error, see the log", "one"));
    } catch (IOException e) {
      throw e; // the other side is gone, which the server deals with
    } finally {
      if (!handedOver) {
        exchange.close();
      }
    }
  }

  private static void headers(Headers headers) {
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
  }

  /** Returns whether somebody else goes on with the exchange. */
  private boolean answer(HttpExchange exchange) throws IOException {
    guard.requireHost(exchange.getRequestHeaders());
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      throw new Refusal(405, "the method", method, "GET or HEAD: nothing is changed from here");
    }
    String path = exchange.getRequestURI().getPath();
    if (path == null || path.length() > MAX_PATH) {
      throw new Refusal(414, "the path", "longer", "at most " + MAX_PATH + " characters");
    }
    if (path.equals("/healthz")) {
      send(exchange, 200, "text/plain; charset=utf-8", "ok\n".getBytes(StandardCharsets.UTF_8));
      return false;
    }
    Query query = Query.of(exchange.getRequestURI().getRawQuery());
    Optional<String> cookie = guard.admit(exchange.getRequestHeaders(), query);
    cookie.ifPresent(value -> exchange.getResponseHeaders().set("Set-Cookie", value));
    if (path.equals(EVENTS) && method.equals("GET")) {
      listeners.add(exchange);
      return true;
    }
    Route route = routes.get(path);
    if (route != null) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      route.answer(query, body);
      send(exchange, 200, JSON, body.toByteArray());
    } else {
      sendAsset(exchange, path);
    }
    return false;
  }

  private void sendAsset(HttpExchange exchange, String path) throws IOException {
    Assets.Asset asset =
        assets
            .of(path)
            .orElseThrow(() -> new Refusal(404, "the path", path, "one that the page names"));
    Headers headers = exchange.getResponseHeaders();
    headers.set("Cache-Control", "no-cache"); // asked for again, by its tag
    headers.set("ETag", asset.tag());
    headers.set("Vary", "Accept-Encoding");
    String known = exchange.getRequestHeaders().getFirst("If-None-Match");
    if (known != null && known.contains(asset.tag())) {
      watch.write(() -> exchange.sendResponseHeaders(304, -1));
      return;
    }
    headers.set("Content-Type", asset.type());
    boolean zip = takesGzip(exchange);
    if (zip) {
      headers.set("Content-Encoding", "gzip");
    }
    sendBytes(exchange, 200, zip ? asset.zipped() : asset.bytes());
  }

  private void refuse(HttpExchange exchange, Refusal refusal) throws IOException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("what", refusal.what());
    body.put("got", refusal.got());
    body.put("expected", refusal.expected());
    if (refusal.status() == 401) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
    }
    exchange.getResponseHeaders().set("Connection", "close");
    send(exchange, refusal.status(), JSON, MAPPER.writeValueAsBytes(body));
  }

  private void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type);
    byte[] sent = body;
    if (body.length > WORTH_ZIPPING && takesGzip(exchange)) {
      headers.set("Content-Encoding", "gzip");
      sent = Assets.zipped(body);
    }
    sendBytes(exchange, status, sent);
  }

  /** Sends step by step, each of which the other side has to take in time. */
  private void sendBytes(HttpExchange exchange, int status, byte[] body) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      watch.write(() -> exchange.sendResponseHeaders(status, -1));
      return;
    }
    long deadline = System.nanoTime() + STEPS * watch.patience().toNanos();
    watch.write(() -> exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length));
    OutputStream out = exchange.getResponseBody();
    for (int at = 0; at < body.length; at += STEP_BYTES) {
      int from = at;
      if (System.nanoTime() - deadline > 0) {
        throw new IOException("the other side is too slow");
      }
      watch.write(() -> out.write(body, from, Math.min(STEP_BYTES, body.length - from)));
    }
    watch.write(out::flush);
  }

  private static boolean takesGzip(HttpExchange exchange) {
    List<String> accepted = exchange.getRequestHeaders().getOrDefault("Accept-Encoding", List.of());
    return accepted.stream().anyMatch(line -> line.contains("gzip"));
  }

  /** Stops listening, and cuts off who still reads. */
  @Override
  public void close() {
    clock.shutdownNow();
    listeners.close();
    server.stop(0);
    threads.shutdownNow();
  }
}
