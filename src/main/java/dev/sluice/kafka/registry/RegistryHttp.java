package dev.sluice.kafka.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sluice.config.RegistryOptions;
import dev.sluice.kafka.secret.SecretException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;

/**
 * Requests to a registry, one at a time and thread. Answers are bounded in size and time; redirects
 * are not followed, since they would carry the login elsewhere. Secrets are read at each request.
 * {@link #close} breaks off what is under way.
 *
 * <p>By HttpURLConnection, because a client that keeps threads would outlive the job's classes.
 */
final class RegistryHttp implements AutoCloseable {
  /** The most bytes that an answer may have. */
  static final int MAX_ANSWER_BYTES = 1 << 20;

  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final RegistryOptions options;
  private final Runnable requested;
  private final String url;
  private final int timeoutMillis;
  private final Set<HttpURLConnection> underWay = ConcurrentHashMap.newKeySet();
  private volatile Optional<SSLSocketFactory> sockets;
  private volatile boolean closed;

  /**
   * @param options with a URL
   * @param requested called before each request
   */
  RegistryHttp(RegistryOptions options, Runnable requested) {
    this.options = options;
    this.requested = requested;
    this.url = options.url().orElseThrow().replaceAll("/+$", "");
    this.timeoutMillis = (int) Math.min(Integer.MAX_VALUE, options.timeout().toMillis());
  }

  /** Returns the registry's address, which holds no secret. */
  String url() {
    return url;
  }

  /** Asks for what is at a path below the registry's address. */
  Answer get(String path) throws NoAnswerException {
    return exchange(path, null);
  }

  /** Sends JSON to a path below the registry's address. */
  Answer post(String path, JsonNode json) throws NoAnswerException {
    return exchange(path, json.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Returns what to say of an answer that nobody expects: somebody else's, not a registry's. */
  NoAnswerException unexpected(String path, Answer answer) {
    return NoAnswerException.mistake(
        "registry "
            + url
            + " answers "
            + answer.status()
            + " to "
            + path
            + " as no registry does; is "
            + RegistryOptions.URL.key()
            + " the root of Confluent's API?",
        null);
  }

  private Answer exchange(String path, byte[] body) throws NoAnswerException {
    HttpURLConnection connection = null;
    requested.run();
    try {
      connection = prepared(path);
      underWay.add(connection);
      if (closed) {
        throw new IOException("closed");
      }
      if (body != null) {
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", MEDIA_TYPE);
        try (OutputStream out = connection.getOutputStream()) {
          out.write(body);
        }
      }
      return answer(path, connection);
    } catch (RegistryException | SecretException e) {
      throw NoAnswerException.mistake(e.getMessage(), e);
    } catch (SSLException e) {
      sockets = null; // Read anew next time: perhaps somebody puts a better certificate there.
      throw NoAnswerException.mistake("no TLS with registry " + url + ": " + OneLine.of(e), e);
    } catch (SocketTimeoutException e) {
      throw NoAnswerException.outage(
          "registry " + url + " does not answer within " + timeoutMillis + " ms", e);
    } catch (IOException e) {
      throw NoAnswerException.outage("registry " + url + " does not answer: " + OneLine.of(e), e);
    } catch (RuntimeException e) {
      if (!closed) {
        throw e;
      }
      // Java's connection has no lock against being ended by another thread: it meets a null.
      throw NoAnswerException.outage("registry " + url + " does not answer: closed", e);
    } finally {
      if (connection != null) {
        underWay.remove(connection);
      }
    }
  }

  private HttpURLConnection prepared(String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(url + path).toURL().openConnection();
    connection.setConnectTimeout(timeoutMillis);
    connection.setReadTimeout(timeoutMillis);
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setAuthenticator(new Nobody());
    connection.setRequestProperty("Accept", MEDIA_TYPE + ", application/json");
    connection.setRequestProperty("User-Agent", "sluice");
    RegistryLogin.header(options)
        .ifPresent(login -> connection.setRequestProperty("Authorization", login));
    if (connection instanceof HttpsURLConnection secure) {
      if (sockets == null) {
        sockets = RegistryTls.sockets(options);
      }
      sockets.ifPresent(secure::setSSLSocketFactory);
    }
    return connection;
  }

  /** Knows no password, so that Java's default does not send one on our behalf. */
  private static final class Nobody extends Authenticator {}

  private Answer answer(String path, HttpURLConnection connection)
      throws IOException, NoAnswerException {
    long end = System.nanoTime() + timeoutMillis * 1_000_000L;
    int status = connection.getResponseCode();
    byte[] bytes = bytes(path, connection, end);
    if (status == 401 || status == 403) {
      throw NoAnswerException.mistake(
          "registry "
              + url
              + " refuses us ("
              + status
              + "), shown was "
              + RegistryLogin.described(options),
          null);
    }
    if (status == 408 || status == 425 || status == 429 || status >= 500) {
      throw NoAnswerException.outage("registry " + url + " answers " + status, null);
    }
    if (status >= 300 && status < 400) {
      throw NoAnswerException.mistake(
          "registry " + url + " answers " + status + ", a redirect, which is not followed", null);
    }
    JsonNode json;
    try {
      json = JSON.readTree(bytes);
    } catch (StreamConstraintsException e) {
      String name = "a name, number or depth that is not read: " + e.getOriginalMessage();
      throw tooLarge(path, status, bytes, name, "a smaller one");
    } catch (JsonProcessingException e) {
      json = MissingNode.getInstance();
    }
    Answer answer = new Answer(status, json);
    if (status < 200 || answer.isOk() && json.isMissingNode()) {
      throw unexpected(path, answer);
    }
    return answer;
  }

  private byte[] bytes(String path, HttpURLConnection connection, long end)
      throws IOException, NoAnswerException {
    try (InputStream in =
        connection.getResponseCode() < 400
            ? connection.getInputStream()
            : connection.getErrorStream()) {
      if (in == null) {
        return new byte[0];
      }
      byte[] bytes = new byte[8192];
      int length = 0;
      for (int n; (n = in.read(bytes, length, bytes.length - length)) >= 0; ) {
        length += n;
        if (length > MAX_ANSWER_BYTES) {
          connection.disconnect();
          String bound = "more than %d bytes".formatted(MAX_ANSWER_BYTES);
          throw tooLarge(path, connection.getResponseCode(), bytes, bound, "as many at most");
        }
        if (System.nanoTime() > end) {
          connection.disconnect();
          throw new SocketTimeoutException("slow");
        }
        if (length == bytes.length) {
          bytes = Arrays.copyOf(bytes, Math.min(2 * length, MAX_ANSWER_BYTES + 1));
        }
      }
      return Arrays.copyOf(bytes, length);
    }
  }

  /** An object is what was asked for; a page is somebody else's answer, whatever its status. */
  private NoAnswerException tooLarge(
      String path, int status, byte[] beginning, String got, String expected) {
    String message = "registry %s answers %d to %s with %s".formatted(url, status, path, got);
    boolean isObject = new String(beginning, StandardCharsets.UTF_8).stripLeading().startsWith("{");
    return status >= 200 && status < 300 && isObject
        ? new TooLargeException(message, got + ", expected " + expected)
        : NoAnswerException.mistake(message, null);
  }

  /**
   * Breaks off all requests; later ones fail. One that is just about to connect can escape, and
   * goes on until it is answered or its time is over.
   */
  @Override
  public void close() {
    closed = true;
    underWay.forEach(HttpURLConnection::disconnect);
  }
}
