package dev.sluice.cli.profile;

import dev.sluice.decode.MalformedRecordException;
import dev.sluice.decode.RowDecoder;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** Some top-level fields of encoded records, as Avro's generic values. Used by one thread. */
final class RecordFields {
  private static final FeatureLayout NONE = new FeatureLayout(List.of(), List.of());

  private final RowDecoder whole;
  private final FeatureRow row = new FeatureRow(NONE);
  private final GenericDatumReader<GenericRecord> reader;
  private BinaryDecoder decoder;
  private GenericRecord record;

  /**
   * @param schema the schema that records are written with
   * @param names fields of it
   */
  RecordFields(Schema schema, Collection<String> names) {
    List<Schema.Field> fields =
        schema.getFields().stream()
            .filter(field -> names.contains(field.name()))
            .map(field -> new Schema.Field(field, field.schema()))
            .toList();
    Schema some = Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, fields);
    this.whole = RowDecoder.compile(schema, NONE, "");
    this.reader = new GenericDatumReader<>(schema, some, new GenericData());
  }

  /** Returns the fields of a record, valid until the next; null where the bytes are no record. */
  GenericRecord of(EncodedRecord encoded) {
    try {
      // Avro's own reader believes the lengths that are written, so they are checked first.
      whole.decode(encoded, row);
      decoder = DecoderFactory.get().binaryDecoder(encoded.value(), decoder);
      record = reader.read(record, decoder);
      return record;
    } catch (MalformedRecordException | IOException | AvroRuntimeException e) {
      return null; // whoever decodes the record says what is wrong with it
    }
  }
}
