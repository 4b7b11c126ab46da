package dev.sluice.encode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/** Generated records → Avro binary, for what is written rarely. */
final class AvroBytes {
  private AvroBytes() {}

  static byte[] of(SpecificRecordBase record) {
    return of(record, OutputFraming.NONE);
  }

  static byte[] of(SpecificRecordBase record, OutputFraming framing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    framing.writeTo(bytes);
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    try {
      new SpecificDatumWriter<SpecificRecordBase>(record.getSchema()).write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + record.getSchema().getName() + " to memory", e);
    }
    return bytes.toByteArray();
  }
}
