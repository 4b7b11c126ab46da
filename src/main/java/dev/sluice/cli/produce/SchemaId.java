package dev.sluice.cli.produce;

import dev.sluice.config.RegistryOptions;
import dev.sluice.config.SubjectNames;
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
    String subject = subject(options.subjects(), topic, schema);
    return options.register()
        ? registry.register(subject, schema.toString())
        : registry.lookUp(subject, schema.toString());
  }

  static String subject(SubjectNames names, String topic, Schema schema) {
    return switch (names) {
      case TOPIC -> topic + "-value";
      case RECORD -> schema.getFullName();
      case TOPIC_RECORD -> topic + "-" + schema.getFullName();
    };
  }
}
