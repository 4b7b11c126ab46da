package dev.sluice.cli.profile;

import dev.sluice.decode.MalformedRecordException;
import dev.sluice.decode.RowDecoder;
import dev.sluice.profile.build.ProfileBuilder;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import org.apache.avro.Schema;

/** Takes records in without a model: decode, batch. */
final class DecodedPass implements ProfilePass {
  /** So many elements a batch has at most, so that long arrays do not take all memory. */
  private static final int MAX_ELEMENTS = 1 << 20;

  private static final int MAX_ROWS = 256;

  private final RowDecoder decoder;
  private final FeatureRow row;
  private final FeatureBatch batch;
  private final ProfileBuilder builder;

  DecodedPass(Schema schema, FeatureLayout layout, String eventTimeField, ProfileBuilder builder) {
    this.decoder = RowDecoder.compile(schema, layout, eventTimeField);
    this.row = new FeatureRow(layout);
    this.batch =
        new FeatureBatch(layout, Math.max(1, Math.min(MAX_ROWS, MAX_ELEMENTS / layout.elements())));
    this.builder = builder;
  }

  @Override
  public String add(EncodedRecord record) {
    try {
      decoder.decode(record, row);
    } catch (MalformedRecordException e) {
      return e.getMessage();
    }
    batch.append(row);
    if (batch.size() == batch.capacity()) {
      flush();
    }
    return null;
  }

  @Override
  public void flush() {
    if (batch.size() > 0) {
      builder.addInputs(batch);
      batch.clear();
    }
  }

  @Override
  public long failed() {
    return 0;
  }

  @Override
  public void close() {
    batch.clear();
  }
}
