package dev.sluice.report.console;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Those who listen to server-sent events: each is told what has changed, not how, at most {@value
 * #PER_SECOND} times a second, and hears from the server every {@link #HEARTBEAT} otherwise. There
 * is nothing to queue: changes that a slow one missed look like one. Who takes nothing is cut off;
 * a browser comes back. Owns a thread per listener, and a bounded number of them.
 */
final class EventClients implements AutoCloseable {
  static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final int PER_SECOND = 4;

  private final Changes changes;
  private final int most;
  private final WriteWatch watch;
  private final ExecutorService threads;
  private final Set<Client> clients = ConcurrentHashMap.newKeySet();

  /**
   * @param most how many may listen at a time, 1 or more
   * @param watch cuts off who takes nothing
   */
  EventClients(Changes changes, int most, WriteWatch watch) {
    this.changes = changes;
    this.most = most;
    this.watch = watch;
    this.threads =
        new ThreadPoolExecutor(
            0,
            most,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            DaemonThreads.named("console-events"));
  }

  /** Returns how many listen. */
  int count() {
    return clients.size();
  }

  /**
   * Takes over an exchange whose headers have not been sent.
   *
   * @throws Refusal if too many listen already
   */
  void add(HttpExchange exchange) {
    Client client = new Client(exchange);
    try {
      threads.execute(client);
    } catch (RejectedExecutionException e) {
      throw new Refusal(503, "listeners to events", most + " already", "fewer; try again later");
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private final class Client implements Runnable {
    private final HttpExchange exchange;

    Client(HttpExchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public void run() {
      clients.add(this);
      try (exchange) {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        watch.write(() -> exchange.sendResponseHeaders(200, 0));
        send("retry: 2000\n\n");
        long[] seen = changes.counts();
        send(event(seen));
        while (!Thread.currentThread().isInterrupted()) {
          long[] now = changes.await(seen, HEARTBEAT);
          send(Arrays.equals(seen, now) ? ":\n\n" : event(now));
          seen = now;
          Thread.sleep(1000 / PER_SECOND);
        }
      } catch (IOException e) {
        // gone: there is nobody to tell
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // the server closes
      } finally {
        clients.remove(this);
      }
    }

    private void send(String text) throws IOException {
      OutputStream body = exchange.getResponseBody();
      watch.write(
          () -> {
            body.write(text.getBytes(StandardCharsets.UTF_8));
            body.flush();
          });
    }
  }

  private static String event(long[] counts) {
    StringBuilder data = new StringBuilder("event: changed\ndata: {");
    for (Changes.Subject subject : Changes.Subject.values()) {
      data.append(subject.ordinal() == 0 ? "" : ",")
          .append('"')
          .append(subject.name().toLowerCase(Locale.ROOT))
          .append("\":")
          .append(counts[subject.ordinal()]);
    }
    return data.append("}\n\n").toString();
  }
}
