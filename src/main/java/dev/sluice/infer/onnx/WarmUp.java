package dev.sluice.infer.onnx;

import dev.sluice.infer.ModelException;
import dev.sluice.infer.ModelTimeoutException;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.PredictionBatch;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.util.TimeUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first runs of a model, before any record: they load kernels and take memory, which would
 * delay the first batches, and show whether the model answers a row per row.
 */
final class WarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  private WarmUp() {}

  /**
   * Runs a model on neutral rows, zeros and empty texts, once per size of a run. That it refuses
   * them is no failure: real rows may be other.
   *
   * @param name what to call the model in messages
   * @param limit how long each run may take, for the message: the model is watched already
   * @return whether any of the runs got through
   * @throws IllegalStateException if it answers another number of rows, takes longer than the
   *     limit, or memory is exhausted even by a run of the smallest size
   */
  static boolean run(
      String name,
      OnnxModel model,
      FeatureLayout layout,
      BatchSizes sizes,
      int maxRows,
      Duration limit) {
    List<Integer> runs =
        sizes.isAny() ? Stream.of(1, maxRows).distinct().toList() : sizes.allowed();
    FeatureBatch rows = new FeatureBatch(layout, Collections.max(runs));
    NeutralRows.fill(rows, rows.capacity());
    PredictionBatch result = new PredictionBatch();
    boolean gotThrough = false;
    for (int size : runs) {
      try {
        model.score(rows, 0, size, result);
        gotThrough = true;
      } catch (ModelTimeoutException e) {
        throw new IllegalStateException(
            "%s takes longer than %s for %d neutral rows"
                .formatted(name, TimeUtils.formatWithHighestUnit(limit), size),
            e);
      } catch (ModelException e) {
        LOG.info(
            "{} refuses a warm-up run of {} neutral rows, which need not mean anything: {}",
            name,
            size,
            e.getMessage());
      }
    }
    return gotThrough;
  }
}
