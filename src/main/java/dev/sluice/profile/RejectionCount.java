package dev.sluice.profile;

import static java.util.Objects.requireNonNull;

import dev.sluice.record.Reason;
import java.io.Serializable;

/**
 * How many records of a producer were rejected for a reason.
 *
 * @param reason the reason of their dead letters: the first critical violation's
 * @param producer the producer's name; empty where records name none, {@value #OTHERS} for those
 *     that are not told apart
 * @param count how many records, at least 1
 */
public record RejectionCount(Reason reason, String producer, long count) implements Serializable {
  /** The name of all producers together that are too many to be told apart. */
  public static final String OTHERS = "other";

  /**
   * @throws IllegalArgumentException if the count is not positive
   */
  public RejectionCount {
    requireNonNull(reason, "reason is null");
    requireNonNull(producer, "producer is null");
    if (count < 1) {
      throw new IllegalArgumentException("count is " + count + ", expected at least 1");
    }
  }
}
