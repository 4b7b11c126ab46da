package dev.sluice.cli.profile;

import dev.sluice.cli.score.LocalScorer;
import dev.sluice.cli.score.RowReader;
import dev.sluice.config.AnswerOptions;
import dev.sluice.model.ModelPackage;
import dev.sluice.profile.build.ProfileBuilder;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.PredictionBatch;
import dev.sluice.validate.RecordValidator;
import java.util.function.Supplier;

/**
 * Takes records in with what a model answers: decode, check, batch, infer. What is wrong with the
 * training data belongs into its profile; but of a row that the model's inputs cannot take there is
 * no answer.
 */
final class ScoredPass implements ProfilePass {
  private static final int BATCH = 256;

  private final RowReader reader;
  private final InputBatch inputs;
  private final LocalScorer scorer;
  private final Outcome outcome;

  /**
   * Loads the model; closing this closes it.
   *
   * @param reader closed with this, or at once where the model does not load
   */
  ScoredPass(
      RowReader reader,
      FeatureLayout layout,
      ModelPackage model,
      AnswerOptions answers,
      ProfileBuilder builder) {
    this.reader = reader;
    RecordValidator validator = RecordValidator.ofInputs(layout);
    try {
      InputBatch batch = new InputBatch(layout, builder);
      this.inputs = batch;
      this.scorer =
          new LocalScorer(
              reader,
              layout,
              row -> {
                batch.add(row);
                return validator.check(row);
              },
              model,
              answers,
              BATCH,
              0);
    } catch (RuntimeException | Error e) {
      reader.close();
      throw e;
    }
    this.outcome = new Outcome(builder);
  }

  private static final class Outcome implements LocalScorer.Outcome {
    private final ProfileBuilder builder;
    private Supplier<String> place;
    private String problem;
    private Unscored unscored = Unscored.NONE;

    Outcome(ProfileBuilder builder) {
      this.builder = builder;
    }

    @Override
    public void scored(PredictionBatch batch) {
      builder.addOutputs(batch);
    }

    @Override
    public void dropped(DeadLetter letter) {
      if (letter.kind() == DeadLetter.Kind.MALFORMED) {
        problem = place.get() + ": " + letter.message();
      } else {
        unscored = unscored.and(() -> place.get() + ": " + letter.message());
      }
    }
  }

  @Override
  public String add(EncodedRecord record, Supplier<String> place) {
    outcome.place = place;
    outcome.problem = null;
    scorer.add(record, outcome);
    return outcome.problem;
  }

  @Override
  public void flush() {
    inputs.flush();
    scorer.flush(outcome);
  }

  /** Returns how many records the model failed on. */
  long failed() {
    return scorer.failed();
  }

  /** Returns the records that were not scored. */
  Unscored unscored() {
    return outcome.unscored;
  }

  @Override
  public void close() {
    scorer.close();
    reader.close();
  }
}
