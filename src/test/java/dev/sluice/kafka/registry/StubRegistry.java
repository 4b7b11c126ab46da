package dev.sluice.kafka.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A server of HTTP answers that no healthy registry gives, and of a registry's few good ones. */
public final class StubRegistry implements AutoCloseable {
  private final HttpServer server;
  private final String scheme;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, HttpHandler> paths = new ConcurrentHashMap<>();
  private volatile HttpHandler everything;

  /** What was asked, method and path each. */
  public final List<String> requests = new CopyOnWriteArrayList<>();

  /** The header Authorization of each request, or "none". */
  public final List<String> logins = new CopyOnWriteArrayList<>();

  private StubRegistry(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  public static StubRegistry start() {
    return start(0);
  }

  public static StubRegistry start(int port) {
    try {
      return new StubRegistry(
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50),
          "http");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a server with TLS, which asks for a certificate if it is told to. */
  public static StubRegistry start(SSLContext tls, boolean asks) {
    try {
      HttpsServer server =
          HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
      server.setHttpsConfigurator(
          new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
              SSLParameters set = getSSLContext().getDefaultSSLParameters();
              set.setNeedClientAuth(asks);
              parameters.setSSLParameters(set);
            }
          });
      return new StubRegistry(server, "https");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    String login = exchange.getRequestHeaders().getFirst("Authorization");
    logins.add(login == null ? "none" : login);
    exchange.getRequestBody().readAllBytes();
    HttpHandler handler = everything;
    if (handler == null) {
      handler =
          paths.getOrDefault(
              exchange.getRequestURI().toString(),
              answer(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}"));
    }
    try (exchange) {
      handler.handle(exchange);
    }
  }

  /** Answers everything so from now on; null: by the paths. */
  public StubRegistry all(HttpHandler handler) {
    everything = handler;
    return this;
  }

  public StubRegistry on(String path, HttpHandler handler) {
    paths.put(path, handler);
    return this;
  }

  /** Has a schema under an id. */
  public StubRegistry schema(int id, String schema) {
    return on("/schemas/ids/" + id, answer(200, body(schema)));
  }

  public static String body(String schema) {
    return JsonNodeFactory.instance.objectNode().put("schema", schema).toString();
  }

  public static HttpHandler answer(int status, String body) {
    return exchange -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(bytes);
      }
    };
  }

  public String url() {
    return scheme + "://localhost:" + port();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
