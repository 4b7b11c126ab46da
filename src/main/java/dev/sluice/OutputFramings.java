package dev.sluice;

import static java.util.Objects.requireNonNull;

import dev.sluice.encode.OutputFraming;

/** What stands before the values of each output topic; decided once, before the job starts. */
public record OutputFramings(
    OutputFraming predictions,
    OutputFraming deadLetters,
    OutputFraming inputProfiles,
    OutputFraming outputProfiles,
    OutputFraming alarms) {
  /** Plain Avro binary everywhere. */
  public static final OutputFramings NONE =
      new OutputFramings(
          OutputFraming.NONE,
          OutputFraming.NONE,
          OutputFraming.NONE,
          OutputFraming.NONE,
          OutputFraming.NONE);

  public OutputFramings {
    requireNonNull(predictions, "predictions is null");
    requireNonNull(deadLetters, "deadLetters is null");
    requireNonNull(inputProfiles, "inputProfiles is null");
    requireNonNull(outputProfiles, "outputProfiles is null");
    requireNonNull(alarms, "alarms is null");
  }
}
