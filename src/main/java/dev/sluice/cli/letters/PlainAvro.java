package dev.sluice.cli.letters;

import static java.util.Objects.requireNonNull;

import dev.sluice.decode.MalformedRecordException;
import dev.sluice.decode.RowDecoder;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Untrusted bytes → records of one schema, in plain Avro binary. The bytes are gone through as the
 * job does before Avro's own reader, which believes lengths and depths, has them: one that is a lie
 * is found out before memory is taken for it. Not thread-safe.
 */
public final class PlainAvro {
  private static final FeatureLayout NONE = new FeatureLayout(List.of(), List.of());

  private final Schema writer;
  private final RowDecoder whole;
  private final FeatureRow row = new FeatureRow(NONE);
  private final GenericDatumReader<GenericRecord> reader;
  private BinaryDecoder decoder;

  public PlainAvro(Schema schema) {
    this(schema, schema);
  }

  /**
   * @param writer what the bytes were written by
   * @param reader what the records shall have; it can read what the writer has written
   */
  PlainAvro(Schema writer, Schema reader) {
    this.writer = requireNonNull(writer, "writer is null");
    this.whole = RowDecoder.compile(writer, NONE, "");
    this.reader = new GenericDatumReader<>(writer, reader, new GenericData());
  }

  /** Returns what the bytes were written by. */
  Schema writer() {
    return writer;
  }

  /** Returns the record that the bytes are to their end, if they are one; null bytes are none. */
  public Optional<GenericRecord> decode(byte[] value) {
    return value == null ? Optional.empty() : decode(value, 0);
  }

  /**
   * Returns the record that the bytes are from a place on to their end, if they are one.
   *
   * @param from 0 to the number of bytes
   */
  Optional<GenericRecord> decode(byte[] value, int from) {
    try {
      whole.decode(new EncodedRecord("", 0, 0, -1, null, value, Header.NONE), from, row);
      decoder = DecoderFactory.get().binaryDecoder(value, from, value.length - from, decoder);
      return Optional.of(reader.read(null, decoder));
    } catch (MalformedRecordException
        | IOException
        | AvroRuntimeException
        | IndexOutOfBoundsException
        | UnsupportedOperationException e) { // what Avro has for an impossible length
      return Optional.empty();
    }
  }
}
