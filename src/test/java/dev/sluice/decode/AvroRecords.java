package dev.sluice.decode;

import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** Avro's own writer and reader, which the decoder is compared with. */
final class AvroRecords {
  static final long KAFKA_TIMESTAMP = 1_700_000_000_000L;

  private AvroRecords() {}

  static Schema schema(String fields) {
    return new Schema.Parser()
        .parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}");
  }

  static byte[] write(GenericRecord record) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    return write(record, EncoderFactory.get().binaryEncoder(out, null), out);
  }

  /** Writes arrays and maps in blocks with a negative count and their size in bytes. */
  static byte[] writeBlocks(GenericRecord record) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    EncoderFactory factory = new EncoderFactory().configureBlockSize(64);
    return write(record, factory.blockingBinaryEncoder(out, null), out);
  }

  private static byte[] write(
      GenericRecord record, BinaryEncoder encoder, ByteArrayOutputStream out) {
    try {
      new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static GenericRecord read(Schema schema, byte[] bytes) {
    try {
      return new GenericDatumReader<GenericRecord>(schema)
          .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static EncodedRecord encoded(byte[] value) {
    return new EncodedRecord("features", 1, 7, KAFKA_TIMESTAMP, null, value, Header.NONE);
  }

  /** A layout of scalar columns that no model input takes. */
  static FeatureLayout layout(Schema schema, String... paths) {
    return layout(Arrays.stream(paths).map(p -> FeatureFields.column(schema, p, 1)).toList());
  }

  static FeatureLayout layout(List<FeatureColumn> columns) {
    return new FeatureLayout(columns, List.of());
  }

  static FeatureRow decode(Schema schema, FeatureLayout layout, String eventTime, byte[] bytes)
      throws MalformedRecordException {
    FeatureRow row = new FeatureRow(layout);
    RowDecoder.compile(schema, layout, eventTime).decode(encoded(bytes), row);
    return row;
  }
}
