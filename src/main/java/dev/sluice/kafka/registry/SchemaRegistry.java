package dev.sluice.kafka.registry;

/** The schemas of outputs in a registry. The one who opens it closes it. */
public interface SchemaRegistry extends AutoCloseable {
  /**
   * Registers a schema under a subject, or finds it there.
   *
   * @param schema the schema as JSON
   * @return its id
   * @throws RegistryException naming registry, subject and reason: it cannot be asked, refuses the
   *     login, or the schema is incompatible with the subject's
   */
  int register(String subject, String schema);

  /**
   * Finds a schema under a subject.
   *
   * @param schema the schema as JSON
   * @return its id
   * @throws RegistryException naming registry, subject and reason: it cannot be asked, refuses the
   *     login, or does not have the schema there
   */
  int lookUp(String subject, String schema);

  @Override
  void close();
}
