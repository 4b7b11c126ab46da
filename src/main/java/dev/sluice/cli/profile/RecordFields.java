package dev.sluice.cli.profile;

import dev.sluice.config.WireFormat;
import dev.sluice.decode.FramedRecord;
import dev.sluice.decode.MalformedRecordException;
import dev.sluice.decode.RecordDecoding;
import dev.sluice.decode.RowDecoder;
import dev.sluice.decode.SchemaKey;
import dev.sluice.decode.WriterSchema;
import dev.sluice.decode.WriterSchemas;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Some top-level fields of encoded records, as Avro's generic values. Which schema wrote a record
 * is found as the decoder finds it. Used by one thread.
 */
public final class RecordFields implements AutoCloseable {
  private static final FeatureLayout NONE = new FeatureLayout(List.of(), List.of());
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** So many writer schemas are held, as many as the decoder holds. */
  private static final int MOST = 1_000;

  private final FramedRecord frame;
  private final Schema some;
  private final Reading given;
  private final WriterSchemas.Reader schemas;
  private final Map<SchemaKey, Reading> named = new HashMap<>();

  private RecordFields(
      WireFormat format,
      Schema reader,
      Schema given,
      WriterSchemas schemas,
      Collection<String> names) {
    List<Schema.Field> fields =
        reader.getFields().stream()
            .filter(field -> names.contains(field.name()))
            .map(field -> new Schema.Field(field, field.schema()))
            .toList();
    this.frame = new FramedRecord(format);
    this.some = Schema.createRecord(reader.getName(), null, reader.getNamespace(), false, fields);
    reader.getAliases().forEach(some::addAlias);
    boolean usesGiven = format == WireFormat.PLAIN || format == WireFormat.AUTO;
    this.given = usesGiven ? new Reading(given, some) : null;
    this.schemas = schemas.open();
  }

  /**
   * Returns what reads records of one schema that nothing frames.
   *
   * @param names fields of it
   */
  static RecordFields plain(Schema schema, Collection<String> names) {
    return new RecordFields(WireFormat.PLAIN, schema, schema, WriterSchemas.NONE, names);
  }

  /**
   * Opens what reads records of any writer's schema.
   *
   * @param names fields of the reader's schema
   */
  static RecordFields of(RecordDecoding decoding, Collection<String> names) {
    return new RecordFields(
        decoding.format(), decoding.reader(), decoding.given(), decoding.schemas(), names);
  }

  /**
   * Returns the fields of a record, valid until the next; null where the bytes are no record that
   * can be read.
   *
   * @throws IllegalStateException if the schema is not found in time
   */
  GenericRecord of(EncodedRecord encoded) {
    try {
      boolean isNamed = frame.read(encoded);
      if (isNamed) {
        Reading reading = named(frame.key());
        GenericRecord record = reading == null ? null : reading.of(encoded, frame.bodyAt());
        if (record != null || frame.bodyAt() == 0) { // a header leaves no doubt
          return record;
        }
      }
      return given == null ? null : given.of(encoded, 0);
    } catch (MalformedRecordException e) {
      return null; // whoever decodes the record says what is wrong with it
    }
  }

  private Reading named(SchemaKey key) {
    Reading reading = named.get(key);
    if (reading == null && find(key) instanceof WriterSchema.Known known) {
      try {
        reading = new Reading(known.schema(), some);
      } catch (IllegalArgumentException | AvroRuntimeException e) {
        return null; // as above
      }
      if (named.size() == MOST) {
        named.clear();
      }
      named.put(key, reading);
    }
    return reading;
  }

  private WriterSchema find(SchemaKey key) {
    try {
      WriterSchema answer = schemas.await(key, PATIENCE);
      if (answer == null) {
        throw new IllegalStateException(
            key.name() + ": the registry did not answer within " + PATIENCE.toSeconds() + " s");
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + key.name(), e);
    }
  }

  @Override
  public void close() {
    schemas.close();
  }

  /** Reads records of one writer's schema. */
  private static final class Reading {
    private final RowDecoder whole;
    private final FeatureRow row = new FeatureRow(NONE);
    private final GenericDatumReader<GenericRecord> reader;
    private BinaryDecoder decoder;
    private GenericRecord record;

    Reading(Schema writer, Schema some) {
      this.whole = RowDecoder.compile(writer, NONE, "");
      this.reader = new GenericDatumReader<>(writer, some, new GenericData());
    }

    /** Returns the fields of a record that begins in its value; null where it is none. */
    GenericRecord of(EncodedRecord encoded, int bodyAt) {
      try {
        // Avro's own reader believes the lengths that are written, so they are checked first.
        whole.decode(encoded, bodyAt, row);
        byte[] value = encoded.value();
        decoder = DecoderFactory.get().binaryDecoder(value, bodyAt, value.length - bodyAt, decoder);
        record = reader.read(record, decoder);
        return record;
      } catch (MalformedRecordException | IOException | AvroRuntimeException e) {
        return null; // whoever decodes the record says what is wrong with it
      }
    }
  }
}
