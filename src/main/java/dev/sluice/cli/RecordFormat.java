package dev.sluice.cli;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** Avro records of one schema ↔ plain Avro binary, for producers and readers of few records. */
final class RecordFormat {
  private final Schema schema;
  private final GenericDatumWriter<GenericRecord> writer;
  private final GenericDatumReader<GenericRecord> reader;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
  private BinaryEncoder encoder;

  RecordFormat(Schema schema) {
    this.schema = requireNonNull(schema, "schema is null");
    this.writer = new NullableWriter(schema);
    this.reader = new GenericDatumReader<>(schema, schema, new GenericData());
  }

  /** Finds the branch of a union with null at once, which else takes as long as the writing. */
  private static final class NullableWriter extends GenericDatumWriter<GenericRecord> {
    NullableWriter(Schema schema) {
      super(schema);
    }

    @Override
    protected int resolveUnion(Schema union, Object datum) {
      List<Schema> branches = union.getTypes();
      if (branches.size() == 2) {
        boolean nullFirst = branches.get(0).getType() == Schema.Type.NULL;
        boolean nullLast = branches.get(1).getType() == Schema.Type.NULL;
        if (nullFirst != nullLast) {
          return (datum == null) == nullFirst ? 0 : 1;
        }
      }
      return super.resolveUnion(union, datum);
    }
  }

  Schema schema() {
    return schema;
  }

  byte[] encode(GenericRecord record) {
    bytes.reset();
    encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
    try {
      writer.write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  GenericRecord decode(byte[] value) {
    try {
      return reader.read(null, DecoderFactory.get().binaryDecoder(value, null));
    } catch (IOException e) {
      throw new UncheckedIOException("value is no " + schema.getName(), e);
    }
  }
}
