package dev.sluice.cli;

import dev.sluice.decode.MalformedRecordException;
import dev.sluice.decode.RowDecoder;
import dev.sluice.infer.Bisection;
import dev.sluice.infer.Model;
import dev.sluice.infer.ModelLoader;
import dev.sluice.infer.ModelPlace;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import dev.sluice.record.PredictionBatch;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/** Decodes and scores records in this process, in batches, without a cluster. */
final class LocalScorer implements AutoCloseable {
  private static final int BATCH = 256;

  private final RowDecoder decoder;
  private final FeatureRow row;
  private final FeatureBatch batch;
  private final Model model;
  private final Bisection bisection;
  private final PredictionBatch result = new PredictionBatch();
  private long records;
  private long failed;

  LocalScorer(
      Schema schema,
      FeatureLayout layout,
      String eventTimeField,
      ModelLoader loader,
      ModelPlace place) {
    this.decoder = RowDecoder.compile(schema, layout, eventTimeField);
    this.row = new FeatureRow(layout);
    this.batch = new FeatureBatch(layout, BATCH);
    this.model = loader.load(place, layout, BATCH);
    this.bisection = new Bisection(model);
  }

  /**
   * Adds a record; scores the batch once it is full.
   *
   * @param value plain Avro binary
   * @param predictions takes each scored batch, valid during the call
   * @throws IllegalArgumentException if the value is malformed
   */
  void add(byte[] value, Consumer<PredictionBatch> predictions) {
    try {
      decoder.decode(new EncodedRecord("local", 0, records, 0, null, value, Header.NONE), row);
    } catch (MalformedRecordException e) {
      throw new IllegalArgumentException("record " + records + ": " + e.getMessage(), e);
    }
    records++;
    batch.append(row);
    if (batch.size() == batch.capacity()) {
      flush(predictions);
    }
  }

  /** Scores what is left. */
  void flush(Consumer<PredictionBatch> predictions) {
    if (batch.size() > 0) {
      failed += bisection.score(batch, result);
      predictions.accept(result);
      batch.clear();
    }
  }

  /** Returns how many of the scored records the model failed on. */
  long failed() {
    return failed;
  }

  @Override
  public void close() {
    model.close();
  }
}
