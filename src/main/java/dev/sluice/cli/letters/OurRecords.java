package dev.sluice.cli.letters;

import static java.util.Objects.requireNonNull;

import dev.sluice.avro.Alarm;
import dev.sluice.avro.DataProfile;
import dev.sluice.avro.DeadLetter;
import dev.sluice.avro.Prediction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** Finds out which of the records that the job writes a message is, by its bytes alone. */
final class OurRecords {
  private static final String LETTER_WITHOUT_BOUND = "DeadLetter-without-bound.avsc";
  private static final String LETTER_WITHOUT_RECORD_TRUNCATED =
      "DeadLetter-without-record-truncated.avsc";

  private final FramedAvro formats =
      new FramedAvro(
          List.of(
              new PlainAvro(DeadLetter.getClassSchema()),
              new PlainAvro(Prediction.getClassSchema()),
              new PlainAvro(DataProfile.getClassSchema()),
              new PlainAvro(Alarm.getClassSchema()),
              new PlainAvro(letterWithoutRecordTruncated(), DeadLetter.getClassSchema()),
              new PlainAvro(letterWithoutBound(), DeadLetter.getClassSchema())));

  /** Returns the record that the bytes are to their end, if they are one. */
  Optional<GenericRecord> decode(byte[] value) {
    return formats.decode(value);
  }

  /** Returns whether a record is a dead letter. */
  static boolean isLetter(GenericRecord content) {
    return content.getSchema().equals(DeadLetter.getClassSchema());
  }

  /** Letters wait for long in their topic: those of an earlier schema can be sent back, too. */
  static Schema letterWithoutBound() {
    return schema(LETTER_WITHOUT_BOUND);
  }

  /** As {@link #letterWithoutBound}, of later ones. */
  static Schema letterWithoutRecordTruncated() {
    return schema(LETTER_WITHOUT_RECORD_TRUNCATED);
  }

  private static Schema schema(String file) {
    try (InputStream schema = OurRecords.class.getResourceAsStream(file)) {
      return new Schema.Parser().parse(requireNonNull(schema, file));
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }
}
