package dev.sluice.encode;

import dev.sluice.model.ModelIdentity;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.PredictionBatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** Batches to encode, and Avro's own reader of the published schemas. */
final class Batches {
  static final ModelIdentity MODEL = new ModelIdentity("pm25", "3", "ab".repeat(32));

  private Batches() {}

  /** Reads exactly one record by a schema as it is published. */
  static GenericRecord read(String schemaFile, byte[] bytes) {
    try (InputStream in = Batches.class.getResourceAsStream("/schemas/" + schemaFile)) {
      Schema schema = new Schema.Parser().parse(in);
      BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, null);
      GenericRecord record = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
      if (!decoder.isEnd()) {
        throw new AssertionError("bytes follow the record");
      }
      return record;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static EncodedRecord source(byte[] key, byte[] value, Header... headers) {
    return new EncodedRecord("features", 3, 1L << 40, 1_700_000_000_000L, key, value, headers);
  }

  static FeatureRow row(FeatureLayout layout, EncodedRecord source) {
    FeatureRow row = new FeatureRow(layout);
    row.reset(source);
    return row;
  }

  static FeatureLayout layout(FeatureColumn... columns) {
    return new FeatureLayout(List.of(columns), List.of());
  }

  static PredictionBatch predicted(FeatureBatch features, OutputTensor... outputs) {
    PredictionBatch batch = new PredictionBatch();
    batch.reset(features);
    batch.outputs().addAll(List.of(outputs));
    return batch;
  }
}
