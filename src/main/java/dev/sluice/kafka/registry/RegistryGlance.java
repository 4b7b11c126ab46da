package dev.sluice.kafka.registry;

import dev.sluice.config.RegistryOptions;
import dev.sluice.decode.SchemaKey;
import dev.sluice.decode.WriterSchema;
import dev.sluice.decode.WriterSchemas;

/** Looks at what others of this process have learned, as long as one of them is open. */
record RegistryGlance(RegistryOptions options, String subject) implements WriterSchemas.Reader {
  @Override
  public WriterSchema known(SchemaKey key) {
    SchemaStore store = SchemaStores.find(options, subject);
    return store == null ? null : store.known(key);
  }

  /** Asks nobody: one who glances does not wait. */
  @Override
  public WriterSchema await(SchemaKey key) {
    throw new IllegalStateException("asked for " + key + " by one who only looks");
  }

  @Override
  public boolean isWaiting() {
    SchemaStore store = SchemaStores.find(options, subject);
    return store != null && store.isWaiting();
  }

  @Override
  public void close() {
    // Nothing was opened.
  }
}
