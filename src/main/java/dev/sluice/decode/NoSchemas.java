package dev.sluice.decode;

/** Knows no schema: there is no registry. */
enum NoSchemas implements WriterSchemas, WriterSchemas.Reader {
  /** The only one. */
  INSTANCE;

  @Override
  public Reader open() {
    return this;
  }

  @Override
  public WriterSchema known(SchemaKey key) {
    return new WriterSchema.Unknown(
        key.name()
            + " is unknown, expected one of features.schemas, or of a registry: registry.url is not given");
  }

  @Override
  public WriterSchema await(SchemaKey key) {
    return known(key);
  }

  @Override
  public boolean isWaiting() {
    return false;
  }

  @Override
  public void close() {}
}
