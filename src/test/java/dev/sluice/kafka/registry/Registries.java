package dev.sluice.kafka.registry;

import dev.sluice.config.JobOptions;
import dev.sluice.config.OptionReader;
import dev.sluice.config.RegistryOptions;
import dev.sluice.decode.SchemaKey;
import dev.sluice.decode.WriterSchema;
import java.util.HashMap;
import java.util.Map;

/** Options and keys of registries, shortly. */
public final class Registries {
  private Registries() {}

  /** Returns a job's options: a registry, and pairs of key and value. */
  public static JobOptions job(String url, String... more) {
    Map<String, String> values = new HashMap<>();
    values.put("kafka.bootstrap-servers", "127.0.0.1:1");
    values.put("features.schema", "unused");
    values.put("model.uri", "unused");
    values.put("registry.url", url);
    for (int i = 0; i < more.length; i += 2) {
      values.put(more[i], more[i + 1]);
    }
    return OptionReader.read(values);
  }

  static RegistryOptions options(String url, String... more) {
    return job(url, more).registry();
  }

  static SchemaKey id(int id) {
    return new SchemaKey(SchemaKey.Kind.ID, id, 0);
  }

  /** Returns what makes a schema unknown. */
  static String why(WriterSchema answer) {
    return ((WriterSchema.Unknown) answer).why();
  }
}
