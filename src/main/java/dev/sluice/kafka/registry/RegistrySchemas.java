package dev.sluice.kafka.registry;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.RegistryOptions;
import dev.sluice.decode.WriterSchemas;

/**
 * Writer schemas from a registry: by id and by GUID, and those of one subject by fingerprint. Equal
 * configurations share what they learn in a process, whoever opens them.
 */
public final class RegistrySchemas implements WriterSchemas {
  private static final long serialVersionUID = 1L;

  private final RegistryOptions options;
  private final String subject;

  /**
   * @param options with a URL
   * @param subject of the features, for fingerprints; empty if none is to be found
   */
  public RegistrySchemas(RegistryOptions options, String subject) {
    if (options.url().isEmpty()) {
      throw new IllegalArgumentException(
          RegistryOptions.URL.key() + " is missing, expected a registry");
    }
    this.options = options;
    this.subject = requireNonNull(subject, "subject is null");
  }

  @Override
  public Reader open() {
    return SchemaStores.open(options, subject);
  }

  @Override
  public Reader glance() {
    return new RegistryGlance(options, subject);
  }

  @Override
  public String toString() {
    return "RegistrySchemas[" + options + ", subject=" + subject + "]";
  }
}
