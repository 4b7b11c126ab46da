package dev.sluice.kafka.registry;

import dev.sluice.config.RegistryOptions;
import java.util.HashMap;
import java.util.Map;

/**
 * The stores of this process and of whoever loaded these classes, by configuration. A store goes
 * when its last opening is closed.
 */
final class SchemaStores {
  private record Key(RegistryOptions options, String subject) {}

  private static final class Shared {
    private final SchemaStore store;
    private int openings;

    private Shared(SchemaStore store) {
      this.store = store;
    }
  }

  private static final Map<Key, Shared> STORES = new HashMap<>();

  private SchemaStores() {}

  /** Returns a new opening of the store of a configuration, made if there is none. */
  static RegistryReader open(RegistryOptions options, String subject) {
    Key key = new Key(options, subject);
    synchronized (STORES) {
      Shared shared =
          STORES.computeIfAbsent(
              key,
              k -> new Shared(new SchemaStore(options, subject, Backoff.USUAL, System::nanoTime)));
      RegistryReader reader = new RegistryReader(options, shared.store, () -> release(key));
      shared.openings++;
      return reader;
    }
  }

  /** Returns the store of a configuration as it is open now; null if it is not. */
  static SchemaStore find(RegistryOptions options, String subject) {
    synchronized (STORES) {
      Shared shared = STORES.get(new Key(options, subject));
      return shared == null ? null : shared.store;
    }
  }

  private static void release(Key key) {
    synchronized (STORES) {
      Shared shared = STORES.get(key);
      shared.openings--;
      if (shared.openings == 0) {
        STORES.remove(key);
      }
    }
  }

  /** Returns how many stores there are. */
  static int size() {
    synchronized (STORES) {
      return STORES.size();
    }
  }
}
