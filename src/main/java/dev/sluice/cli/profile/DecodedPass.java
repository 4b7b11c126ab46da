package dev.sluice.cli.profile;

import dev.sluice.decode.MalformedRecordException;
import dev.sluice.decode.RowDecoder;
import dev.sluice.profile.build.ProfileBuilder;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import org.apache.avro.Schema;

/** Takes records in without a model: decode, batch. */
final class DecodedPass implements ProfilePass {
  private final RowDecoder decoder;
  private final FeatureRow row;
  private final InputBatch batch;

  DecodedPass(Schema schema, FeatureLayout layout, String eventTimeField, ProfileBuilder builder) {
    this.decoder = RowDecoder.compile(schema, layout, eventTimeField);
    this.row = new FeatureRow(layout);
    this.batch = new InputBatch(layout, builder);
  }

  @Override
  public String add(EncodedRecord record) {
    try {
      decoder.decode(record, row);
    } catch (MalformedRecordException e) {
      return e.getMessage();
    }
    batch.add(row);
    return null;
  }

  @Override
  public void flush() {
    batch.flush();
  }

  @Override
  public long failed() {
    return 0;
  }

  @Override
  public void close() {}
}
