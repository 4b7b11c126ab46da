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

/** Takes records in with what a model answers: decode, batch, infer. */
final class ScoredPass implements ProfilePass {
  private static final int BATCH = 256;

  private final RowReader reader;
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
    try {
      this.scorer =
          new LocalScorer(
              reader,
              layout,
              row -> true, // what is wrong with the training data belongs into its profile
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
    private String problem;

    Outcome(ProfileBuilder builder) {
      this.builder = builder;
    }

    @Override
    public void scored(PredictionBatch batch) {
      builder.addInputs(batch.features());
      builder.addOutputs(batch);
    }

    @Override
    public void dropped(DeadLetter letter) {
      problem = letter.message();
    }
  }

  @Override
  public String add(EncodedRecord record) {
    outcome.problem = null;
    scorer.add(record, outcome);
    return outcome.problem;
  }

  @Override
  public void flush() {
    scorer.flush(outcome);
  }

  @Override
  public long failed() {
    return scorer.failed();
  }

  @Override
  public void close() {
    scorer.close();
    reader.close();
  }
}
