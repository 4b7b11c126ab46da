package dev.sluice.decode;

import static java.util.Objects.requireNonNull;

import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** What is known of a schema that wrote a message. */
public sealed interface WriterSchema {
  /**
   * Returns about how much there is of it, in characters: what keeps many of them bounds the sum.
   */
  int size();

  /**
   * It is known.
   *
   * @param schema the schema
   */
  record Known(Schema schema) implements WriterSchema {
    public Known {
      requireNonNull(schema, "schema is null");
    }

    /** Returns the length of its JSON; of one nested too deep to be written, the largest number. */
    @Override
    public int size() {
      try {
        return schema.toString().length();
      } catch (AvroRuntimeException | StackOverflowError e) {
        return Integer.MAX_VALUE;
      }
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

    @Override
    public int size() {
      return why.length();
    }
  }
}
