package dev.sluice.kafka.registry;

import dev.sluice.config.RegistryOptions;
import dev.sluice.decode.SchemaKey;
import dev.sluice.decode.WriterSchema;
import dev.sluice.decode.WriterSchemas;
import java.time.Duration;
import org.apache.flink.metrics.MetricGroup;

/** One opening of a {@link SchemaStore}: its own requests, so that closing breaks off no others. */
final class RegistryReader implements WriterSchemas.Reader {
  private final SchemaStore store;
  private final Runnable release;
  private final RegistryCounts counts = new RegistryCounts();
  private final RegistryHttp http;
  private volatile boolean closed;

  /**
   * @param release called once, on closing
   */
  RegistryReader(RegistryOptions options, SchemaStore store, Runnable release) {
    this.store = store;
    this.release = release;
    this.http = new RegistryHttp(options, counts::requested);
  }

  @Override
  public WriterSchema known(SchemaKey key) {
    return store.known(key);
  }

  @Override
  public WriterSchema await(SchemaKey key) throws InterruptedException {
    return awaitUntil(key, System.nanoTime() + Long.MAX_VALUE / 2);
  }

  @Override
  public WriterSchema await(SchemaKey key, Duration atMost) throws InterruptedException {
    return awaitUntil(key, System.nanoTime() + atMost.toNanos());
  }

  private WriterSchema awaitUntil(SchemaKey key, long deadline) throws InterruptedException {
    WriterSchema known = store.known(key);
    if (known != null) {
      return known;
    }
    counts.waitBegins();
    try {
      return store.await(key, this, deadline);
    } finally {
      counts.waitEnds();
    }
  }

  @Override
  public boolean isWaiting() {
    return store.isWaiting();
  }

  @Override
  public void register(MetricGroup metrics) {
    counts.register(metrics, store::size);
  }

  RegistryHttp http() {
    return http;
  }

  RegistryCounts counts() {
    return counts;
  }

  /**
   * @throws InterruptedException if this is closed
   */
  void requireOpen() throws InterruptedException {
    if (closed) {
      throw new InterruptedException("the registry is closed");
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    http.close();
    store.wake();
    release.run();
  }
}
