package dev.sluice.pipeline;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.WireFormat;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.function.IntFunction;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.BinaryMessageDecoder;

/** Reads values of one format as a consumer does that has Avro's library and a registry alone. */
final class ForeignReader {
  private final WireFormat format;
  private final Schema schema;
  private final IntFunction<Schema> registry;

  /**
   * @param schema that of the topic, as it is published
   * @param registry the schemas by their ids; null for none
   */
  ForeignReader(WireFormat format, Schema schema, IntFunction<Schema> registry) {
    this.format = requireNonNull(format, "format is null");
    this.schema = requireNonNull(schema, "schema is null");
    this.registry = registry;
  }

  GenericRecord read(byte[] value) throws IOException {
    ByteArrayInputStream bytes = new ByteArrayInputStream(value);
    GenericRecord record =
        switch (format) {
          case PLAIN -> read(bytes, schema);
          case SINGLE_OBJECT ->
              new BinaryMessageDecoder<GenericRecord>(GenericData.get(), schema).decode(bytes);
          case CONFLUENT -> read(bytes, registry.apply(id(bytes)));
          case AUTO -> throw new IllegalArgumentException("no consumer reads " + format);
        };
    if (bytes.available() > 0) {
      throw new IOException(bytes.available() + " bytes follow a " + schema.getName());
    }
    return record;
  }

  private static int id(ByteArrayInputStream bytes) throws IOException {
    DataInputStream in = new DataInputStream(bytes);
    int magic = in.readByte();
    if (magic != 0) {
      throw new IOException("the first byte is " + magic + ", expected 0");
    }
    return in.readInt();
  }

  private GenericRecord read(ByteArrayInputStream bytes, Schema writer) throws IOException {
    return new GenericDatumReader<GenericRecord>(writer, schema)
        .read(null, DecoderFactory.get().directBinaryDecoder(bytes, null));
  }
}
