package dev.sluice.cli.letters;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericRecord;

/**
 * Untrusted bytes → records of one known schema, framed in any way that a topic of the job may be.
 * Which way it is the bytes themselves say, since formats change while old messages stay: a frame
 * counts where the rest is a record to its end.
 */
final class FramedAvro {
  private final PlainAvro format;
  private final long fingerprint;

  FramedAvro(PlainAvro format) {
    this.format = requireNonNull(format, "format is null");
    this.fingerprint = SchemaNormalization.parsingFingerprint64(format.writer());
  }

  /** Returns the record that the bytes are after what frames them; null bytes are none. */
  Optional<GenericRecord> decode(byte[] value) {
    for (Frame frame : Frame.values()) {
      Optional<GenericRecord> record = decode(value, frame);
      if (record.isPresent()) {
        return record;
      }
    }
    return Optional.empty();
  }

  /** Returns the record that the bytes are, if they are framed like this. */
  Optional<GenericRecord> decode(byte[] value, Frame frame) {
    int body = value == null ? Frame.NONE : frame.bodyAt(value, fingerprint);
    return body == Frame.NONE ? Optional.empty() : format.decode(value, body);
  }

  /** Returns where the Avro binary of the record begins, if the bytes are one. */
  OptionalInt bodyAt(byte[] value) {
    for (Frame frame : Frame.values()) {
      if (decode(value, frame).isPresent()) {
        return OptionalInt.of(frame.bodyAt(value, fingerprint));
      }
    }
    return OptionalInt.empty();
  }
}
