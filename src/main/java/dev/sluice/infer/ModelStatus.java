package dev.sluice.infer;

import java.util.Optional;

/** What a loaded model tells about itself, for metrics: read by any thread while it scores. */
public interface ModelStatus {
  /** Of a model that tells nothing. */
  ModelStatus NONE = new ModelStatus() {};

  /** Returns what computes the model: {@code cpu}, {@code cuda} or {@code tensorrt}. */
  default String executionProvider() {
    return "";
  }

  /** Returns the number of the GPU that it runs on, -1 for none. */
  default int device() {
    return -1;
  }

  /** Returns the time that the first runs took, before any record, in milliseconds. */
  default long warmUpMillis() {
    return 0;
  }

  /** Returns the most rows of a run: what memory has allowed so far. */
  default int batchCap() {
    return 0;
  }

  /** Returns how many runs took longer than they may. */
  default long runsTimedOut() {
    return 0;
  }

  /** Returns the bytes of direct buffers that its slot takes to score batches, as estimated. */
  default long directBytes() {
    return 0;
  }

  /** Returns the bytes that the runtime has taken for it outside the heap, as estimated. */
  default long runtimeBytes() {
    return 0;
  }

  /** Returns which provider ran how much of the model, where that was measured. */
  default Optional<ProviderShare> providerShare() {
    return Optional.empty();
  }
}
