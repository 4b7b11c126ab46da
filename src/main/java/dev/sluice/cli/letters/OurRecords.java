package dev.sluice.cli.letters;

import dev.sluice.avro.DataProfile;
import dev.sluice.avro.DeadLetter;
import dev.sluice.avro.Prediction;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;

/** Finds out which of the records that the job writes a message is, by its bytes alone. */
final class OurRecords {
  private final List<PlainAvro> formats =
      List.of(
          new PlainAvro(DeadLetter.getClassSchema()),
          new PlainAvro(Prediction.getClassSchema()),
          new PlainAvro(DataProfile.getClassSchema()));

  /** Returns the record that the bytes are to their end, if they are one. */
  Optional<GenericRecord> decode(byte[] value) {
    return formats.stream().flatMap(format -> format.decode(value).stream()).findFirst();
  }

  /** Returns whether a record is a dead letter. */
  static boolean isLetter(GenericRecord content) {
    return content.getSchema().equals(DeadLetter.getClassSchema());
  }
}
