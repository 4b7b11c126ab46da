package dev.sluice.monitor;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.DriftOptions;
import dev.sluice.config.ProfileOptions;
import dev.sluice.model.ModelIdentity;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfileKind;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.PredictionBatch;
import dev.sluice.serial.ArrowType;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/** Makes the operators of this stage for one model and one baseline. */
public final class Monitor {
  /** Rejections take so many bytes of a window's record at most, but for those without a name. */
  public static final int MAX_REJECTION_BYTES = RejectionCounts.MAX_PUBLISHED_BYTES;

  /** The type on the arrow from the profiling operators to the merging one. */
  public static final TypeInformation<WindowPartial> WINDOW_PARTIAL =
      new ArrowType<>(WindowPartial.class, new WindowPartialSerializer());

  /** How many records were read and did not reach the model: partials of outputs without any. */
  public static final OutputTag<WindowPartial> BOOKS = new OutputTag<>("books", WINDOW_PARTIAL);

  private final ModelIdentity model;
  private final DataProfile baseline;
  private final String baselineSha256;
  private final ProfileOptions options;
  private final DriftOptions drift;
  private final Segments segments;

  /**
   * @param baselineSha256 SHA-256 of the baseline's file, hexadecimal
   * @param segments which rows of a window are also profiled apart
   */
  public Monitor(
      ModelIdentity model,
      DataProfile baseline,
      String baselineSha256,
      ProfileOptions options,
      DriftOptions drift,
      Segments segments) {
    this.model = requireNonNull(model, "model is null");
    this.baseline = requireNonNull(baseline, "baseline is null");
    this.baselineSha256 = requireNonNull(baselineSha256, "baselineSha256 is null");
    this.options = requireNonNull(options, "options is null");
    this.drift = requireNonNull(drift, "drift is null");
    this.segments = requireNonNull(segments, "segments is null");
  }

  /** Profiles the valid rows. */
  public ProfileOperator<FeatureBatch> inputs() {
    return operator(ProfileKind.INPUT, InputObserver::new);
  }

  /**
   * Profiles the rejected rows: rejecting must not hide drift.
   *
   * @param producerHeader the header that names a record's producer, empty for none
   */
  public ProfileOperator<FeatureRow> rejectedInputs(FeatureLayout layout, String producerHeader) {
    return operator(
        ProfileKind.INPUT, partials -> new RejectedObserver(layout, partials, producerHeader));
  }

  /** Counts the records that could not be decoded. */
  public ProfileOperator<DeadLetter> malformed() {
    return operator(ProfileKind.INPUT, MalformedObserver::new);
  }

  /** Profiles the outputs of predicted rows, and counts those that failed. */
  public ProfileOperator<PredictionBatch> outputs() {
    return operator(ProfileKind.OUTPUT, OutputObserver::new);
  }

  private <T> ProfileOperator<T> operator(
      ProfileKind kind, ProfileOperator.ObserverFactory<T> observers) {
    EventTimeWindows windows = EventTimeWindows.of(options);
    return new ProfileOperator<>(
        new ProfileScope(
            kind, windows, segments, model.sha256(), baselineSha256, baseline, options.maxOpen()),
        observers);
  }

  /** Merges partials and publishes each window once it closes. */
  public WindowMergeFunction merge() {
    return new WindowMergeFunction(
        model.sha256(),
        baseline,
        baselineSha256,
        options,
        segments,
        new WindowProfiles(model, drift, segments));
  }
}
