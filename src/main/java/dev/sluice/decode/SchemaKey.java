package dev.sluice.decode;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * What a message says about the schema that wrote it.
 *
 * @param kind what kind of number it is
 * @param high the id or the fingerprint; of a GUID its upper half
 * @param low of a GUID its lower half; else 0
 */
public record SchemaKey(Kind kind, long high, long low) {
  /** Says nothing: the schema is given beforehand. */
  public static final SchemaKey GIVEN = new SchemaKey(Kind.GIVEN, 0, 0);

  /** Which kind of number it is. */
  public enum Kind {
    /** None. */
    GIVEN,
    /** An id of a schema registry, a signed 32-bit number. */
    ID,
    /** A GUID of a schema registry. */
    GUID,
    /** A CRC-64-AVRO of a schema's parsing canonical form. */
    FINGERPRINT
  }

  public SchemaKey {
    requireNonNull(kind, "kind is null");
  }

  /** Returns what it is, for a message: {@code schema id 7}. */
  public String name() {
    return switch (kind) {
      case GIVEN -> "the given schema";
      case ID -> "schema id " + high;
      case GUID -> "schema GUID " + new UUID(high, low);
      case FINGERPRINT -> "schema fingerprint %016x".formatted(high);
    };
  }
}
