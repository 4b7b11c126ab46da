package dev.sluice.config;

/** How the bytes of a Kafka value tell which schema wrote them. */
public enum WireFormat {
  /** Avro binary alone: the schema is known beforehand. */
  PLAIN("plain"),
  /** Avro's single-object encoding: a marker, the schema's fingerprint, then Avro binary. */
  SINGLE_OBJECT("single-object"),
  /**
   * Confluent's wire format: the schema's id in a registry in front of Avro binary, or a header.
   */
  CONFLUENT("confluent"),
  /** Whichever of these a record has. */
  AUTO("auto");

  private final String text;

  WireFormat(String text) {
    this.text = text;
  }

  /** Returns the value as the option takes it. */
  @Override
  public String toString() {
    return text;
  }
}
