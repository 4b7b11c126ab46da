package dev.sluice.cli.letters;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.WireFormat;
import dev.sluice.decode.FramedRecord;
import dev.sluice.decode.MalformedRecordException;
import dev.sluice.decode.SchemaKey;
import java.util.List;
import java.util.Optional;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Header;

/**
 * Untrusted bytes → records of schemas that are known, framed in any way that a topic of the job
 * may be. Which way it is the bytes themselves say, since formats change while old messages stay,
 * and they are read as the job reads {@link WireFormat#AUTO}: what may be a frame is one where the
 * rest is a record to its end, else the value is plain. A fingerprint has to be that of the schema;
 * an id is taken on trust, since no registry is asked. Not thread-safe.
 */
final class FramedAvro {
  private final List<Format> formats;
  private final FramedRecord frame = new FramedRecord(WireFormat.AUTO);

  /** One schema, and what names it. */
  private record Format(PlainAvro avro, long fingerprint) {
    static Format of(PlainAvro avro) {
      return new Format(avro, SchemaNormalization.parsingFingerprint64(avro.writer()));
    }

    boolean mayBe(SchemaKey key) {
      return key.kind() != SchemaKey.Kind.FINGERPRINT || key.high() == fingerprint;
    }
  }

  /**
   * A record that was found.
   *
   * @param bodyAt where its Avro binary begins in the value
   */
  record Found(GenericRecord record, int bodyAt) {}

  /**
   * @param formats the schemas, the likeliest first
   */
  FramedAvro(List<PlainAvro> formats) {
    this.formats = formats.stream().map(Format::of).toList();
  }

  FramedAvro(PlainAvro format) {
    this(List.of(requireNonNull(format, "format is null")));
  }

  /** Returns the record that the bytes are after what frames them; null bytes are none. */
  Optional<GenericRecord> decode(byte[] value) {
    return find(value, null).map(Found::record);
  }

  /** Returns the record that a message's value is, by its headers and what frames it. */
  Optional<GenericRecord> decode(byte[] value, Iterable<Header> headers) {
    byte[] id = null;
    for (Header header : headers) { // the last one counts
      id = header.key().equals(FramedRecord.HEADER) ? header.value() : id;
    }
    return find(value, id).map(Found::record);
  }

  /**
   * Finds the record that the bytes are. A frame is looked for in all schemas before the bytes are
   * taken for plain: what one calls plain may be another's in a frame.
   *
   * @param id what the header of the schema's id has; null where there is none
   */
  Optional<Found> find(byte[] value, byte[] id) {
    if (value == null) {
      return Optional.empty();
    }
    int body = readFrame(value, id) ? frame.bodyAt() : 0;
    if (body > 0) {
      SchemaKey key = frame.key();
      for (Format format : formats) {
        Optional<GenericRecord> record =
            format.mayBe(key) ? format.avro.decode(value, body) : Optional.empty();
        if (record.isPresent()) {
          return Optional.of(new Found(record.get(), body));
        }
      }
    }
    for (Format format : formats) {
      Optional<GenericRecord> record = format.avro.decode(value);
      if (record.isPresent()) {
        return Optional.of(new Found(record.get(), 0));
      }
    }
    return Optional.empty();
  }

  /** Returns whether there may be a frame; a header that is none leaves it to the bytes. */
  private boolean readFrame(byte[] value, byte[] id) {
    try {
      return frame.read(value, id);
    } catch (MalformedRecordException e) {
      return id != null && readFrame(value, null);
    }
  }
}
