package dev.sluice.cli.profile;

import dev.sluice.profile.build.ProfileBuilder;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;

/** Gathers rows without a model's outputs, and takes them into a profile a batch at a time. */
final class InputBatch {
  /** So many elements a batch has at most, so that long arrays do not take all memory. */
  private static final int MAX_ELEMENTS = 1 << 20;

  private static final int MAX_ROWS = 256;

  private final FeatureBatch batch;
  private final ProfileBuilder builder;

  InputBatch(FeatureLayout layout, ProfileBuilder builder) {
    this.batch =
        new FeatureBatch(layout, Math.max(1, Math.min(MAX_ROWS, MAX_ELEMENTS / layout.elements())));
    this.builder = builder;
  }

  /** Takes a row, which may be reused afterwards. */
  void add(FeatureRow row) {
    batch.append(row);
    if (batch.size() == batch.capacity()) {
      flush();
    }
  }

  /** Takes in what is left. */
  void flush() {
    if (batch.size() > 0) {
      builder.addInputs(batch);
      batch.clear();
    }
  }
}
