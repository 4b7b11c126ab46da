package dev.sluice;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.JobOptions;
import dev.sluice.decode.RecordDecoding;
import dev.sluice.infer.ModelLoader;
import dev.sluice.infer.ModelLocation;
import dev.sluice.model.ModelIdentity;
import dev.sluice.profile.DataProfile;
import dev.sluice.record.FeatureLayout;
import org.apache.avro.Schema;

/**
 * All that is decided before the job starts.
 *
 * @param options the checked options
 * @param decoding how feature records are framed and which schemas they have
 * @param eventTimeField dotted path of the event time, empty for Kafka's timestamp
 * @param layout which features are decoded and which model input each goes to
 * @param model which model it is, by its SHA-256
 * @param loader opens the model in each subtask
 * @param location where the subtasks find the model's files
 * @param profile the baseline
 * @param profileSha256 SHA-256 of the baseline's file, hexadecimal; with a suite, that of the file
 *     that {@code profile import} makes of both, so that another suite is another baseline; empty
 *     where there is neither
 * @param framings what stands before the values of each output topic
 */
public record JobPlan(
    JobOptions options,
    RecordDecoding decoding,
    String eventTimeField,
    FeatureLayout layout,
    ModelIdentity model,
    ModelLoader loader,
    ModelLocation location,
    DataProfile profile,
    String profileSha256,
    OutputFramings framings) {
  public JobPlan {
    requireNonNull(options, "options is null");
    requireNonNull(decoding, "decoding is null");
    requireNonNull(eventTimeField, "eventTimeField is null");
    requireNonNull(layout, "layout is null");
    requireNonNull(model, "model is null");
    requireNonNull(loader, "loader is null");
    requireNonNull(location, "location is null");
    requireNonNull(profile, "profile is null");
    requireNonNull(profileSha256, "profileSha256 is null");
    requireNonNull(framings, "framings is null");
  }

  /** Returns the schema that feature records are read as, which the layout is planned from. */
  public Schema schema() {
    return decoding.reader();
  }

  /**
   * Deletes the copy that was made to be shipped, if there is one; once the job is submitted or
   * given up.
   */
  void deleteStaged() {
    if (location.temporary()) {
      Fetched.delete(location.local());
    }
  }
}
