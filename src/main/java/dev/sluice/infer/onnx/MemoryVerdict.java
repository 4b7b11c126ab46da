package dev.sluice.infer.onnx;

import dev.sluice.infer.ModelException;
import dev.sluice.infer.ModelMemoryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a row that takes too much memory from memory that is gone: in the latter case neutral rows
 * do not get through either. Where the model refuses those for another reason, so that they prove
 * nothing, it takes {@value #MOST_UNPROVEN} rows in sequence, none of which gets through.
 */
final class MemoryVerdict {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryVerdict.class);

  /** How many rows in sequence become dead letters for memory without a proof that there is any. */
  static final int MOST_UNPROVEN = 16;

  private final SessionRuns runs;
  private final PaddedRows neutral;
  private final int smallest;
  private int unproven;
  private long refused;

  /**
   * @param runs takes neutral rows; stays the caller's to close
   * @param neutral where these lie
   * @param smallest the least rows of a run
   */
  MemoryVerdict(SessionRuns runs, PaddedRows neutral, int smallest) {
    this.runs = runs;
    this.neutral = neutral;
    this.smallest = smallest;
  }

  /** Notes that rows got through. */
  void gotThrough() {
    unproven = 0;
  }

  /**
   * Returns the refusal of a single row, which exhausted memory in a run of the smallest size.
   *
   * @throws IllegalStateException if it is not the row's fault: memory is gone
   */
  ModelMemoryException ofRow(MemoryExhaustedException exhausted) {
    try {
      neutral.fillNeutral(smallest);
      runs.attach(neutral.result(), neutral.capacity(), 0);
      runs.run(neutral.batch(), 0, smallest, false);
      unproven = 0;
    } catch (MemoryExhaustedException e) {
      throw gone("and by one of %d neutral rows as well".formatted(smallest), exhausted);
    } catch (ModelException e) {
      unproven++;
      if (unproven >= MOST_UNPROVEN) {
        throw gone("the %dth in sequence that did not get through".formatted(unproven), exhausted);
      }
    }
    refused++;
    if (Long.bitCount(refused) == 1) { // the 1st, 2nd, 4th, 8th, …
      LOG.warn(
          "Memory is exhausted by a single row, which fails; {} so far: {}",
          refused,
          exhausted.getMessage());
    }
    return refusal("a run of this record alone", exhausted);
  }

  /** Returns the refusal of several rows in a run of the smallest size. */
  static ModelMemoryException ofRows(MemoryExhaustedException exhausted) {
    return refusal("a run of the smallest size", exhausted);
  }

  /** Returns the failure of a model that does not get neutral rows through. */
  static IllegalStateException ofWarmUp(int size, MemoryExhaustedException exhausted) {
    return new IllegalStateException(
        "memory is exhausted by a run of %d neutral rows, and the model takes no fewer: %s"
            .formatted(size, exhausted.getMessage()),
        exhausted.getCause());
  }

  private IllegalStateException gone(String proof, MemoryExhaustedException exhausted) {
    return new IllegalStateException(
        "memory is exhausted by a run of %d rows, %s; the model takes no fewer: %s"
            .formatted(smallest, proof, exhausted.getMessage()),
        exhausted.getCause());
  }

  private static ModelMemoryException refusal(String by, MemoryExhaustedException exhausted) {
    return new ModelMemoryException(
        "memory is exhausted by %s: %s".formatted(by, exhausted.getMessage()),
        exhausted.getCause());
  }
}
