package dev.sluice.cli.produce;

import dev.sluice.config.RegistryOptions;
import dev.sluice.kafka.registry.SchemaRegistry;
import org.apache.avro.Schema;

/** Asks a registry for the id of the schema that records are written with. */
public final class SchemaId {
  private SchemaId() {}

  /**
   * Registers the schema of a topic's values, or finds it there where the options say so.
   *
   * @throws dev.sluice.kafka.registry.RegistryException naming registry, subject and reason
   */
  public static int of(
      SchemaRegistry registry, RegistryOptions options, String topic, Schema schema) {
    String subject = options.subjects().of(topic, schema.getFullName());
    return options.register()
        ? registry.register(subject, schema.toString())
        : registry.lookUp(subject, schema.toString());
  }
}
