package dev.sluice.decode;

import dev.sluice.config.WireFormat;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import org.apache.avro.Schema;

/**
 * Decodes records of any number of writer schemas into rows of one layout: reads what frames a
 * record, finds its schema's decoder, and leaves the rest to that. Used by one thread.
 */
public final class RecordDecoder implements AutoCloseable {
  private final WireFormat format;
  private final FramedRecord frame;
  private final RowDecoder given;
  private final CompiledSchemas<RowDecoder> named;
  private final WriterSchemas.Reader schemas;

  private RecordDecoder(
      RecordDecoding decoding,
      FeatureLayout layout,
      String eventTimeField,
      WriterSchemas.Reader schemas,
      boolean waits) {
    BinaryCursor cursor = new BinaryCursor();
    Schema reader = decoding.reader();
    this.format = decoding.format();
    this.frame = new FramedRecord(format);
    boolean usesGiven = format == WireFormat.PLAIN || format == WireFormat.AUTO;
    this.given =
        usesGiven
            ? RowDecoder.compile(decoding.given(), reader, layout, eventTimeField, cursor)
            : null;
    this.schemas = schemas;
    this.named =
        new CompiledSchemas<>(
            schemas,
            waits,
            writer -> RowDecoder.compile(writer, reader, layout, eventTimeField, cursor));
  }

  /**
   * Opens a decoder, which the caller closes.
   *
   * @param eventTimeField dotted path of the event time, empty for Kafka's timestamp
   * @throws IllegalArgumentException if plain records cannot be read as the reader's schema
   */
  public static RecordDecoder open(
      RecordDecoding decoding, FeatureLayout layout, String eventTimeField) {
    WriterSchemas.Reader schemas = decoding.schemas().open();
    try {
      return new RecordDecoder(decoding, layout, eventTimeField, schemas, true);
    } catch (RuntimeException e) {
      schemas.close();
      throw e;
    }
  }

  /**
   * Returns a decoder that does not wait for schemas.
   *
   * @param schemas stays the caller's
   */
  static RecordDecoder notWaiting(
      RecordDecoding decoding, String eventTimeField, WriterSchemas.Reader schemas) {
    return new RecordDecoder(decoding, EventTimeReader.NO_COLUMNS, eventTimeField, schemas, false);
  }

  /**
   * Decodes one record.
   *
   * @param record one with a value
   * @param row overwritten with the record's values
   * @throws MalformedRecordException if its frame, its schema or its bytes are wrong
   * @throws InterruptedException if the thread is interrupted while it waits for a schema
   * @throws IllegalStateException if it waits for a schema for too long
   */
  public void decode(EncodedRecord record, FeatureRow row)
      throws MalformedRecordException, InterruptedException {
    if (format == WireFormat.PLAIN) {
      given.decode(record, 0, row);
    } else if (!frame.read(record)) {
      decodeUnframed(record, row);
    } else if (format != WireFormat.AUTO || frame.isCertain()) {
      named.find(frame).decode(record, frame.bodyAt(), row);
    } else {
      decodeEither(record, row);
    }
  }

  private void decodeUnframed(EncodedRecord record, FeatureRow row)
      throws MalformedRecordException {
    try {
      given.decode(record, 0, row);
    } catch (MalformedRecordException e) {
      throw new MalformedRecordException(
          e.reason(), "names no schema; as plain: " + e.getMessage());
    }
  }

  /** A plain record may begin with the same bytes as a frame: it is one if it reads as one. */
  private void decodeEither(EncodedRecord record, FeatureRow row)
      throws MalformedRecordException, InterruptedException {
    try {
      named.find(frame).decode(record, frame.bodyAt(), row);
    } catch (MalformedRecordException framed) {
      if (framed == MalformedRecordException.NOT_KNOWN_YET) {
        throw framed;
      }
      try {
        given.decode(record, 0, row);
      } catch (MalformedRecordException plain) {
        throw new MalformedRecordException(
            framed.reason(),
            "as "
                + (frame.kind() == SchemaKey.Kind.FINGERPRINT
                    ? WireFormat.SINGLE_OBJECT
                    : WireFormat.CONFLUENT)
                + ": "
                + framed.getMessage()
                + "; as plain: "
                + plain.getMessage());
      }
    }
  }

  /** Returns for how many schemas that records named it holds decoders, refused ones among them. */
  public int decoders() {
    return named.size();
  }

  @Override
  public void close() {
    schemas.close();
  }
}
