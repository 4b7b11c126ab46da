package dev.sluice.cli.profile;

import dev.sluice.cli.score.RowReader;
import dev.sluice.config.FormatOptions;
import dev.sluice.decode.IncompatibleSchemaException;
import dev.sluice.decode.MalformedRecordException;
import dev.sluice.decode.RecordDecoder;
import dev.sluice.decode.RecordDecoding;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;

/** Decodes records of a topic as the job does. */
final class FramedRows implements RowReader {
  private final RecordDecoder decoder;

  /**
   * @throws IllegalArgumentException if plain records cannot be read as the layout
   */
  FramedRows(RecordDecoding decoding, FeatureLayout layout, String eventTimeField) {
    try {
      this.decoder = RecordDecoder.open(decoding, layout, eventTimeField);
    } catch (IncompatibleSchemaException e) {
      throw new IllegalArgumentException(
          FormatOptions.WRITER_SCHEMA.key() + " cannot be read as --schema: " + e.getMessage(), e);
    }
  }

  @Override
  public void decode(EncodedRecord record, FeatureRow row) throws MalformedRecordException {
    try {
      decoder.decode(record, row);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a schema", e);
    }
  }

  @Override
  public void close() {
    decoder.close();
  }
}
