package dev.sluice.decode;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.WireFormat;
import java.io.Serializable;
import org.apache.avro.Schema;

/**
 * How feature records are read: what frames them, and which schemas they are written with and read
 * as. Travels with the job, schemas as JSON.
 *
 * @param format how records are framed
 * @param readerSchema the schema that the layout is planned from
 * @param givenSchema the schema that plain records are written with; often the same
 * @param schemas where the schemas that records name are found
 */
public record RecordDecoding(
    WireFormat format, String readerSchema, String givenSchema, WriterSchemas schemas)
    implements Serializable {
  public RecordDecoding {
    requireNonNull(format, "format is null");
    requireNonNull(readerSchema, "readerSchema is null");
    requireNonNull(givenSchema, "givenSchema is null");
    requireNonNull(schemas, "schemas is null");
  }

  /** Returns how plain records are read that are written as they are read. */
  public static RecordDecoding plain(Schema schema) {
    return new RecordDecoding(
        WireFormat.PLAIN, schema.toString(), schema.toString(), WriterSchemas.NONE);
  }

  /** Returns the schema that the layout is planned from. */
  public Schema reader() {
    return new Schema.Parser().parse(readerSchema);
  }

  /** Returns the schema that plain records are written with. */
  public Schema given() {
    return new Schema.Parser().parse(givenSchema);
  }
}
