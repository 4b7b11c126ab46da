package dev.sluice.cli.score;

import dev.sluice.config.AnswerOptions;
import dev.sluice.decode.MalformedRecordException;
import dev.sluice.infer.Model;
import dev.sluice.infer.ModelPlace;
import dev.sluice.infer.Scorer;
import dev.sluice.infer.onnx.OnnxModelLoader;
import dev.sluice.infer.onnx.SessionFactory;
import dev.sluice.model.ModelPackage;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.Reason;
import dev.sluice.record.Violation;
import dev.sluice.validate.RecordValidator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The stages of the job in this process, without broker and cluster: decode, validate, batch,
 * infer. Records are numbered from 0 as they come; the number is the offset of the {@link
 * EncodedRecord} in what is given out. Used by one thread.
 */
public final class LocalScorer implements AutoCloseable {
  private static final String SOURCE = "file";

  private final RowReader reader;
  private final Predicate<FeatureRow> validator;
  private final long arrivedMillis;
  private final FeatureRow row;
  private final FeatureBatch batch;
  private final Model model;
  private final Scorer scorer;
  private final PredictionBatch result = new PredictionBatch();
  private long records;
  private long failed;

  /** Takes what becomes of the records. */
  public interface Outcome {
    /** Takes a scored batch, failed rows marked; valid during the call. */
    void scored(PredictionBatch batch);

    /** Takes a record that reached no batch: it is malformed, or rejected. */
    void dropped(DeadLetter letter);
  }

  /**
   * Loads the model.
   *
   * @param reader decodes the records into rows of the layout; stays the caller's
   * @param validator adds to a row's violations and says whether it may be scored
   * @param answers how rows go through the model, on what, and what becomes of its outputs
   * @param batchRows rows that are scored at once, at least 1
   * @param arrivedMillis Kafka's timestamp, as far as the checks go: milliseconds since the epoch
   * @throws IllegalArgumentException if the model does not load or does not fit the layout
   */
  public LocalScorer(
      RowReader reader,
      FeatureLayout layout,
      Predicate<FeatureRow> validator,
      ModelPackage model,
      AnswerOptions answers,
      int batchRows,
      long arrivedMillis) {
    this.reader = reader;
    this.validator = validator;
    this.arrivedMillis = arrivedMillis;
    this.row = new FeatureRow(layout);
    this.model = load(model, answers, layout, batchRows);
    this.scorer = new Scorer(this.model, answers.scoring().nanOutput(), answers.outputs());
    try {
      this.batch = new FeatureBatch(layout, batchRows);
    } catch (RuntimeException | OutOfMemoryError e) {
      this.model.close();
      throw new IllegalArgumentException(
          "a batch of " + batchRows + " rows does not fit into memory, expected fewer", e);
    }
  }

  private static Model load(
      ModelPackage model, AnswerOptions answers, FeatureLayout layout, int batchRows) {
    SessionFactory sessions = SessionFactory.of(answers.execution());
    return OnnxModelLoader.create(model, sessions, answers.scoring())
        .forCommand()
        .load(new ModelPlace(model.path()), layout, batchRows);
  }

  /**
   * Adds a record; scores the batch once it is full.
   *
   * @param value plain Avro binary
   */
  public void add(byte[] value, Outcome outcome) {
    add(next(value), outcome);
  }

  /** Adds a record that has coordinates of its own; scores the batch once it is full. */
  public void add(EncodedRecord record, Outcome outcome) {
    try {
      reader.decode(record, row);
    } catch (MalformedRecordException e) {
      outcome.dropped(malformed(record, e.reason(), e.getMessage()));
      return;
    }
    long eventTime = row.eventTime(); // a check may put the time of arrival in its place
    if (!validator.test(row)) {
      Violation first = RecordValidator.firstCritical(row);
      outcome.dropped(
          new DeadLetter(
              DeadLetter.Kind.REJECTED,
              first.reason(),
              first.message(),
              row.violations(),
              record,
              eventTime));
      return;
    }
    batch.append(row);
    if (batch.size() == batch.capacity()) {
      flush(outcome);
    }
  }

  /**
   * Counts a record in that could not even be encoded.
   *
   * @param message what, which, got, expected
   */
  public void addMalformed(String message, Outcome outcome) {
    outcome.dropped(malformed(next(null), Reason.UNDECODABLE, message));
  }

  private EncodedRecord next(byte[] value) {
    return new EncodedRecord(SOURCE, 0, records++, arrivedMillis, null, value, Header.NONE);
  }

  private static DeadLetter malformed(EncodedRecord record, Reason reason, String message) {
    return new DeadLetter(
        DeadLetter.Kind.MALFORMED, reason, message, List.of(), record, DeadLetter.NO_EVENT_TIME);
  }

  /** Scores what is left. */
  public void flush(Outcome outcome) {
    if (batch.size() > 0) {
      failed += scorer.score(batch, result);
      outcome.scored(result);
      batch.clear();
    }
  }

  /** Returns how many of the scored records the model failed on. */
  public long failed() {
    return failed;
  }

  @Override
  public void close() {
    model.close();
  }
}
