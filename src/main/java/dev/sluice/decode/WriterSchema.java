package dev.sluice.decode;

import static java.util.Objects.requireNonNull;

import org.apache.avro.Schema;

/** What is known of a schema that wrote a message. */
public sealed interface WriterSchema {
  /**
   * It is known.
   *
   * @param schema the schema
   */
  record Known(Schema schema) implements WriterSchema {
    public Known {
      requireNonNull(schema, "schema is null");
    }
  }

  /**
   * Whoever should know it does not.
   *
   * @param why who does not know what, for a dead letter
   */
  record Unknown(String why) implements WriterSchema {
    public Unknown {
      requireNonNull(why, "why is null");
    }
  }
}
