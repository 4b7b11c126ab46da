package dev.sluice.bench;

import java.util.List;
import java.util.Map;

/**
 * A way to batch, as options of the job.
 *
 * @param name as figures and charts have it
 */
record BatchSetting(String name, Map<String, String> options) {
  /** A batch leaves when the input is quiet. */
  static final BatchSetting ADAPTIVE =
      new BatchSetting("adaptive", Map.of("batch.max-delay", "5 ms"));

  /** That one, and what it is compared with. */
  static final List<BatchSetting> ALL =
      List.of(
          ADAPTIVE,
          new BatchSetting("fixed 5 ms", Map.of("batch.max-delay", "5 ms", "batch.max-quiet", "0")),
          new BatchSetting(
              "fixed 50 ms", Map.of("batch.max-delay", "50 ms", "batch.max-quiet", "0")),
          new BatchSetting("one row", Map.of("batch.max-rows", "1")));
}
