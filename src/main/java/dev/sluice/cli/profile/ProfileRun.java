package dev.sluice.cli.profile;

import static java.util.Objects.requireNonNull;

import dev.sluice.cli.score.Split;
import dev.sluice.config.AnswerOptions;
import dev.sluice.model.ModelIdentity;
import dev.sluice.model.ModelPackage;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DataSet;
import dev.sluice.profile.build.PartOptions;
import dev.sluice.profile.build.ProfileBuilder;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Makes the data profile of a source's rows. */
public final class ProfileRun {
  private static final String CREATOR = "sluice profile";
  private static final int ROWS_PER_POSITION = 256;

  private final RowSource source;
  private final Split split;
  private final Malformed malformed;
  private final String eventTimeField;
  private final String timeZone;
  private final PartOptions parts;
  private final boolean perElement;
  private final String codePointer;
  private final Consumer<String> notes;
  private long failed;
  private Unscored unscored = Unscored.NONE;

  /**
   * @param split which rows are taken, counted by it
   * @param malformed what becomes of rows that are no records, counted by it
   * @param eventTimeField empty for none
   * @param timeZone the zone whose days and months windows follow
   * @param parts what the profile is divided by
   * @param perElement whether each element of an array of fixed size is a column
   * @param codePointer where the training code is, for a person; empty where unknown
   * @param notes takes lines for a person
   */
  public ProfileRun(
      RowSource source,
      Split split,
      Malformed malformed,
      String eventTimeField,
      String timeZone,
      PartOptions parts,
      boolean perElement,
      String codePointer,
      Consumer<String> notes) {
    this.source = requireNonNull(source, "source is null");
    this.split = requireNonNull(split, "split is null");
    this.malformed = requireNonNull(malformed, "malformed is null");
    this.eventTimeField = requireNonNull(eventTimeField, "eventTimeField is null");
    this.timeZone = requireNonNull(timeZone, "timeZone is null");
    this.parts = requireNonNull(parts, "parts is null");
    this.perElement = perElement;
    this.codePointer = requireNonNull(codePointer, "codePointer is null");
    this.notes = requireNonNull(notes, "notes is null");
  }

  /**
   * Profiles what a model takes, and what it answers.
   *
   * @param position takes how much of the source has been read
   * @throws IllegalArgumentException if source and model do not fit together, or no row is taken
   */
  public DataProfile scored(ModelPackage model, AnswerOptions answers, LongConsumer position)
      throws IOException {
    FeatureLayout layout = ProfileLayout.of(source.schema(), model, answers, eventTimeField, notes);
    try (ProfileBuilder builder = builder(layout)) {
      try (ScoredPass pass =
          new ScoredPass(source.reader(layout, eventTimeField), layout, model, answers, builder)) {
        run(source.taking(layout), pass, position);
        failed = pass.failed();
        unscored = pass.unscored();
      }
      return build(builder, model.identity());
    }
  }

  /**
   * Profiles every single value and array of the schema, but for arrays in arrays, which are noted.
   *
   * @param position takes how much of the source has been read; begins anew for a second pass
   * @throws IllegalArgumentException if there is nothing to profile, or no row is taken
   */
  public DataProfile plain(LongConsumer position) throws IOException {
    ProfileLayout.checkEventTime(source.schema(), eventTimeField);
    ProfileLayout.leftOut(source.schema()).forEach(notes);
    Map<String, ArrayLengths> arrays = ArrayLengths.of(source, split.anew(), position);
    if (!perElement) {
      arrays.replaceAll((field, lengths) -> lengths.varying());
    }
    FeatureLayout layout = ProfileLayout.of(source.schema(), arrays, eventTimeField);
    try (ProfileBuilder builder = builder(layout)) {
      Optional<FeatureRows> features = source.openFeatures(split, layout, eventTimeField);
      if (features.isPresent()) {
        run(features.get(), layout, builder, position);
      } else {
        try (ProfilePass pass =
            new DecodedPass(source.reader(layout, eventTimeField), layout, builder)) {
          run(source, pass, position);
        }
      }
      return build(builder, null);
    }
  }

  private ProfileBuilder builder(FeatureLayout layout) {
    if (perElement) {
      ProfileLayout.pooled(layout).forEach(notes);
    }
    return new ProfileBuilder(layout, parts, eventTimeField, perElement);
  }

  private void run(
      FeatureRows features, FeatureLayout layout, ProfileBuilder builder, LongConsumer position)
      throws IOException {
    InputBatch batch = new InputBatch(layout, builder);
    FeatureRow row = new FeatureRow(layout);
    long taken = 0;
    try (features) {
      for (long rows = 1; features.next(row); rows++) {
        String problem = features.problem();
        if (problem == null) {
          batch.add(row);
          taken++;
        } else {
          malformed.add(problem);
        }
        if (rows % ROWS_PER_POSITION == 0) {
          position.accept(features.position());
        }
      }
      position.accept(features.position());
    }
    batch.flush();
    requireRows(taken);
  }

  private void run(RowSource from, ProfilePass pass, LongConsumer position) throws IOException {
    long taken = 0;
    try (SourceRows rows = from.open(split)) {
      for (SourceRow row = rows.next(); row != null; row = rows.next()) {
        String problem = row.problem();
        if (problem == null) {
          problem = pass.add(row.record(), rows::place);
        }
        if (problem == null) {
          taken++;
        } else {
          malformed.add(problem);
        }
        position.accept(rows.position());
      }
    }
    pass.flush();
    requireRows(taken);
  }

  private void requireRows(long taken) {
    if (taken > 0) {
      return;
    }
    if (malformed.count() > 0) {
      throw new IllegalArgumentException(
          "all %,d rows are malformed, expected some that are not; the first: %s"
              .formatted(malformed.count(), malformed.first()));
    }
    throw new IllegalArgumentException(
        split.leftOut() == 0
            ? source.shortName() + " has no rows, expected some"
            : "%s has no row with %s, expected some; its rows have %s"
                .formatted(source.shortName(), split, split.others()));
  }

  /** Returns how many rows the model failed on. */
  public long failed() {
    return failed;
  }

  /** Returns the rows that were profiled, but not scored. */
  public Unscored unscored() {
    return unscored;
  }

  /** Returns the source's name, and which of its rows were taken. */
  private String dataSetName() {
    long skipped = malformed.count();
    return source.name()
        + (split.isAll() ? "" : ", " + split)
        + (skipped == 0
            ? ""
            : ", %d malformed %s left out".formatted(skipped, skipped == 1 ? "row" : "rows"));
  }

  private DataProfile build(ProfileBuilder builder, ModelIdentity model) throws IOException {
    DataProfile profile =
        builder.build(
            model == null ? "" : model.name(),
            model == null ? "" : model.version(),
            model == null ? "" : model.sha256(),
            source.name(),
            source.sha256(),
            timeZone,
            CREATOR);
    boolean timed = !eventTimeField.isEmpty() || source.hasTimestamps();
    DataSet known = profile.dataSet();
    return profile.withDataSet(
        new DataSet(
            dataSetName(),
            known.sha256(),
            known.rows(),
            timed ? known.firstEventTime() : null,
            timed ? known.lastEventTime() : null,
            codePointer));
  }
}
