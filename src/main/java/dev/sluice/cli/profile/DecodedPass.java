package dev.sluice.cli.profile;

import dev.sluice.cli.score.RowReader;
import dev.sluice.decode.MalformedRecordException;
import dev.sluice.profile.build.ProfileBuilder;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import java.util.function.Supplier;

/** Takes records in without a model: decode, batch. */
final class DecodedPass implements ProfilePass {
  private final RowReader reader;
  private final FeatureRow row;
  private final InputBatch batch;

  /**
   * @param reader closed with this
   */
  DecodedPass(RowReader reader, FeatureLayout layout, ProfileBuilder builder) {
    this.reader = reader;
    this.row = new FeatureRow(layout);
    this.batch = new InputBatch(layout, builder);
  }

  @Override
  public String add(EncodedRecord record, Supplier<String> place) {
    try {
      reader.decode(record, row);
    } catch (MalformedRecordException e) {
      return place.get() + ": " + e.getMessage();
    }
    batch.add(row);
    return null;
  }

  @Override
  public void flush() {
    batch.flush();
  }

  @Override
  public void close() {
    reader.close();
  }
}
