package dev.sluice.kafka.registry;

import static dev.sluice.kafka.registry.Registries.id;
import static dev.sluice.kafka.registry.StubRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.RegistryOptions;
import dev.sluice.decode.WriterSchema;
import dev.sluice.metric.RecordedMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SchemaStoreTest {
  private static final WriterSchema LONG = new WriterSchema.Known(Schema.create(Schema.Type.LONG));

  private final StubRegistry registry = StubRegistry.start();
  private final AtomicLong clock = new AtomicLong(5);
  private final List<RegistryReader> readers = new ArrayList<>();
  private final RegistryOptions options =
      Registries.options(registry.url(), "registry.unknown-ttl", "30 s");
  private final SchemaStore store = new SchemaStore(options, "s", new Backoff(5, 20), clock::get);

  @AfterEach
  void stop() {
    readers.forEach(RegistryReader::close);
    registry.close();
  }

  @Test
  void aKnownSchemaIsAskedForOnce() throws InterruptedException {
    registry.schema(5, "\"long\"");
    RegistryReader reader = reader();
    assertThat(reader.known(id(5))).isNull();
    assertThat(reader.await(id(5))).isEqualTo(LONG);
    clock.addAndGet(Duration.ofDays(1000).toNanos());
    assertThat(reader.known(id(5))).isEqualTo(LONG);
    assertThat(reader().await(id(5))).isEqualTo(LONG);
    assertThat(registry.requests).containsExactly("GET /schemas/ids/5");
    assertThat(reader.isWaiting()).isFalse();
  }

  @Test
  void anUnknownSchemaIsAskedForAgainAfterItsTime() throws InterruptedException {
    RegistryReader reader = reader();
    assertThat(reader.await(id(5))).isInstanceOf(WriterSchema.Unknown.class);
    registry.schema(5, "\"long\"");
    clock.addAndGet(Duration.ofSeconds(30).toNanos());
    assertThat(reader.known(id(5))).isInstanceOf(WriterSchema.Unknown.class);
    assertThat(reader.await(id(5))).isInstanceOf(WriterSchema.Unknown.class);
    clock.addAndGet(1);
    assertThat(reader.known(id(5))).isNull();
    assertThat(reader.await(id(5))).isEqualTo(LONG);
    assertThat(registry.requests).hasSize(2);
  }

  @Test
  void severalWhoAskAtOnceAskTogether() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    registry.on(
        "/schemas/ids/5",
        exchange -> {
          hold(end);
          answer(200, StubRegistry.body("\"long\"")).handle(exchange);
        });
    List<CompletableFuture<WriterSchema>> waiters = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      waiters.add(awaiting(reader(), 5));
    }
    await(() -> gauge(readers.get(3), "registry_waiting") == 1);
    end.countDown();
    for (CompletableFuture<WriterSchema> waiter : waiters) {
      assertThat(waiter.get()).isEqualTo(LONG);
    }
    assertThat(registry.requests).hasSize(1);
  }

  @Test
  void anOutageIsWaitedFor() throws Exception {
    registry.schema(5, "\"long\"").all(answer(503, ""));
    RegistryReader reader = reader();
    CompletableFuture<WriterSchema> waiter = awaiting(reader, 5);
    await(() -> registry.requests.size() > 5);
    assertThat(waiter).isNotDone();
    assertThat(reader.isWaiting()).isTrue();
    assertThat(gauge(reader, "registry_waiting")).isEqualTo(1);
    registry.all(null);
    assertThat(waiter.get()).isEqualTo(LONG);
    assertThat(reader.isWaiting()).isFalse();
    assertThat(gauge(reader, "registry_waiting")).isZero();
    assertThat(gauge(reader, "registry_waits_total")).isEqualTo(1);
    assertThat(gauge(reader, "registry_requests_total")).isEqualTo(registry.requests.size());
    assertThat(gauge(reader, "registry_failures_total")).isEqualTo(registry.requests.size() - 1);
    assertThat(gauge(reader, "registry_schemas")).isEqualTo(1);
    assertThat(gauge(reader, "registry_unknown_schemas_total")).isZero();
  }

  /** Its records are dead letters; the source goes on. */
  @Test
  void aSchemaThatIsTooLargeIsUnknown() throws InterruptedException {
    registry.schema(5, "\"" + "x".repeat(2 << 20) + "\"");
    RegistryReader reader = reader();
    assertThat(Registries.why(reader.await(id(5))))
        .isEqualTo("schema id 5 has more than 1048576 bytes, expected as many at most");
    assertThat(registry.requests).hasSize(1);
    assertThat(gauge(reader, "registry_failures_total")).isZero();
    assertThat(gauge(reader, "registry_unknown_schemas_total")).isEqualTo(1);
  }

  /** A page to log in at, however long. */
  @Test
  void aLargePageInPlaceOfASchemaIsWaitedFor() throws Exception {
    registry.schema(5, "\"long\"").all(answer(200, "<html>" + "x".repeat(2 << 20)));
    CompletableFuture<WriterSchema> waiter = awaiting(reader(), 5);
    await(() -> registry.requests.size() > 2);
    registry.all(null);
    assertThat(waiter.get()).isEqualTo(LONG);
  }

  @Test
  void aRefusedLoginIsWaitedForToo() throws Exception {
    registry.schema(5, "\"long\"").all(answer(401, ""));
    CompletableFuture<WriterSchema> waiter = awaiting(reader(), 5);
    await(() -> registry.requests.size() > 2);
    registry.all(null);
    assertThat(waiter.get()).isEqualTo(LONG);
  }

  @Test
  void closingWakesItsWaitersAndNoOthers() throws Exception {
    registry.schema(5, "\"long\"").all(answer(503, ""));
    RegistryReader asking = reader();
    CompletableFuture<WriterSchema> first = awaiting(asking, 5);
    await(() -> !registry.requests.isEmpty());
    RegistryReader joining = reader();
    CompletableFuture<WriterSchema> second = awaiting(joining, 5);
    RegistryReader leaving = reader();
    CompletableFuture<WriterSchema> third = awaiting(leaving, 5);
    await(() -> gauge(joining, "registry_waiting") + gauge(leaving, "registry_waiting") == 2);

    asking.close();
    leaving.close();
    assertThatThrownBy(() -> first.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseInstanceOf(InterruptedException.class);
    assertThatThrownBy(() -> third.get(20, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(InterruptedException.class);
    registry.all(null);
    assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo(LONG);
    assertThatThrownBy(() -> asking.await(id(6))).isInstanceOf(InterruptedException.class);
  }

  @Test
  void aFloodOfUnknownIdsIsKeptFromTheRegistry() throws InterruptedException {
    registry.schema(5, "\"long\"");
    RegistryReader reader = reader();
    for (int i = 0; i < 1_000_000; i++) {
      reader.await(id(1_000 + i));
    }
    assertThat(registry.requests).hasSize(SchemaStore.UNKNOWN_AT_ONCE);
    assertThat(Registries.why(reader.await(id(2_000_000))))
        .isEqualTo(
            "schema id 2000000 was not asked for: of late more than 100 schemas were unknown to the"
                + " registry, which is spared");
    assertThat(reader.known(id(1_000))).isNull(); // no room for a million
    // Nothing that might be known is unknown for long.
    assertThat(reader.await(id(5))).isInstanceOf(WriterSchema.Unknown.class);
    clock.addAndGet(Duration.ofSeconds(6).toNanos());
    assertThat(reader.await(id(5))).isEqualTo(LONG);
    for (int i = 0; i < 1_000; i++) {
      reader.await(id(3_000_000 + i));
    }
    assertThat(registry.requests)
        .hasSize(SchemaStore.UNKNOWN_AT_ONCE + 1 + (int) (6 * SchemaStore.UNKNOWN_PER_SECOND));
  }

  @Test
  void knownSchemasCountForNothing() throws InterruptedException {
    RegistryReader reader = reader();
    for (int i = 0; i < SchemaStore.MAX_KNOWN + 1; i++) {
      registry.schema(i, "\"long\"");
      assertThat(reader.await(id(i))).isEqualTo(LONG);
    }
    assertThat(gauge(reader, "registry_schemas")).isEqualTo(SchemaStore.MAX_KNOWN);
    assertThat(reader.known(id(0))).isNull();
    assertThat(reader.known(id(1))).isEqualTo(LONG);
  }

  @Test
  void equalConfigurationsShareAStoreAsLongAsItIsOpen() throws InterruptedException {
    registry.schema(5, "\"long\"");
    int before = SchemaStores.size();
    var first = new RegistrySchemas(Registries.options(registry.url()), "s").open();
    var same = new RegistrySchemas(Registries.options(registry.url()), "s").open();
    var other =
        new RegistrySchemas(
                Registries.options(registry.url(), "registry.user", "u", "registry.password", "p"),
                "s")
            .open();
    first.await(id(5));
    assertThat(same.known(id(5))).isEqualTo(LONG);
    assertThat(other.known(id(5))).isNull();
    first.close();
    first.close();
    assertThat(SchemaStores.size()).isEqualTo(before + 2);
    same.close();
    other.close();
    assertThat(SchemaStores.size()).isEqualTo(before);
  }

  private RegistryReader reader() {
    RegistryReader reader = new RegistryReader(options, store, () -> {});
    readers.add(reader);
    return reader;
  }

  private static CompletableFuture<WriterSchema> awaiting(RegistryReader reader, int id) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return reader.await(id(id));
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        command -> new Thread(command).start());
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) throws InterruptedException {
    while (!condition.holds()) {
      Thread.sleep(2);
    }
  }

  private static long gauge(RegistryReader reader, String name) {
    RecordedMetrics metrics = new RecordedMetrics();
    reader.register(metrics);
    return (long) metrics.value(name);
  }

  private static void hold(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
