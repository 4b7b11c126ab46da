package dev.sluice.decode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Collects defaults of fields of one record, encoded one after the other. */
final class Defaults {
  private final GenericData data;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<FieldReader> readers = new ArrayList<>();

  Defaults(GenericData data) {
    this.data = data;
  }

  /**
   * @param value Avro's generic value of the field's default
   * @param reader reads a value of the field's type
   */
  void add(Schema.Field field, Object value, FieldReader reader) {
    try {
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
      new GenericDatumWriter<Object>(field.schema(), data).write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    readers.add(reader);
  }

  boolean isEmpty() {
    return readers.isEmpty();
  }

  ConstantReader reader() {
    return new ConstantReader(bytes.toByteArray(), SequenceReader.of(readers));
  }
}
